package dev.slipway.kernel.model;

import java.util.Comparator;
import java.util.Objects;

/// Where one resource lives in the store: the identity that a revision belongs to.
///
/// `namespace` is empty for cluster-scoped resources, `cluster` for the platform's own. Keys order by kind,
/// then namespace, then name, which is the order of lists.
public record ResourceKey(
        String cluster, String group, String plural, String namespace, String name)
        implements Comparable<ResourceKey> {
    private static final Comparator<ResourceKey> ORDER =
            Comparator.comparing(ResourceKey::cluster)
                    .thenComparing(ResourceKey::group)
                    .thenComparing(ResourceKey::plural)
                    .thenComparing(ResourceKey::namespace)
                    .thenComparing(ResourceKey::name);

    public ResourceKey {
        Objects.requireNonNull(cluster);
        Objects.requireNonNull(group);
        Objects.requireNonNull(plural);
        Objects.requireNonNull(namespace);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a key without a name: " + plural + "." + group);
        }
    }

    /// The kind that this key belongs to.
    public KindKey kind() {
        return new KindKey(cluster, group, plural);
    }

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    /// `components.backstage.io payments/web`, for messages and logs.
    @Override
    public String toString() {
        return kind() + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
