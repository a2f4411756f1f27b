package dev.slipway.cluster;

import dev.slipway.cluster.rule.RuleCheck;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Fault;
import dev.slipway.cluster.simulation.Simulation;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.expression.library.Durations;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Amounts;
import dev.slipway.kernel.store.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Refuses clusters of types that there are not, and simulations that cannot be played.
final class ClusterAdmitter implements Admitter {
    private static final List<String> TYPES = List.of("Embedded", Simulation.TYPE);

    private final Optional<RuleRights> rights;

    ClusterAdmitter(Optional<RuleRights> rights) {
        this.rights = rights;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(ClusterKinds.CLUSTERS);
    }

    @Override
    public Verdict admit(Admission admission) {
        if (admission.operation() == Operation.DELETE || !admission.subresource().isEmpty()) {
            return Verdict.admitted(admission.object());
        }
        var causes = causes(admission.object());
        return causes.isEmpty()
                ? rights.flatMap(one -> one.objection(admission))
                        .<Verdict>map(Verdict.Refused::new)
                        .orElseGet(() -> Verdict.admitted(admission.object()))
                : Verdict.of(admission.object(), causes);
    }

    private static List<FieldCause> causes(Resource cluster) {
        var causes = new ArrayList<FieldCause>();
        var type = Json.string(cluster.spec(), "type");
        if (type.isEmpty()) {
            causes.add(FieldCause.required("spec.type", "one of " + String.join(", ", TYPES)));
        } else if (!TYPES.contains(type)) {
            causes.add(FieldCause.notSupported("spec.type", type, TYPES));
        }
        var simulation = Json.object(cluster.spec(), "simulation");
        if (!simulation.isEmpty() && !type.equals(Simulation.TYPE)) {
            causes.add(
                    FieldCause.forbidden(
                            "spec.simulation", "only a cluster of type Simulated has one"));
        }
        pace(Json.object(simulation, "pace"), causes);
        capacity(Json.object(simulation, "capacity"), causes);
        faults(Tree.objects(simulation, "faults"), causes);
        causes.addAll(RuleCheck.of(Tree.objects(simulation, "rules"), "spec.simulation.rules"));
        return causes;
    }

    private static void pace(Map<String, Object> pace, List<FieldCause> causes) {
        pace.forEach((step, time) -> {
            var path = "spec.simulation.pace." + step;
            if (time instanceof String text && !isTime(text)) {
                causes.add(
                        FieldCause.invalid(
                                path, text, "must be a duration such as 500ms or 1m30s"));
            }
        });
    }

    private static void capacity(Map<String, Object> capacity, List<FieldCause> causes) {
        capacity.forEach((name, amount) -> {
            var text = String.valueOf(amount);
            if (Amounts.worth(text).filter(one -> one.signum() >= 0).isEmpty()) {
                causes.add(
                        FieldCause.invalid(
                                "spec.simulation.capacity[%s]".formatted(name),
                                text,
                                "must be an amount such as 4, 500m or 16Gi"));
            }
        });
    }

    private static boolean isTime(String text) {
        try {
            return !Durations.parse(text).isNegative();
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void faults(List<Map<String, Object>> rules, List<FieldCause> causes) {
        for (int i = 0; i < rules.size(); i++) {
            var fault = Json.string(rules.get(i), "fault");
            if (Fault.of(fault).isEmpty()) {
                causes.add(
                        FieldCause.notSupported(
                                "spec.simulation.faults[" + i + "].fault", fault, Fault.WRITTEN));
            }
        }
    }
}
