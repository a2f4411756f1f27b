package dev.slipway.control.policy;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.store.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// Refuses bindings that say nothing, or two things at once.
final class BindingAdmitter implements Admitter {
    private static final List<String> ACTIONS = List.of("Audit", "Deny", "Warn");
    private static final List<String> NOT_FOUND_ACTIONS = List.of("Allow", "Deny");
    private static final String UNTOLD =
            "spec.validationActions: Audit does nothing: audit entries have no annotations here; use Warn or Deny";

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Policies.BINDINGS);
    }

    @Override
    public Verdict admit(Admission write) {
        var binding = write.object();
        if (write.operation() == Operation.DELETE) {
            return Verdict.admitted(binding);
        }
        var spec = binding.spec();
        var causes = new ArrayList<FieldCause>();
        if (Json.string(spec, "policyName").isEmpty()) {
            causes.add(FieldCause.required("spec.policyName", ""));
        }
        actions(Json.list(spec, "validationActions"), causes);
        if (spec.get("paramRef") instanceof Map<?, ?> reference) {
            params(Json.cast(reference), causes);
        }
        PolicyAdmitter.rules(Json.object(spec, "matchResources"), "spec.matchResources", causes);
        return causes.isEmpty()
                ? new Verdict.Admitted(binding, untold(spec), List.of())
                : new Verdict.Invalid(causes, List.of());
    }

    private static List<String> untold(Map<String, Object> spec) {
        return Json.list(spec, "validationActions").contains("Audit") ? List.of(UNTOLD) : List.of();
    }

    private static void actions(List<Object> actions, List<FieldCause> causes) {
        var path = "spec.validationActions";
        if (actions.isEmpty()) {
            causes.add(FieldCause.required(path, "at least one validation action is required"));
        }
        var seen = new HashSet<Object>();
        for (int i = 0; i < actions.size(); i++) {
            var action = actions.get(i);
            if (!ACTIONS.contains(String.valueOf(action))) {
                causes.add(FieldCause.notSupported(path + "[" + i + "]", action, ACTIONS));
            } else if (!seen.add(action)) {
                causes.add(
                        new FieldCause(
                                "FieldValueDuplicate",
                                path + "[" + i + "]",
                                "Duplicate value: " + Json.text(action)));
            }
        }
        if (actions.contains("Deny") && actions.contains("Warn")) {
            causes.add(
                    FieldCause.invalid(
                            path,
                            actions,
                            "must not contain both Deny and Warn: the same would be told twice"));
        }
    }

    private static void params(Map<String, Object> reference, List<FieldCause> causes) {
        var path = "spec.paramRef";
        var named = !Json.string(reference, "name").isEmpty();
        var selected = reference.get("selector") != null;
        if (named && selected) {
            causes.add(
                    FieldCause.forbidden(
                            path + ".name", "name and selector are mutually exclusive"));
        }
        if (!named && !selected) {
            causes.add(FieldCause.required(path, "one of name or selector must be specified"));
        }
        var action = Json.string(reference, "parameterNotFoundAction");
        if (action.isEmpty()) {
            causes.add(FieldCause.required(path + ".parameterNotFoundAction", ""));
        } else if (!NOT_FOUND_ACTIONS.contains(action)) {
            causes.add(
                    FieldCause.notSupported(
                            path + ".parameterNotFoundAction", action, NOT_FOUND_ACTIONS));
        }
    }
}
