package dev.slipway.control.pod;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Says of each new pod that it waits, and which quality of service it asks for; gives it the ports of its node where
/// it uses the node's network, and patience with nodes that fail.
final class BirthAdmitter implements Admitter {
    /// How long a pod stays on a node that fails, unless it says otherwise.
    private static final long PATIENCE_SECONDS = 300;

    private static final List<String> FAILURES =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Pods.PODS);
    }

    @Override
    public Verdict admit(Admission admission) {
        var pod = admission.object();
        if (admission.operation() != Operation.DELETE && admission.subresource().isEmpty()) {
            tolerate(Json.child(pod.tree(), "spec"));
        }
        if (admission.operation() == Operation.CREATE) {
            var spec = Json.child(pod.tree(), "spec");
            if (spec.get("terminationGracePeriodSeconds") instanceof Long seconds && seconds < 0) {
                spec.put("terminationGracePeriodSeconds", 1L);
            }
            if (Boolean.TRUE.equals(spec.get("hostNetwork"))) {
                containers(spec).forEach(BirthAdmitter::open);
            }
            pod.tree().put("status", status(pod));
        }
        return Verdict.admitted(pod);
    }

    private static Map<String, Object> status(Resource pod) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("phase", "Pending");
        status.put("qosClass", ServiceQuality.of(pod));
        return status;
    }

    private static void tolerate(Map<String, Object> spec) {
        var all = new ArrayList<Object>(Json.list(spec, "tolerations"));
        for (var failure : FAILURES) {
            if (all.stream().noneMatch(one -> covers(one, failure))) {
                all.add(toleration(failure));
            }
        }
        spec.put("tolerations", all);
    }

    /// An empty key is every key, an empty effect every effect.
    private static boolean covers(Object toleration, String failure) {
        if (!(toleration instanceof Map<?, ?> map)) {
            return false;
        }
        var key = Objects.toString(map.get("key"), "");
        var effect = Objects.toString(map.get("effect"), "");
        return (key.isEmpty() || key.equals(failure))
                && (effect.isEmpty() || effect.equals("NoExecute"));
    }

    private static Map<String, Object> toleration(String failure) {
        Map<String, Object> toleration = new LinkedHashMap<>();
        toleration.put("key", failure);
        toleration.put("operator", "Exists");
        toleration.put("effect", "NoExecute");
        toleration.put("tolerationSeconds", PATIENCE_SECONDS);
        return toleration;
    }

    private static void open(Map<String, Object> container) {
        for (var port : Json.list(container, "ports")) {
            if (port instanceof Map<?, ?> map && map.get("containerPort") instanceof Long number) {
                Json.cast(map).putIfAbsent("hostPort", number);
            }
        }
    }

    static List<Map<String, Object>> containers(Map<String, Object> spec) {
        var all = new ArrayList<Map<String, Object>>();
        for (var field : List.of("initContainers", "containers")) {
            for (var one : Json.list(spec, field)) {
                if (one instanceof Map<?, ?> container) {
                    all.add(Json.cast(container));
                }
            }
        }
        return all;
    }
}
