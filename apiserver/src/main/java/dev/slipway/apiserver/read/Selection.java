package dev.slipway.apiserver.read;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Scope;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.Collection;
import java.util.List;

/// Which resources a list or a watch is about: a kind, perhaps a namespace, and selectors.
///
/// @param namespace empty for all
public record Selection(
        Served served, String namespace, LabelSelector labels, FieldSelector fields) {
    public static Selection of(Served served, String namespace, Options options) {
        return new Selection(served, namespace, options.labels(), options.fields());
    }

    /// Everything in the namespace, whether selected or not, in the order of lists.
    Collection<StoredObject> candidates(State state) {
        var kind = served.kind().key();
        var name = fields.name();
        if (name.isPresent() && !name.get().isEmpty() && isOnePlace()) {
            return state.get(kind.resource(namespace, name.get())).map(List::of).orElse(List.of());
        }
        return namespace.isEmpty() ? state.list(kind) : state.list(kind, namespace);
    }

    Scope scope() {
        var kind = served.kind().key();
        return namespace.isEmpty()
                ? new Scope.OfKind(kind)
                : new Scope.InNamespace(kind, namespace);
    }

    /// Whether a resource is selected; it is read only where its key does not tell.
    boolean holds(StoredObject object) {
        ResourceKey key = object.key();
        if (!fields.matches(key)) {
            return false;
        }
        if (labels.isEverything() && fields.needsKeyOnly()) {
            return true;
        }
        var resource = object.resource();
        return labels.matches(resource.labels()) && fields.matches(resource.tree());
    }

    private boolean isOnePlace() {
        return !namespace.isEmpty() || !served.kind().namespaced();
    }
}
