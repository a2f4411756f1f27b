package dev.slipway.portal.live;

import dev.slipway.kernel.model.Json;
import dev.slipway.portal.reading.ApiKind;
import java.util.Map;

/// Something was written; which thing, and at which revision.
///
/// @param kind as `deployments.apps`; empty where nobody knows what was missed
/// @param thing the kind, the namespace and the name: `deployments.apps/default/web`
record Change(String kind, String thing, long revision) {
    /// Pages about everything.
    private static final String EVERYTHING = "*";

    /// Reads the object of a watch's event.
    static Change of(ApiKind kind, Map<String, Object> object) {
        var metadata = Json.object(object, "metadata");
        var thing =
                kind.groupResource()
                        + "/"
                        + Json.string(metadata, "namespace")
                        + "/"
                        + Json.string(metadata, "name");
        return new Change(kind.groupResource(), thing, revision(metadata));
    }

    /// Something may have happened that nobody saw, up to a revision.
    static Change unseen(long revision) {
        return new Change("", "", revision);
    }

    /// Whether a page that is about this has to be made anew.
    boolean concerns(String about) {
        return about.equals(EVERYTHING)
                || kind.isEmpty()
                || about.equals(kind)
                || about.equals(thing);
    }

    /// The revision of an object or a list; 0 where there is none.
    static long revision(Map<String, Object> metadata) {
        return number(Json.string(metadata, "resourceVersion"));
    }

    static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
