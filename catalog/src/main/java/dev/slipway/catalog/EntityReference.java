package dev.slipway.catalog;

import java.util.Locale;
import java.util.Optional;

/// A reference to an entity, as descriptors write it: `[kind:][namespace/]name`.
///
/// Parts keep their case; two references that differ by case only mean the same entity.
record EntityReference(String kind, String namespace, String name) {
    EntityReference {
        if (kind.isEmpty() || namespace.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException(
                    "a reference with an empty part: %s:%s/%s".formatted(kind, namespace, name));
        }
    }

    /// Reads a reference; empty where it is none: an empty part, or no kind where none is implied.
    ///
    /// A colon after the first slash belongs to the name, as do further colons and slashes.
    ///
    /// @param kind the kind that is meant where none is written; empty where one must be
    /// @param namespace the namespace that is meant where none is written
    static Optional<EntityReference> parse(String text, String kind, String namespace) {
        var slash = text.indexOf('/');
        var colon = text.indexOf(':');
        if (slash >= 0 && colon > slash) {
            colon = -1;
        }
        var writtenKind = colon < 0 ? kind : text.substring(0, colon);
        var writtenNamespace = slash < 0 ? namespace : text.substring(colon + 1, slash);
        var name = text.substring(Math.max(slash, colon) + 1);
        return writtenKind.isEmpty() || writtenNamespace.isEmpty() || name.isEmpty()
                ? Optional.empty()
                : Optional.of(new EntityReference(writtenKind, writtenNamespace, name));
    }

    /// All three parts in lower case: `component:default/web`.
    @Override
    public String toString() {
        return (kind + ":" + namespace + "/" + name).toLowerCase(Locale.ROOT);
    }
}
