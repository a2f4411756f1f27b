package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;

/// Which resources a watch is about.
public sealed interface Scope {
    /// The whole log.
    record Everything() implements Scope {
        @Override
        public boolean holds(ResourceKey key) {
            return true;
        }
    }

    /// All resources of a kind.
    record OfKind(KindKey kind) implements Scope {
        @Override
        public boolean holds(ResourceKey key) {
            return key.plural().equals(kind.plural())
                    && key.group().equals(kind.group())
                    && key.cluster().equals(kind.cluster());
        }
    }

    /// The resources of a kind in one namespace.
    record InNamespace(KindKey kind, String namespace) implements Scope {
        @Override
        public boolean holds(ResourceKey key) {
            return key.namespace().equals(namespace) && new OfKind(kind).holds(key);
        }
    }

    boolean holds(ResourceKey key);
}
