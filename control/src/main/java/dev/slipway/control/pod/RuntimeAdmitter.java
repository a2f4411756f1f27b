package dev.slipway.control.pod;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Gives each new pod what its runtime class says: the overhead, and the nodes that have that runtime.
final class RuntimeAdmitter implements Admitter {
    private static final KindKey CLASSES = KindKey.of("node.k8s.io", "runtimeclasses");

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Pods.PODS);
    }

    @Override
    public Verdict admit(Admission admission) {
        var pod = admission.object();
        if (admission.operation() != Operation.CREATE) {
            return Verdict.admitted(pod);
        }
        if (!(pod.spec().get("runtimeClassName") instanceof String name)) {
            return pod.spec().get("overhead") == null ? Verdict.admitted(pod) : unfounded(pod);
        }
        return runtime(admission, name)
                .map(runtime -> given(pod, runtime))
                .orElseGet(() ->
                        refused(
                                pod,
                                "pod rejected: RuntimeClass \"%s\" not found".formatted(name)));
    }

    private static Optional<Resource> runtime(Admission admission, String name) {
        return name.isEmpty()
                ? Optional.empty()
                : admission.state().get(CLASSES.resource("", name)).map(found -> found.resource());
    }

    private static Verdict given(Resource pod, Resource runtime) {
        var spec = Json.child(pod.tree(), "spec");
        var overhead = Json.object(Json.object(runtime.tree(), "overhead"), "podFixed");
        if (overhead.isEmpty() && spec.get("overhead") != null) {
            return unfounded(pod);
        }
        if (!overhead.isEmpty()) {
            if (spec.get("overhead") != null && !spec.get("overhead").equals(overhead)) {
                return refused(
                        pod,
                        "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
            }
            spec.put("overhead", Json.copy(overhead));
        }
        return placed(pod, spec, Json.object(runtime.tree(), "scheduling"));
    }

    private static Verdict placed(
            Resource pod, Map<String, Object> spec, Map<String, Object> scheduling) {
        var nodes = Json.object(scheduling, "nodeSelector");
        var own = Json.object(spec, "nodeSelector");
        for (var one : nodes.entrySet()) {
            var said = own.get(one.getKey());
            if (said != null && !Objects.equals(said, one.getValue())) {
                return refused(
                        pod,
                        "conflict: runtimeClass.scheduling.nodeSelector[%1$s] = %2$s; pod.spec.nodeSelector[%1$s] = %3$s"
                                .formatted(one.getKey(), one.getValue(), said));
            }
        }
        if (!nodes.isEmpty()) {
            Json.child(spec, "nodeSelector").putAll(nodes);
        }
        var tolerations = Json.list(scheduling, "tolerations");
        if (!tolerations.isEmpty()) {
            var all = new ArrayList<Object>(Json.list(spec, "tolerations"));
            tolerations.stream()
                    .filter(one -> !all.contains(one))
                    .map(Json::copy)
                    .forEach(all::add);
            spec.put("tolerations", all);
        }
        return Verdict.admitted(pod);
    }

    private static Verdict unfounded(Resource pod) {
        return refused(
                pod,
                "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
    }

    private static Verdict refused(Resource pod, String detail) {
        return Pods.refused(Pods.PODS, pod, detail);
    }
}
