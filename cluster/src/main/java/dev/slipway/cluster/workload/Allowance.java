package dev.slipway.cluster.workload;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Fault;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Trouble;
import dev.slipway.kernel.model.Resource;
import java.util.Optional;

/// How many pods a workload may make now.
///
/// @param refusal why it is fewer than it wants
public record Allowance(long pods, Optional<String> refusal) {
    /// What a workload is allowed now.
    ///
    /// @param have how many it has
    /// @param wanted how many more it wants
    public static Allowance of(Stage stage, Resource workload, long have, long wanted) {
        var quota =
                stage.trouble(workload)
                        .map(Trouble::fault)
                        .filter(Fault.Quota.class::isInstance)
                        .map(one -> ((Fault.Quota) one).pods());
        if (quota.isPresent() && have + wanted > quota.get()) {
            return new Allowance(
                    Math.max(0, quota.get() - have),
                    Optional.of(exceeded(workload, Math.min(have, quota.get()), quota.get())));
        }
        var free = stage.simulation().maxPods() - stage.state().count(ClusterKinds.PODS);
        return wanted > free
                ? new Allowance(Math.max(0, free), Optional.of(full(stage, workload)))
                : new Allowance(wanted, Optional.empty());
    }

    private static String exceeded(Resource workload, long used, long limit) {
        return "pods \"%s-\" is forbidden: exceeded quota: simulated, requested: pods=1, used: pods=%d, limited: pods=%d"
                .formatted(workload.name(), used, limit);
    }

    private static String full(Stage stage, Resource workload) {
        return "pods \"%s-\" is forbidden: the simulated cluster %s plays no more than %d pods (spec.simulation.maxPods)"
                .formatted(
                        workload.name(), stage.simulation().name(), stage.simulation().maxPods());
    }
}
