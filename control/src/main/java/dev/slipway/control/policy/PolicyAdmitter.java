package dev.slipway.control.policy;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.store.Operation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Refuses policies that could not be asked: all that is wrong with one at once.
final class PolicyAdmitter implements Admitter {
    private static final Pattern IDENTIFIER = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final List<String> OPERATIONS =
            List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
    private static final List<String> FAILURE_POLICIES = List.of("Fail", "Ignore");
    private static final List<String> MATCH_POLICIES = List.of("Equivalent", "Exact");
    private static final String UNTOLD =
            "spec.auditAnnotations: they are checked, and kept nowhere: audit entries have no annotations here";

    @Override
    public boolean concerns(KindKey kind) {
        return kind.equals(Policies.POLICIES);
    }

    @Override
    public Verdict admit(Admission write) {
        var policy = write.object();
        if (write.operation() == Operation.DELETE || write.subresource().equals("status")) {
            return Verdict.admitted(policy);
        }
        var spec = policy.spec();
        var causes = new ArrayList<FieldCause>();
        oneOf(spec, "failurePolicy", "spec", FAILURE_POLICIES, causes);
        params(Json.object(spec, "paramKind"), spec.containsKey("paramKind"), causes);
        constraints(spec, causes);
        demands(spec, causes);
        names(spec, causes);
        causes.addAll(Policy.of(policy).broken());
        return causes.isEmpty()
                ? new Verdict.Admitted(policy, untold(spec), List.of())
                : new Verdict.Invalid(causes, List.of());
    }

    private static List<String> untold(Map<String, Object> spec) {
        return Json.list(spec, "auditAnnotations").isEmpty() ? List.of() : List.of(UNTOLD);
    }

    private static void params(Map<String, Object> kind, boolean present, List<FieldCause> causes) {
        for (var key : List.of("apiVersion", "kind")) {
            if (present && Json.string(kind, key).isEmpty()) {
                causes.add(FieldCause.required("spec.paramKind." + key, ""));
            }
        }
    }

    private static void constraints(Map<String, Object> spec, List<FieldCause> causes) {
        var path = "spec.matchConstraints";
        if (!(spec.get("matchConstraints") instanceof Map<?, ?> raw)) {
            causes.add(FieldCause.required(path, ""));
            return;
        }
        Map<String, Object> constraints = Json.cast(raw);
        if (Json.list(constraints, "resourceRules").isEmpty()) {
            causes.add(FieldCause.required(path + ".resourceRules", ""));
        }
        rules(constraints, path, causes);
    }

    /// What is wrong with the rules of `matchConstraints` or `matchResources`.
    static void rules(Map<String, Object> matching, String path, List<FieldCause> causes) {
        oneOf(matching, "matchPolicy", path, MATCH_POLICIES, causes);
        for (var key : List.of("resourceRules", "excludeResourceRules")) {
            var rules = Json.list(matching, key);
            for (int i = 0; i < rules.size(); i++) {
                if (rules.get(i) instanceof Map<?, ?> rule) {
                    rule(Json.cast(rule), path + "." + key + "[" + i + "]", causes);
                }
            }
        }
    }

    private static void rule(Map<String, Object> rule, String path, List<FieldCause> causes) {
        for (var key : List.of("operations", "apiGroups", "apiVersions", "resources")) {
            var values = Json.list(rule, key);
            if (values.isEmpty()) {
                causes.add(FieldCause.required(path + "." + key, ""));
            } else if (values.size() > 1 && values.contains("*") && !key.equals("resources")) {
                causes.add(
                        FieldCause.invalid(
                                path + "." + key,
                                values,
                                "if '*' is present, must not specify other "
                                        + (key.equals("operations") ? key : "values")));
            }
        }
        var operations = Json.list(rule, "operations");
        for (int i = 0; i < operations.size(); i++) {
            if (!OPERATIONS.contains(String.valueOf(operations.get(i)))) {
                causes.add(
                        FieldCause.notSupported(
                                path + ".operations[" + i + "]", operations.get(i), OPERATIONS));
            }
        }
    }

    private static void demands(Map<String, Object> spec, List<FieldCause> causes) {
        if (Json.list(spec, "validations").isEmpty()
                && Json.list(spec, "auditAnnotations").isEmpty()) {
            causes.add(
                    FieldCause.required(
                            "spec.validations",
                            "validations or auditAnnotations must contain at least one item"));
        }
        var reasons = Policy.REASONS.stream().map(Reason::code).toList();
        Policy.each(
                spec,
                "validations",
                (path, validation) -> {
                    oneOf(validation, "reason", path, reasons, causes);
                    var message = Json.string(validation, "message").strip();
                    if (message.contains("\n")) {
                        causes.add(
                                FieldCause.invalid(
                                        path + ".message",
                                        message,
                                        "message must not contain line breaks"));
                    }
                    if (Json.string(validation, "expression").strip().contains("\n")
                            && message.isEmpty()) {
                        causes.add(
                                FieldCause.required(
                                        path + ".message",
                                        "message must be specified if expression contains line breaks"));
                    }
                });
    }

    private static void names(Map<String, Object> spec, List<FieldCause> causes) {
        unique(spec, "matchConditions", causes);
        unique(spec, "variables", causes);
        Policy.each(
                spec,
                "variables",
                (path, variable) -> {
                    var name = Json.string(variable, "name");
                    if (!name.isEmpty() && !IDENTIFIER.matcher(name).matches()) {
                        causes.add(
                                FieldCause.invalid(
                                        path + ".name",
                                        name,
                                        "name is not a valid CEL identifier"));
                    }
                });
    }

    private static void unique(Map<String, Object> spec, String key, List<FieldCause> causes) {
        Set<String> seen = new HashSet<>();
        Policy.each(
                spec,
                key,
                (path, item) -> {
                    var name = Json.string(item, "name");
                    if (name.isEmpty()) {
                        causes.add(FieldCause.required(path + ".name", ""));
                    } else if (!seen.add(name)) {
                        causes.add(
                                new FieldCause(
                                        "FieldValueDuplicate",
                                        path + ".name",
                                        "Duplicate value: " + Json.text(name)));
                    }
                });
    }

    private static void oneOf(
            Map<String, Object> tree,
            String key,
            String path,
            List<String> supported,
            List<FieldCause> causes) {
        var value = Json.string(tree, key);
        if (!value.isEmpty() && !supported.contains(value)) {
            causes.add(FieldCause.notSupported(path + "." + key, value, supported));
        }
    }
}
