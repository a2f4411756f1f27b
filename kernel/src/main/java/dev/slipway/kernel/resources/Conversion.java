package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Defaulting;
import dev.slipway.kernel.schema.Pruning;

/// The conversion between versions. Of a custom kind the names change, and each version shows what its schema knows,
/// with its defaults; the few second views of built-in kinds have fields of their own ([SecondView]).
public final class Conversion {
    private Conversion() {}

    /// Whether objects are served in another form than they are stored in.
    public static boolean converts(Served served) {
        return !served.version().storage()
                && (served.kind().isCustom() || SecondView.of(served).isPresent());
    }

    /// A stored object in the version and under the names of a request; mutates and returns it.
    public static Resource served(Served served, Resource stored) {
        var object = Body.as(served, stored);
        if (!converts(served)) {
            return object;
        }
        return SecondView.of(served)
                .map(view -> view.shown(object))
                .orElseGet(() -> shaped(object, served.version()));
    }

    /// An object as it is stored; a copy where that differs from what it is in its version.
    static Resource stored(Served served, Resource object) {
        if (!converts(served)) {
            return object;
        }
        return SecondView.of(served)
                .map(view -> filled(view.stored(object.copy()), served.kind().storage()))
                .orElseGet(() -> shaped(object.copy(), served.kind().storage()));
    }

    /// The form in which an object is judged and printed: of a second view that which is stored; else as it is.
    public static Resource judged(Served served, Resource object) {
        return isSecondView(served)
                ? Body.as(Served.stored(served.kind()), stored(served, object))
                : object;
    }

    /// The stored field that a field of a version stands for, as field selectors name them.
    public static String storedField(Served served, String field) {
        return SecondView.of(served).map(view -> view.storedField(field)).orElse(field);
    }

    /// Whether objects are shown with other fields than they are stored with.
    static boolean isSecondView(Served served) {
        return SecondView.of(served).isPresent();
    }

    private static Resource filled(Resource object, KindVersion version) {
        Defaulting.apply(object.tree(), version.schema());
        return object;
    }

    private static Resource shaped(Resource object, KindVersion version) {
        Pruning.prune(object.tree(), version.schema());
        Defaulting.apply(object.tree(), version.schema());
        return object;
    }
}
