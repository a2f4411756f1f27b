package dev.slipway.cluster;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Fault;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.store.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Refuses pods and workloads that ask for a fault which nobody knows.
final class FaultAdmitter implements Admitter {
    private static final Set<KindKey> KINDS =
            Set.of(
                    ClusterKinds.PODS,
                    ClusterKinds.REPLICA_SETS,
                    ClusterKinds.DEPLOYMENTS,
                    ClusterKinds.STATEFUL_SETS,
                    ClusterKinds.DAEMON_SETS,
                    ClusterKinds.JOBS,
                    ClusterKinds.CRON_JOBS);

    @Override
    public boolean concerns(KindKey kind) {
        return KINDS.contains(kind);
    }

    @Override
    public Verdict admit(Admission admission) {
        if (admission.operation() == Operation.DELETE || !admission.subresource().isEmpty()) {
            return Verdict.admitted(admission.object());
        }
        var object = admission.object();
        var template = Json.object(Json.object(object.spec(), "template"), "metadata");
        return Verdict.of(
                object,
                Stream.concat(
                                check(object.metadata(), "metadata").stream(),
                                check(template, "spec.template.metadata").stream())
                        .toList());
    }

    private static List<FieldCause> check(Map<String, Object> metadata, String path) {
        var asked = Json.object(metadata, "annotations").get(Fault.ANNOTATION);
        return !(asked instanceof String text) || isKnown(text)
                ? List.of()
                : List.of(
                        FieldCause.notSupported(
                                path + ".annotations[" + Fault.ANNOTATION + "]",
                                text,
                                Fault.WRITTEN));
    }

    private static boolean isKnown(String text) {
        return Fault.of(text).filter(fault -> !(fault instanceof Fault.Named)).isPresent();
    }
}
