package dev.slipway.control.core;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import java.util.ArrayList;
import java.util.Set;

/// Gives a new namespace its label, finalizer and phase, and keeps those that must stay.
final class NamespaceAdmitter implements Admitter {
    static final KindKey NAMESPACES = KindKey.of("", "namespaces");

    /// Holds a namespace until it is empty.
    static final String FINALIZER = "kubernetes";

    private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(NAMESPACES);
    }

    @Override
    public Verdict admit(Admission admission) {
        var namespace = admission.object();
        if (admission.operation() == Operation.DELETE) {
            if (IMMORTAL.contains(namespace.name())) {
                return refused(namespace);
            }
            Json.child(namespace.tree(), "status").put("phase", "Terminating");
            return Verdict.admitted(namespace);
        }
        label(namespace);
        if (admission.operation() == Operation.CREATE) {
            hold(namespace);
            Json.child(namespace.tree(), "status").put("phase", "Active");
        }
        return Verdict.admitted(namespace);
    }

    /// It stays until its content is gone, and until whoever else holds it lets go.
    private static void hold(Resource namespace) {
        var spec = Json.child(namespace.tree(), "spec");
        var finalizers = new ArrayList<>(Json.list(spec, "finalizers"));
        if (!finalizers.contains(FINALIZER)) {
            finalizers.add(FINALIZER);
        }
        spec.put("finalizers", finalizers);
    }

    private static void label(Resource namespace) {
        var metadata = Json.child(namespace.tree(), "metadata");
        Json.child(metadata, "labels").put("kubernetes.io/metadata.name", namespace.name());
    }

    private static Verdict refused(Resource namespace) {
        return new Verdict.Refused(
                Problem.forbidden(
                        NAMESPACES.resource("", namespace.name()),
                        "this namespace may not be deleted"));
    }
}
