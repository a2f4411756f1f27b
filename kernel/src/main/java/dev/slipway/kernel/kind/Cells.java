package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The cells of built-in kinds that no JSON path can express.
final class Cells {
    private static final String NONE = "<none>";

    /// How many addresses one cell lists.
    private static final int MAX_LISTED = 3;

    private Cells() {}

    // ---- certificates

    static Object requestedDuration(Map<String, Object> request, Instant now) {
        return Json.at(request, "spec", "expirationSeconds") instanceof Long seconds
                ? Ages.print(Duration.ofSeconds(seconds))
                : NONE;
    }

    /// What was decided, and whether it was carried out.
    static Object decision(Map<String, Object> request, Instant now) {
        var types =
                Json.list(Json.object(request, "status"), "conditions").stream()
                        .map(condition -> String.valueOf(Json.at(condition, "type")))
                        .toList();
        var shown = new ArrayList<String>();
        shown.add(
                types.contains("Denied")
                        ? "Denied"
                        : types.contains("Approved") ? "Approved" : "Pending");
        if (types.contains("Failed")) {
            shown.add("Failed");
        }
        if (Json.at(request, "status", "certificate") instanceof String text && !text.isEmpty()) {
            shown.add("Issued");
        }
        return String.join(",", shown);
    }

    // ---- cells for any kind

    /// How many members some lists and objects at the root have together.
    static Cell sizes(String... fields) {
        return (object, now) ->
                Arrays.stream(fields).mapToLong(field -> size(object.get(field))).sum();
    }

    /// How many members the list or object at a path has.
    static Cell sizeAt(String... path) {
        return (object, now) -> size(Json.at(object, path));
    }

