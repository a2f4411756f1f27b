package dev.slipway.portal.page;

import dev.slipway.portal.page.Frame.Call;

/// The calls behind a page.
final class Calls {
    private Calls() {}

    /// The same by curl; `$SLIPWAY` and `$TOKEN` are the reader's.
    static Call curl(String path) {
        return new Call(
                "curl", "curl -H \"Authorization: Bearer $TOKEN\" \\\n  \"$SLIPWAY" + path + "\"");
    }
}
