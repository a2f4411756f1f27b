package dev.slipway.cluster.simulation;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.OwnerReference;
import java.util.Map;
import java.util.Optional;

/// The kinds that players read and write, as they are stored.
public final class ClusterKinds {
    public static final KindKey CLUSTERS = KindKey.of("slipway.dev", "clusters");
    public static final KindKey NODES = KindKey.of("", "nodes");
    public static final KindKey NAMESPACES = KindKey.of("", "namespaces");
    public static final KindKey ACCOUNTS = KindKey.of("", "serviceaccounts");
    public static final KindKey EVENTS = KindKey.of("", "events");
    public static final KindKey PODS = KindKey.of("", "pods");
    public static final KindKey SERVICES = KindKey.of("", "services");
    public static final KindKey ENDPOINTS = KindKey.of("", "endpoints");
    public static final KindKey ENDPOINT_SLICES = KindKey.of("discovery.k8s.io", "endpointslices");
    public static final KindKey CONFIG_MAPS = KindKey.of("", "configmaps");
    public static final KindKey SECRETS = KindKey.of("", "secrets");
    public static final KindKey CLAIMS = KindKey.of("", "persistentvolumeclaims");
    public static final KindKey REPLICA_SETS = KindKey.of("apps", "replicasets");
    public static final KindKey DEPLOYMENTS = KindKey.of("apps", "deployments");
    public static final KindKey STATEFUL_SETS = KindKey.of("apps", "statefulsets");
    public static final KindKey DAEMON_SETS = KindKey.of("apps", "daemonsets");
    public static final KindKey CONTROLLER_REVISIONS = KindKey.of("apps", "controllerrevisions");
    public static final KindKey JOBS = KindKey.of("batch", "jobs");
    public static final KindKey CRON_JOBS = KindKey.of("batch", "cronjobs");
    public static final KindKey BUDGETS = KindKey.of("policy", "poddisruptionbudgets");
    public static final KindKey AUTOSCALERS = KindKey.of("autoscaling", "horizontalpodautoscalers");

    /// Those that own others, by the group and kind that an owner reference names.
    private static final Map<String, KindKey> OWNERS =
            Map.of(
                    "apps/ReplicaSet", REPLICA_SETS,
                    "apps/Deployment", DEPLOYMENTS,
                    "apps/StatefulSet", STATEFUL_SETS,
                    "apps/DaemonSet", DAEMON_SETS,
                    "batch/Job", JOBS,
                    "batch/CronJob", CRON_JOBS);

    private ClusterKinds() {}

    /// The kind of an owner, where it is one that is played.
    public static Optional<KindKey> of(OwnerReference owner) {
        var version = owner.apiVersion();
        var group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
        return Optional.ofNullable(OWNERS.get(group + "/" + owner.kind()));
    }

    /// Whether objects of a kind are played by code, so that no rule is for them.
    public static boolean isPlayedByItself(String apiVersion, String kind) {
        var group =
                apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        return (kind.equals("Pod") && group.isEmpty()) || OWNERS.containsKey(group + "/" + kind);
    }
}