    private static long size(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> map.size();
            case List<?> list -> list.size();
            case null, default -> 0;
        };
    }

    /// A number, 0 where there is none.
    static Cell number(String... path) {
        return (object, now) -> number(object, path);
    }

    /// How long ago the time at a path is.
    static Cell since(String... path) {
        return (object, now) -> Ages.since(text(Json.at(object, path), ""), now);
    }

    /// How long ago the time at a path is, where there is one.
    static Cell sinceOrNone(String... path) {
        return (object, now) ->
                Json.at(object, path) instanceof String time ? Ages.since(time, now) : NONE;
    }

    /// A truth value, `otherwise` where there is none.
    static Cell flag(String otherwise, String... path) {
        return (object, now) ->
                Json.at(object, path) instanceof Boolean flag ? flag ? "True" : "False" : otherwise;
    }

    /// A number as a text, `<unset>` where there is none.
    static Cell orUnset(String... path) {
        return (object, now) -> text(Json.at(object, path), "<unset>");
    }

    /// A value as it is, `otherwise` where there is none.
    static Cell or(Object otherwise, String... path) {
        return (object, now) -> {
            var value = Json.at(object, path);
            return value == null ? otherwise : value;
        };
    }

    static Cell orNone(String... path) {
        return (object, now) -> text(Json.at(object, path), NONE);
    }

    static Cell orNotApplicable(String... path) {
        return (object, now) -> text(Json.at(object, path), "N/A");
    }

    /// A selector, or a map of labels: `app=a,tier in (x,y)`.
    static Cell selector(String... path) {
        return (object, now) -> {
            var at =
                    Json.at(object, path) instanceof Map<?, ?> map
                            ? Json.cast(map)
                            : Map.<String, Object>of();
            var parts = new ArrayList<String>();
            var labels = isSelector(at) ? Json.object(at, "matchLabels") : at;
            labels.keySet().stream()
                    .sorted()
                    .forEach(key -> parts.add(key + "=" + labels.get(key)));
            CustomKinds.objects(at, "matchExpressions").forEach(one -> parts.add(expression(one)));
            return parts.isEmpty() ? NONE : String.join(",", parts);
        };
    }

    private static boolean isSelector(Map<String, Object> map) {
        return map.get("matchLabels") instanceof Map<?, ?>
                || map.get("matchExpressions") instanceof List<?>;
    }

    private static String expression(Map<String, Object> expression) {
        var key = Json.string(expression, "key");
        var values = "(" + joined(Json.list(expression, "values").stream()) + ")";
        return switch (Json.string(expression, "operator")) {
            case "In" -> key + " in " + values;
            case "NotIn" -> key + " notin " + values;
            case "DoesNotExist" -> "!" + key;
            default -> key;
        };
    }

    /// A field of each container of a workload's template, which may lie in another template.
    static Cell containers(String field, String... outer) {
        return (object, now) -> {
            Object spec = object.get("spec");
            for (var name : outer) {
                spec = Json.at(spec, name, "spec");
            }
            return containers(field, Json.at(spec, "template", "spec"));
        };
    }

    /// A field of each container of the pod whose spec lies at a path.
    static Cell containersOf(String field, String... path) {
        return (object, now) -> containers(field, Json.at(object, path));
    }

    private static Object containers(String field, @Nullable Object pod) {
        return pod instanceof Map<?, ?> spec
                ? joined(
                        CustomKinds.objects(Json.cast(spec), "containers").stream()
                                .map(container -> container.get(field)))
                : "";
    }

    /// `statefulset.apps/web`: the owner that controls the object.
    static Object controller(Map<String, Object> object, Instant now) {
        return CustomKinds.objects(Json.object(object, "metadata"), "ownerReferences").stream()
                .filter(owner -> Boolean.TRUE.equals(owner.get("controller")))
                .map(Cells::qualified)
                .findFirst()
                .orElse(NONE);
    }

    private static String qualified(Map<String, Object> owner) {
        var apiVersion = Json.string(owner, "apiVersion");
        var slash = apiVersion.indexOf('/');
        var kind = Json.string(owner, "kind").toLowerCase(java.util.Locale.ROOT);
        return kind
                + (slash < 0 ? "" : "." + apiVersion.substring(0, slash))
                + "/"
                + Json.string(owner, "name");
    }

    // ---- workloads

    static Object readyReplicas(Map<String, Object> object, Instant now) {
        var wanted = Json.at(object, "spec", "replicas") instanceof Long number ? number : 1L;
        return number(object, "status", "readyReplicas") + "/" + wanted;
    }

    static Object jobStatus(Map<String, Object> object, Instant now) {
        for (var condition : List.of("Complete", "Failed", "Suspended", "FailureTarget")) {
            if (holds(object, condition)) {
                return condition;
            }
        }
        return object.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("deletionTimestamp") != null
                ? "Terminating"
                : "Running";
    }

    /// What an autoscaler measures beside what it aims at: `cpu: 40%/80%`.
    static Object autoscalerTargets(Map<String, Object> object, Instant now) {
        var targets = new ArrayList<String>();
        var shares = new LinkedHashMap<String, Object>();
        CustomKinds.objects(Json.object(object, "status"), "currentMetrics").stream()
                .map(metric -> Json.object(metric, "resource"))
                .forEach(metric ->
                        Json.put(
                                shares,
                                Json.string(metric, "name"),
                                Json.at(metric, "current", "averageUtilization")));
        for (var metric : CustomKinds.objects(Json.object(object, "spec"), "metrics")) {
            var resource = Json.object(metric, "resource");
            var name = Json.string(resource, "name");
            if (Json.at(resource, "target", "averageUtilization") instanceof Long aim) {
                var share = shares.get(name) instanceof Long given ? given + "%" : "<unknown>";
                targets.add("%s: %s/%d%%".formatted(name, share, aim));
            }
        }
        return targets.isEmpty() ? "<none>" : String.join(", ", targets);
    }

    static Object jobCompletions(Map<String, Object> object, Instant now) {
        var done = number(object, "status", "succeeded");
        if (Json.at(object, "spec", "completions") instanceof Long wanted) {
            return done + "/" + wanted;
        }
        var parallel = number(object, "spec", "parallelism");
        return parallel > 1 ? done + "/1 of " + parallel : done + "/1";
    }

    static Object jobDuration(Map<String, Object> object, Instant now) {
        var start = time(Json.at(object, "status", "startTime"));
        var end = time(Json.at(object, "status", "completionTime"));
        return start.map(from -> Ages.print(Duration.between(from, end.orElse(now)))).orElse("");
    }

    // ---- pods

    static Object podReady(Map<String, Object> object, Instant now) {
        var all = CustomKinds.objects(Json.object(object, "spec"), "containers").size();
        var ready =
                statuses(object).filter(status -> Boolean.TRUE.equals(status.get("ready"))).count();
        return ready + "/" + all;
    }

    static Object podStatus(Map<String, Object> object, Instant now) {
        if (Json.at(object, "metadata", "deletionTimestamp") != null) {
            return "Terminating";
        }
        var phase = Json.at(object, "status", "phase") instanceof String text ? text : "Pending";
        return Json.at(object, "status", "reason") instanceof String reason
                ? reason
                : statuses(object).flatMap(Cells::trouble).reduce((a, b) -> b).orElse(phase);
    }

    private static Stream<String> trouble(Map<String, Object> status) {
        return Stream.of("waiting", "terminated")
                .map(state -> Json.at(status, "state", state, "reason"))
                .filter(String.class::isInstance)
                .map(String.class::cast);
    }

    static Object podRestarts(Map<String, Object> object, Instant now) {
        return String.valueOf(
                statuses(object).mapToLong(status -> number(status, "restartCount")).sum());
    }

    private static Stream<Map<String, Object>> statuses(Map<String, Object> pod) {
        return CustomKinds.objects(Json.object(pod, "status"), "containerStatuses").stream();
    }

    /// How many of the conditions that a pod waits for hold: `1/2`.
    static Object readinessGates(Map<String, Object> object, Instant now) {
        var gates = CustomKinds.objects(Json.object(object, "spec"), "readinessGates");
        var open =
                gates.stream()
                        .filter(gate -> holds(object, Json.string(gate, "conditionType")))
                        .count();
        return gates.isEmpty() ? NONE : open + "/" + gates.size();
    }

    // ---- services and their ways in

    static Object externalAddress(Map<String, Object> object, Instant now) {
        var spec = Json.object(object, "spec");
        return switch (Json.string(spec, "type")) {
            case "ExternalName" -> Json.string(spec, "externalName");
            case "LoadBalancer" -> {
                var addresses = balancerAddresses(object, now);
                yield addresses.isEmpty() ? "<pending>" : addresses;
            }
            default -> {
                var addresses = joined(Json.list(spec, "externalIPs").stream());
                yield addresses.isEmpty() ? NONE : addresses;
            }
        };
    }

    static String balancerAddresses(Map<String, Object> object, Instant now) {
        var balancer = Json.object(Json.object(object, "status"), "loadBalancer");
        return joined(
                CustomKinds.objects(balancer, "ingress").stream()
                        .map(one -> one.getOrDefault("ip", one.getOrDefault("hostname", ""))));
    }

    static Object servicePorts(Map<String, Object> object, Instant now) {
        var ports =
                joined(
                        CustomKinds.objects(Json.object(object, "spec"), "ports").stream()
                                .map(Cells::servicePort));
        return ports.isEmpty() ? NONE : ports;
    }

    private static String servicePort(Map<String, Object> port) {
        var node = port.get("nodePort") instanceof Long number && number > 0 ? ":" + number : "";
        return port.get("port") + node + "/" + port.getOrDefault("protocol", "TCP");
    }

    static Object ingressHosts(Map<String, Object> object, Instant now) {
        var hosts =
                joined(
                        CustomKinds.objects(Json.object(object, "spec"), "rules").stream()
                                .map(rule -> rule.getOrDefault("host", "*")));
        return hosts.isEmpty() ? "*" : hosts;
    }

    static Object ingressPorts(Map<String, Object> object, Instant now) {
        return Json.list(Json.object(object, "spec"), "tls").isEmpty() ? "80" : "80, 443";
    }

    static Object endpoints(Map<String, Object> object, Instant now) {
        var places = new ArrayList<String>();
        for (var subset : CustomKinds.objects(object, "subsets")) {
            for (var address : CustomKinds.objects(subset, "addresses")) {
                CustomKinds.objects(subset, "ports")
                        .forEach(port -> places.add(address.get("ip") + ":" + port.get("port")));
            }
        }
        return listed(places);
    }

    static Object slicePorts(Map<String, Object> object, Instant now) {
        return listed(
                CustomKinds.objects(object, "ports").stream()
                        .map(port -> text(port.getOrDefault("port", "*")))
                        .toList());
    }

    static Object sliceEndpoints(Map<String, Object> object, Instant now) {
        return listed(
                CustomKinds.objects(object, "endpoints").stream()
                        .flatMap(endpoint -> Json.list(endpoint, "addresses").stream())
                        .map(Cells::text)
                        .toList());
    }

    private static String listed(List<String> all) {
        if (all.isEmpty()) {
            return NONE;
        }
        var more = all.size() - MAX_LISTED;
        var shown = String.join(",", all.subList(0, Math.min(MAX_LISTED, all.size())));
        return more > 0 ? shown + " + " + more + " more..." : shown;
    }

    // ---- others

    static Object nodeStatus(Map<String, Object> object, Instant now) {
        var ready = holds(object, "Ready") ? "Ready" : "NotReady";
        var closed = Boolean.TRUE.equals(Json.at(object, "spec", "unschedulable"));
        return closed ? ready + ",SchedulingDisabled" : ready;
    }

    static Object nodeRoles(Map<String, Object> object, Instant now) {
        var prefix = "node-role.kubernetes.io/";
        var roles =
                Json.object(Json.object(object, "metadata"), "labels").keySet().stream()
                        .filter(label -> label.startsWith(prefix))
                        .map(label -> label.substring(prefix.length()))
                        .sorted()
                        .collect(Collectors.joining(","));
        return roles.isEmpty() ? NONE : roles;
    }

    static Object eventObject(Map<String, Object> object, Instant now) {
        var about = Json.object(object, "involvedObject");
        return Json.string(about, "kind").toLowerCase(java.util.Locale.ROOT)
                + "/"
                + Json.string(about, "name");
    }

    /// `kubelet, node-1`: who told of it.
    static Object eventSource(Map<String, Object> object, Instant now) {
        var source = Json.object(object, "source");
        var component = Json.string(source, "component");
        var host = Json.string(source, "host");
        var who = component.isEmpty() ? Json.string(object, "reportingComponent") : component;
        return host.isEmpty() ? who : who + ", " + host;
    }

    /// What the parameters of an ingress class are: `Kind.group/name`.
    static Object classParameters(Map<String, Object> object, Instant now) {
        var parameters = Json.object(Json.object(object, "spec"), "parameters");
        var group = Json.string(parameters, "apiGroup");
        return parameters.isEmpty()
                ? NONE
                : Json.string(parameters, "kind")
                        + (group.isEmpty() ? "" : "." + group)
                        + "/"
                        + Json.string(parameters, "name");
    }

    static Object scaleTarget(Map<String, Object> object, Instant now) {
        var target = Json.object(Json.object(object, "spec"), "scaleTargetRef");
        return Json.string(target, "kind") + "/" + Json.string(target, "name");
    }

    static Object role(Map<String, Object> object, Instant now) {
        var role = Json.object(object, "roleRef");
        return Json.string(role, "kind") + "/" + Json.string(role, "name");
    }

    static Cell subjects(String kind) {
        return (object, now) ->
                CustomKinds.objects(object, "subjects").stream()
                        .filter(subject -> kind.equals(subject.get("kind")))
                        .map(Cells::subject)
                        .collect(Collectors.joining(", "));
    }

    private static String subject(Map<String, Object> subject) {
        return "ServiceAccount".equals(subject.get("kind"))
                ? Json.string(subject, "namespace") + "/" + Json.string(subject, "name")
                : Json.string(subject, "name");
    }

    /// `RWO,ROX` of the part of the object that says so.
    static Cell accessModes(String part) {
        return (object, now) ->
                joined(
                        Json.list(Json.object(object, part), "accessModes").stream()
                                .map(mode ->
                                        switch (text(mode)) {
                                            case "ReadWriteOnce" -> "RWO";
                                            case "ReadOnlyMany" -> "ROX";
                                            case "ReadWriteMany" -> "RWX";
                                            case "ReadWriteOncePod" -> "RWOP";
                                            default -> text(mode);
                                        }));
    }

    // ---- values

    private static boolean holds(Map<String, Object> object, String type) {
        return CustomKinds.objects(Json.object(object, "status"), "conditions").stream()
                .anyMatch(condition ->
                        type.equals(condition.get("type"))
                                && "True".equals(condition.get("status")));
    }

    private static long number(Map<String, Object> object, String... path) {
        return Json.at(object, path) instanceof Long number ? number : 0;
    }

    private static String joined(Stream<? extends @Nullable Object> values) {
        return values.map(Cells::text).collect(Collectors.joining(","));
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : String.valueOf(value);
    }

    private static String text(@Nullable Object value, String otherwise) {
        return value == null ? otherwise : text(value);
    }

    private static Optional<Instant> time(@Nullable Object value) {
        try {
            return value instanceof String text
                    ? Optional.of(Instant.parse(text))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
