package dev.slipway.kernel.model;

import java.util.Comparator;
import java.util.Objects;

/// The kind that a resource is stored under: cluster, group and plural, without a version.
///
/// The empty cluster is the platform's own; the empty group is the Kubernetes core group.
public record KindKey(String cluster, String group, String plural) implements Comparable<KindKey> {
    private static final Comparator<KindKey> ORDER =
            Comparator.comparing(KindKey::cluster)
                    .thenComparing(KindKey::group)
                    .thenComparing(KindKey::plural);

    public KindKey {
        Objects.requireNonNull(cluster);
        Objects.requireNonNull(group);
        Objects.requireNonNull(plural);
    }

    /// A kind of the platform's own cluster.
    public static KindKey of(String group, String plural) {
        return new KindKey("", group, plural);
    }

    /// The key of the resource of this kind with that namespace (empty: cluster-scoped) and name.
    public ResourceKey resource(String namespace, String name) {
        return new ResourceKey(cluster, group, plural, namespace, name);
    }

    /// `deployments.apps`, or `configmaps` for the core group, as Kubernetes messages print it.
    public String groupResource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    @Override
    public int compareTo(KindKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return cluster.isEmpty() ? groupResource() : cluster + ":" + groupResource();
    }
}
