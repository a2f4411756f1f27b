package dev.slipway.cluster.workload;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Resource;
import java.util.List;

/// Which pods have been ready for as long as their workload wants.
final class Available {
    private Available() {}

    /// How many there are; the workload is woken when the next one will be.
    static long count(Stage stage, Resource workload, List<Resource> pods) {
        return pods.stream().filter(pod -> is(stage, workload, pod)).count();
    }

    static boolean is(Stage stage, Resource workload, Resource pod) {
        var least = Tree.number(workload.spec(), "minReadySeconds", 0);
        var left = Pods.untilAvailable(pod, least, stage.now());
        left.filter(time -> time.isPositive()).ifPresent(stage::wakeAfter);
        return left.filter(time -> !time.isPositive()).isPresent();
    }
}
