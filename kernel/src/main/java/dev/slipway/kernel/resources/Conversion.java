package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Defaulting;
import dev.slipway.kernel.schema.Pruning;

/// The conversion between versions of a custom kind: the names change, and each version shows what its schema knows,
/// with its defaults.
public final class Conversion {
    private Conversion() {}

    /// Whether objects are served in another form than they are stored in.
    public static boolean converts(Served served) {
        return served.kind().isCustom() && !served.version().storage();
    }

    /// A stored object in the version and under the names of a request; mutates and returns it.
    public static Resource served(Served served, Resource stored) {
        return converts(served)
                ? shaped(Body.as(served, stored), served.version())
                : Body.as(served, stored);
    }

    /// An object as it is stored; a copy where that differs from what it is in its version.
    static Resource stored(Served served, Resource object) {
        return converts(served) ? shaped(object.copy(), served.kind().storage()) : object;
    }

    private static Resource shaped(Resource object, KindVersion version) {
        Pruning.prune(object.tree(), version.schema());
        Defaulting.apply(object.tree(), version.schema());
        return object;
    }
}
