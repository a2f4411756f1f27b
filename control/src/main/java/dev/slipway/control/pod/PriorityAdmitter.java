package dev.slipway.control.pod;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Gives each new pod the priority of its class, which must exist; what the pod says itself must be the same.
final class PriorityAdmitter implements Admitter {
    private static final String PREEMPTING = "PreemptLowerPriority";

    /// @param name of the class; empty for none
    private record Priority(String name, long value, String preemption) {
        static final Priority NONE = new Priority("", 0, PREEMPTING);

        static Priority of(Resource priority) {
            var preemption = Json.string(priority.tree(), "preemptionPolicy");
            return new Priority(
                    priority.name(),
                    priority.tree().get("value") instanceof Long value ? value : 0,
                    preemption.isEmpty() ? PREEMPTING : preemption);
        }
    }

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Pods.PODS);
    }

    @Override
    public Verdict admit(Admission admission) {
        var pod = admission.object();
        return switch (admission.operation()) {
            case CREATE -> given(pod, admission.state());
            case UPDATE -> Verdict.admitted(kept(pod, admission.old()));
            case DELETE -> Verdict.admitted(pod);
        };
    }

    /// Who writes a pod anew need not say what it was given.
    private static Resource kept(Resource pod, Optional<Resource> old) {
        old.ifPresent(before -> {
            var spec = Json.child(pod.tree(), "spec");
            for (var field : new String[] {"priority", "preemptionPolicy"}) {
                var value = before.spec().get(field);
                if (value != null) {
                    spec.putIfAbsent(field, value);
                }
            }
        });
        return pod;
    }

    private static Verdict given(Resource pod, State state) {
        var name = Json.string(pod.spec(), "priorityClassName");
        var priority = name.isEmpty() ? Optional.of(usual(state)) : named(name, state);
        return priority.map(one -> given(pod, one))
                .orElseGet(() ->
                        Pods.refused(
                                Pods.PODS,
                                pod,
                                "no PriorityClass with name %s was found".formatted(name)));
    }

    private static Verdict given(Resource pod, Priority priority) {
        var spec = Json.child(pod.tree(), "spec");
        if (differs(spec.get("priority"), priority.value())) {
            return contradiction(
                    pod, "integer value of priority", spec.get("priority"), priority.value());
        }
        if (differs(spec.get("preemptionPolicy"), priority.preemption())) {
            return contradiction(
                    pod,
                    "string value of PreemptionPolicy",
                    spec.get("preemptionPolicy"),
                    priority.preemption());
        }
        if (!priority.name().isEmpty()) {
            spec.put("priorityClassName", priority.name());
        }
        spec.put("priority", priority.value());
        spec.put("preemptionPolicy", priority.preemption());
        return Verdict.admitted(pod);
    }

    private static boolean differs(@Nullable Object said, Object computed) {
        return said != null && !Objects.equals(said, computed);
    }

    private static Verdict contradiction(
            Resource pod, String what, @Nullable Object said, Object computed) {
        return Pods.refused(
                Pods.PODS,
                pod,
                "the %s (%s) must not be provided in pod spec; priority admission controller computed %s from the given PriorityClass name"
                        .formatted(what, said, computed));
    }

    private static Optional<Priority> named(String name, State state) {
        return state.get(PriorityClassAdmitter.CLASSES.resource("", name))
                .map(found -> Priority.of(found.resource()))
                .or(() ->
                        SystemPriority.ALL.stream()
                                .filter(one -> one.name().equals(name))
                                .map(one -> new Priority(name, one.value(), PREEMPTING))
                                .findFirst());
    }

    /// The default class: the lowest, should a race have made several.
    private static Priority usual(State state) {
        return state.list(PriorityClassAdmitter.CLASSES).stream()
                .map(StoredObject::resource)
                .filter(PriorityClassAdmitter::isDefault)
                .map(Priority::of)
                .min(Comparator.comparingLong(Priority::value))
                .orElse(Priority.NONE);
    }
}
