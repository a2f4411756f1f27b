package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Amounts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    private static final Set<String> OF_PODS =
            Set.of(
                    "activeDeadlineSeconds",
                    "ephemeralContainers",
                    "schedulingGates",
                    "tolerations");

    private static final String[] STORAGE = {"spec", "resources", "requests", "storage"};

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

    /// A pod is made anew where it shall be another; it may be given a node once.
    void pod(Resource before, Resource now) {
        var was = settled(before);
        if (Json.string(was, "nodeName").isEmpty()) {
            Json.put(was, "nodeName", now.at("spec", "nodeName"));
        }
        if (!Objects.equals(present(was), present(settled(now)))) {
            findings.forbidden(
                    "spec",
                    "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
                            + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
                            + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)");
        }
    }

    private static Map<String, Object> settled(Resource pod) {
        var spec = Json.copy(pod.spec());
        spec.keySet().removeAll(OF_PODS);
        spec.putIfAbsent("enableServiceLinks", true);
        if (spec.get("terminationGracePeriodSeconds") instanceof Long seconds && seconds < 0) {
            spec.put("terminationGracePeriodSeconds", 1L);
        }
        for (var field : List.of("containers", "initContainers")) {
            CustomKinds.objects(spec, field).forEach(Steadiness::settle);
        }
        return spec;
    }

    /// Pods of before requests were filled in from limits are no others.
    private static void settle(Map<String, Object> container) {
        container.remove("image");
        var resources = Json.object(container, "resources");
        var limits = Json.object(resources, "limits");
        if (!limits.isEmpty()) {
            var requests = Json.child(resources, "requests");
            limits.forEach(requests::putIfAbsent);
        }
    }

    private static Map<String, Object> present(Map<String, Object> spec) {
        spec.values().removeIf(Objects::isNull);
        return spec;
    }

    /// A claim may grow and be bound, once.
    void claim(Resource before, Resource now) {
        var was = Json.copy(before.spec());
        var is = Json.copy(now.spec());
        for (var spec : List.of(was, is)) {
            spec.remove("volumeAttributesClassName");
            Json.child(spec, "resources").remove("requests");
        }
        for (var once : List.of("volumeName", "storageClassName")) {
            if (Json.string(was, once).isEmpty()) {
                was.remove(once);
                is.remove(once);
            }
        }
        if (!was.equals(is)) {
            findings.forbidden(
                    "spec",
                    "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound"
                            + " claims");
        }
        grown(before.at(STORAGE), now.at(STORAGE));
    }

    private void grown(@Nullable Object before, @Nullable Object now) {
        var was = Amounts.worth(String.valueOf(before));
        var is = Amounts.worth(String.valueOf(now));
        if (was.isPresent() && is.isPresent() && is.get().compareTo(was.get()) < 0) {
            findings.forbidden(
                    "spec.resources.requests.storage", "field can not be less than previous value");
        }
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
