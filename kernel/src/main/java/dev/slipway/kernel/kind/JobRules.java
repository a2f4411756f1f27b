package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;

/// Which values of a job belong together: those that say when it is done, and when it has failed.
record JobRules(Findings findings) {
    private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");

    /// @param spec of a job, also of one that is yet to be made
    void spec(Map<String, Object> spec, String path) {
        for (var field :
                List.of(
                        "parallelism",
                        "completions",
                        "backoffLimit",
                        "activeDeadlineSeconds",
                        "ttlSecondsAfterFinished",
                        "backoffLimitPerIndex",
                        "maxFailedIndexes")) {
            findings.notNegative(path + "." + field, spec.get(field));
        }
        findings.oneOf(
                path + ".completionMode",
                spec.get("completionMode"),
                List.of("NonIndexed", "Indexed"));
        findings.oneOf(
                path + ".podReplacementPolicy",
                spec.get("podReplacementPolicy"),
                List.of("Failed", "TerminatingOrFailed"));
        indexes(spec, path);
        failures(spec, path + ".podFailurePolicy.rules");
        restarts(spec, path);
    }

    private void indexes(Map<String, Object> spec, String path) {
        if (spec.get("maxFailedIndexes") != null && spec.get("backoffLimitPerIndex") == null) {
            findings.required(path + ".backoffLimitPerIndex", "when maxFailedIndexes is specified");
        }
        if ("Indexed".equals(spec.get("completionMode"))) {
            if (spec.get("completions") == null) {
                findings.required(path + ".completions", "when completion mode is Indexed");
            }
            return;
        }
        for (var field : List.of("backoffLimitPerIndex", "maxFailedIndexes", "successPolicy")) {
            if (spec.get(field) != null) {
                findings.invalid(
                        path + "." + field, spec.get(field), "requires indexed completion mode");
            }
        }
    }

    private void failures(Map<String, Object> spec, String path) {
        var rules = CustomKinds.objects(Json.object(spec, "podFailurePolicy"), "rules");
        for (int i = 0; i < rules.size(); i++) {
            failure(rules.get(i), spec, "%s[%d]".formatted(path, i));
        }
    }

    private void failure(Map<String, Object> rule, Map<String, Object> spec, String path) {
        findings.oneOf(path + ".action", rule.get("action"), ACTIONS);
        if ("FailIndex".equals(rule.get("action")) && spec.get("backoffLimitPerIndex") == null) {
            findings.invalid(
                    path + ".action", "FailIndex", "requires the backoffLimitPerIndex to be set");
        }
        if (rule.get("onExitCodes") == null && Json.list(rule, "onPodConditions").isEmpty()) {
            findings.invalid(
                    path, rule, "specifying one of OnExitCodes and OnPodConditions is required");
        }
        var conditions = CustomKinds.objects(rule, "onPodConditions");
        for (int i = 0; i < conditions.size(); i++) {
            if (isTemplate(path) && Json.string(conditions.get(i), "status").isEmpty()) {
                findings.required(
                        "%s.onPodConditions[%d].status".formatted(path, i),
                        "valid values: [\"False\" \"True\" \"Unknown\"]");
            }
        }
        var codes = Json.object(rule, "onExitCodes");
        if ("In".equals(codes.get("operator")) && Json.list(codes, "values").contains(0L)) {
            findings.invalid(path + ".onExitCodes.values", 0L, "must not be 0 for the In operator");
        }
    }

    /// A job itself is given what its template leaves out.
    private static boolean isTemplate(String path) {
        return path.startsWith("spec.jobTemplate");
    }

    private void restarts(Map<String, Object> spec, String path) {
        var field = path + ".template.spec.restartPolicy";
        var policy = Json.at(spec, "template", "spec", "restartPolicy");
        if ("Always".equals(policy)) {
            findings.required(field, "valid values: \"OnFailure\", \"Never\"");
        } else if ("OnFailure".equals(policy) && spec.get("podFailurePolicy") != null) {
            findings.invalid(
                    field,
                    policy,
                    "only \"Never\" is supported when podFailurePolicy is specified");
        }
    }

    /// A job that is stored knows its pods.
    void selector(Map<String, Object> spec) {
        var selector = Json.object(spec, "selector");
        if (spec.get("selector") == null) {
            findings.required("spec.selector");
        }
        var labels = Json.at(spec, "template", "metadata", "labels");
        if (selector.isEmpty() || !LabelSelection.matches(selector, labels)) {
            findings.invalid(
                    "spec.template.metadata.labels",
                    labels,
                    "`selector` does not match template `labels`");
        }
    }
}
