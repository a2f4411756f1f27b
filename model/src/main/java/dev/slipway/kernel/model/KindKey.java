package dev.slipway.kernel.model;

import java.util.Objects;

/// The kind that a resource is stored under: cluster, group and plural, without a version.
///
/// The empty cluster is the platform's own; the empty group is the Kubernetes core group.
public record KindKey(String cluster, String group, String plural) implements Comparable<KindKey> {
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
        var byCluster = cluster.compareTo(other.cluster);
        if (byCluster != 0) {
            return byCluster;
        }
        var byGroup = group.compareTo(other.group);
        return byGroup != 0 ? byGroup : plural.compareTo(other.plural);
    }

    @Override
    public String toString() {
        return cluster.isEmpty() ? groupResource() : cluster + ":" + groupResource();
    }
}
