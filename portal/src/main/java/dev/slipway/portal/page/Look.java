package dev.slipway.portal.page;

import dev.slipway.portal.asset.Assets;
import dev.slipway.portal.reading.Figures;
import java.time.Instant;

/// What templates need to write addresses of assets and moments.
public record Look(Assets assets, Figures figures) {
    public String css() {
        return assets.path("slipway.css");
    }

    /// The address of an icon, for `use`.
    public String icon(String id) {
        return assets.icon(id);
    }

    public String script(String name) {
        return assets.path(name);
    }

    public String moment(Instant moment) {
        return figures.moment(moment);
    }

    public String exact(Instant moment) {
        return figures.exact(moment);
    }
}
