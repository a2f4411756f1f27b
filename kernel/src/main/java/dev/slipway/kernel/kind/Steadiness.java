package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Whether workloads that exist stay what they must stay.
record Steadiness(Findings findings) {
    private static final List<String> OF_JOBS =
            List.of(
                    "selector",
                    "completionMode",
                    "podFailurePolicy",
                    "backoffLimitPerIndex",
                    "successPolicy",
                    "managedBy");

    /// Of a job that was not begun, where its pods will go may still change.
    private static final List<String> PLACES =
            List.of("affinity", "nodeSelector", "schedulingGates", "tolerations");

    private static final Set<String> OF_STATEFUL_SETS =
            Set.of(
                    "replicas",
                    "ordinals",
                    "template",
                    "updateStrategy",
                    "revisionHistoryLimit",
                    "persistentVolumeClaimRetentionPolicy",
                    "minReadySeconds");

    /// A job's pods are what they were when it began.
    void job(Resource before, Resource now) {
        for (var field : OF_JOBS) {
            unchanged(before, now, field);
        }
        var grows =
                "Indexed".equals(now.at("spec", "completionMode"))
                        && Objects.equals(
                                now.at("spec", "completions"), now.at("spec", "parallelism"));
        if (!grows) {
            unchanged(before, now, "completions");
        }
        if (isBegun(before)) {
            unchanged(before, now, "template");
        } else {
            findings.unchanged("spec.template", placeless(before), placeless(now));
        }
    }

    private static boolean isBegun(Resource job) {
        return !Boolean.TRUE.equals(job.at("spec", "suspend"))
                || job.at("status", "startTime") != null;
    }

    private static Map<String, Object> placeless(Resource job) {
        var template = Json.copy(Json.object(job.spec(), "template"));
        template.remove("metadata");
        Json.child(template, "spec").keySet().removeAll(PLACES);
        return template;
    }

    private void unchanged(Resource before, Resource now, String field) {
        findings.unchanged("spec." + field, before.at("spec", field), now.at("spec", field));
    }

    /// A stateful set is made anew where its claims or its service change.
    void statefulSet(Resource before, Resource now) {
        if (!others(before).equals(others(now))) {
            findings.forbidden(
                    "spec",
                    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy',"
                            + " 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden");
        }
    }

    private static Map<String, Object> others(Resource set) {
        var spec = Json.copy(set.spec());
        spec.keySet().removeAll(OF_STATEFUL_SETS);
        return spec;
    }
}
