package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The cells of the kinds that make up a cluster which no JSON path can express.
final class ClusterCells {
    private static final String NONE = "<none>";
    private static final String UNSET = "<unset>";

    private ClusterCells() {}

    // ---- nodes

    static Cell nodeAddress(String type) {
        return (object, now) ->
                CustomKinds.objects(Json.object(object, "status"), "addresses").stream()
                        .filter(address -> type.equals(address.get("type")))
                        .map(address -> Json.string(address, "address"))
                        .findFirst()
                        .orElse(NONE);
    }

    static Cell nodeFact(String field) {
        return (object, now) ->
                Json.at(object, "status", "nodeInfo", field) instanceof String fact
                                && !fact.isEmpty()
                        ? fact
                        : "<unknown>";
    }

    // ---- storage

    static @Nullable Object phase(Map<String, Object> object, Instant now) {
        return Json.at(object, "metadata", "deletionTimestamp") == null
                ? Cells.or("", "status", "phase").of(object, now)
                : "Terminating";
    }

    /// What only a claim has that has its volume.
    static Cell bound(Cell cell) {
        return (object, now) ->
                Json.string(Json.object(object, "spec"), "volumeName").isEmpty()
                        ? ""
                        : cell.of(object, now);
    }

    static Object claim(Map<String, Object> object, Instant now) {
        var claim = Json.object(Json.object(object, "spec"), "claimRef");
        return claim.isEmpty()
                ? ""
                : Json.string(claim, "namespace") + "/" + Json.string(claim, "name");
    }

    static Object audiences(Map<String, Object> object, Instant now) {
        var requests = CustomKinds.objects(Json.object(object, "spec"), "tokenRequests");
        return requests.isEmpty()
                ? UNSET
                : requests.stream()
                        .map(request -> Json.string(request, "audience"))
                        .collect(Collectors.joining(","));
    }

    static Object lifecycleModes(Map<String, Object> object, Instant now) {
        var modes = Json.list(Json.object(object, "spec"), "volumeLifecycleModes");
        return modes.isEmpty()
                ? NONE
                : modes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    // ---- quotas

    /// `cpu: 1/2, pods: 3/10`: what is used of what may be.
    ///
    /// @param limits whether of what limits the limits; else of all else
    static Cell quotas(boolean limits) {
        return (object, now) -> {
            var used = Json.object(Json.object(object, "status"), "used");
            return new TreeMap<>(Json.object(Json.object(object, "status"), "hard"))
                    .entrySet().stream()
                            .filter(hard -> hard.getKey().startsWith("limits") == limits)
                            .map(hard -> quota(hard, used))
                            .collect(Collectors.joining(", "));
        };
    }

    private static String quota(Map.Entry<String, Object> hard, Map<String, Object> used) {
        return "%s: %s/%s"
                .formatted(hard.getKey(), used.getOrDefault(hard.getKey(), "0"), hard.getValue());
    }

    // ---- policies

    static Object parameterKind(Map<String, Object> object, Instant now) {
        var kind = Json.object(Json.object(object, "spec"), "paramKind");
        return kind.isEmpty()
                ? UNSET
                : Json.string(kind, "apiVersion") + "/" + Json.string(kind, "kind");
    }

    static @Nullable Object parameters(Map<String, Object> object, Instant now) {
        var parameters = Json.object(Json.object(object, "spec"), "paramRef");
        var name = Json.string(parameters, "name");
        var namespace = Json.string(parameters, "namespace");
        if (!name.isEmpty()) {
            return namespace.isEmpty() ? name : namespace + "/" + name;
        }
        return parameters.isEmpty()
                ? UNSET
                : Cells.selector("spec", "paramRef", "selector").of(object, now);
    }

    /// Whether the priority level of a flow is missing; `?` while nobody knows.
    static Object dangling(Map<String, Object> object, Instant now) {
        return CustomKinds.objects(Json.object(object, "status"), "conditions").stream()
                .filter(condition -> "Dangling".equals(condition.get("type")))
                .map(condition -> Json.string(condition, "status"))
                .findFirst()
                .orElse("?");
    }
}
