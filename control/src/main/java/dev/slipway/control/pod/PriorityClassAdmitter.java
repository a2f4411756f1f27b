package dev.slipway.control.pod;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.StoredObject;
import java.util.List;

/// Keeps the system's priority classes, their names, and that there is one default at most.
final class PriorityClassAdmitter implements Admitter {
    static final KindKey CLASSES = KindKey.of("scheduling.k8s.io", "priorityclasses");

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(CLASSES);
    }

    @Override
    public Verdict admit(Admission admission) {
        var priority = admission.object();
        var system = SystemPriority.isName(priority.name());
        if (admission.operation() == Operation.DELETE) {
            return system
                    ? Pods.refused(
                            CLASSES,
                            priority,
                            "this is a system priority class and cannot be deleted")
                    : Verdict.admitted(priority);
        }
        if (priority.name().startsWith(SystemPriority.PREFIX) && !system) {
            return Verdict.of(priority, List.of(reserved(priority.name())));
        }
        return isDefault(priority) ? only(admission) : Verdict.admitted(priority);
    }

    static boolean isDefault(Resource priority) {
        return Boolean.TRUE.equals(priority.tree().get("globalDefault"));
    }

    private static FieldCause reserved(String name) {
        return FieldCause.forbidden(
                "metadata.name",
                "priority class names with 'system-' prefix are reserved for system use only. error: %s is not a known system priority class"
                        .formatted(name));
    }

    private static Verdict only(Admission admission) {
        var priority = admission.object();
        return admission.state().list(CLASSES).stream()
                .map(StoredObject::resource)
                .filter(other -> isDefault(other) && !other.name().equals(priority.name()))
                .findFirst()
                .map(other ->
                        Pods.refused(
                                CLASSES,
                                priority,
                                "PriorityClass %s is already marked as default. Only one default can exist"
                                        .formatted(other.name())))
                .orElseGet(() -> Verdict.admitted(priority));
    }
}
