package dev.slipway.client;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The way from an object that is not ready to the first thing that it waits for.
///
/// An object that lists `status.nodes` waits for the first of them that is not in order; any other for the first that it
/// owns and that is not: a Deployment for its ReplicaSet, that for a pod. At the end stands who has nobody else to wait
/// for; of a pod it is told which container, and why.
public final class NotReady {
    /// How far the way is followed.
    public static final int MAX_STEPS = 16;

    /// How many of the things that one object owns are looked at.
    public static final int MAX_CHILDREN = 50;

    private static final Set<String> SETTLED = Set.of("SYNCED", "SKIPPED");

    /// The worst first: what only waits for other nodes is not where it began.
    private static final List<String> ORDER =
            List.of("ERROR", "WAITING_FOR_READINESS", "DELETING", "IN_PROGRESS");

    private static final Set<String> WANTED_FALSE =
            Set.of(
                    "ReplicaFailure",
                    "MemoryPressure",
                    "DiskPressure",
                    "PIDPressure",
                    "NetworkUnavailable",
                    "Failed",
                    "Suspended",
                    "Stalled",
                    "Complete",
                    "SuccessCriteriaMet",
                    "DisruptionTarget");

    /// Finds objects.
    public interface Finder {
        /// Empty where there is none, or where it may not be read.
        Optional<Resource> find(String apiVersion, String kind, String namespace, String name);

        /// What an object owns, as far as it may be read, and at most [#MAX_CHILDREN].
        List<Resource> children(Resource owner);
    }

    /// What the object at a path owns, asked of the API by its relations.
    public static List<Resource> children(ApiClient api, String path) {
        return Json.list(api.json(ApiClient.Call.get(path + "/relations")), "items").stream()
                .filter(Map.class::isInstance)
                .map(item -> Json.cast((Map<?, ?>) item))
                .filter(item -> Json.string(item, "direction").equals("in"))
                .filter(item -> Json.string(item, "field").startsWith("metadata.ownerReferences"))
                .map(item -> Json.string(item, "path"))
                .filter(child -> !child.isEmpty())
                .distinct()
                .limit(MAX_CHILDREN)
                .flatMap(child -> api.find(child).stream())
                .toList();
    }

    /// One thing on the way.
    ///
    /// @param kind of the object; namespace may be empty
    /// @param state a word for how it is: `ERROR`, `Available=False`
    /// @param since when it became so, as RFC 3339; empty where that is not known
    /// @param message what it says of that itself, or its owner of it
    public record Step(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            String state,
            String since,
            String message) {}

    private final Finder finder;
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private NotReady(Finder finder) {
        this.finder = finder;
    }

    /// The steps from an object; none where it is ready.
    public static List<Step> of(Resource object, Finder finder) {
        var walk = new NotReady(finder);
        walk.visit(object);
        return List.copyOf(walk.steps);
    }

    private void visit(Resource object) {
        if (steps.size() >= MAX_STEPS || !seen.add(id(object)) || isReady(object)) {
            return;
        }
        var node = firstUnsettled(object);
        if (node.isPresent()) {
            add(object, stateOf(object), sinceOf(object), told(node.get()));
            follow(object, node.get());
        } else if (isUnwell(object)) {
            tell(object);
            finder.children(object).stream()
                    .filter(child -> !seen.contains(id(child)))
                    .filter(NotReady::isUnwell)
                    .findFirst()
                    .ifPresent(this::visit);
        }
    }

    private void tell(Resource object) {
        var container = Containers.failing(object);
        var condition = failing(object);
        var since = condition.map(one -> Json.string(one, "lastTransitionTime")).orElse("");
        if (container.isPresent()) {
            add(object, container.get().state(), since, container.get().message());
        } else if (condition.isPresent()) {
            var one = condition.get();
            var state = Json.string(one, "type") + "=" + Json.string(one, "status");
            add(object, state, since, said(one));
        } else {
            add(object, "not ready", "", lacking(object).orElse(""));
        }
    }

    private static boolean isUnwell(Resource object) {
        return !isReady(object)
                && !Json.string(object.status(), "phase").equals("Succeeded")
                && (firstUnsettled(object).isPresent()
                        || failing(object).isPresent()
                        || lacking(object).isPresent()
                        || Containers.failing(object).isPresent());
    }

    /// What is missing of what there shall be several of: `1 of 3 replicas are ready`.
    private static Optional<String> lacking(Resource object) {
        var wanted = object.spec().get("replicas") instanceof Long count ? count : 0;
        var ready = object.status().get("readyReplicas") instanceof Long count ? count : 0;
        return ready < wanted
                ? Optional.of("%d of %d replicas are ready".formatted(ready, wanted))
                : Optional.empty();
    }

    private void follow(Resource owner, Map<String, Object> node) {
        var name = Json.string(node, "name");
        if (name.isEmpty()) {
            return;
        }
        finder.find(
                        Json.string(node, "apiVersion"),
                        Json.string(node, "kind"),
                        Json.string(node, "namespace"),
                        name)
                .filter(found -> !id(found).equals(id(owner)))
                .ifPresent(this::visit);
    }

    private void add(Resource object, String state, String since, String message) {
        steps.add(
                new Step(
                        object.apiVersion(),
                        object.kind(),
                        object.namespace(),
                        object.name(),
                        state,
                        since,
                        message));
    }

    // ---- nodes

    private static Optional<Map<String, Object>> firstUnsettled(Resource object) {
        var nodes =
                Json.list(object.status(), "nodes").stream()
                        .filter(Map.class::isInstance)
                        .map(node -> Json.cast((Map<?, ?>) node))
                        .toList();
        return ORDER.stream()
                .flatMap(state ->
                        nodes.stream().filter(node -> Json.string(node, "state").equals(state)))
                .findFirst()
                .or(() ->
                        nodes.stream()
                                .filter(node -> !SETTLED.contains(Json.string(node, "state")))
                                .findFirst());
    }

    /// `node db: Deployment db is not ready: …, since 2026-01-31T12:00:00Z`.
    private static String told(Map<String, Object> node) {
        var since = Json.string(node, "since");
        return "node %s is %s%s: %s"
                .formatted(
                        Json.string(node, "id"),
                        Json.string(node, "state"),
                        since.isEmpty() ? "" : " since " + since,
                        Json.string(node, "message"));
    }

    private static String stateOf(Resource object) {
        var state = Json.string(object.status(), "state");
        return state.isEmpty() ? "not ready" : state;
    }

    private static String sinceOf(Resource object) {
        return failing(object).map(one -> Json.string(one, "lastTransitionTime")).orElse("");
    }

    // ---- conditions

    /// Whether it says so itself.
    private static boolean isReady(Resource object) {
        return Json.list(object.status(), "conditions").stream()
                .anyMatch(one ->
                        one instanceof Map<?, ?> map
                                && "Ready".equals(map.get("type"))
                                && "True".equals(map.get("status")));
    }

    /// The first condition that is not as it should be; `Ready` only where no other says more.
    private static Optional<Map<String, Object>> failing(Resource object) {
        var failing =
                Json.list(object.status(), "conditions").stream()
                        .filter(Map.class::isInstance)
                        .map(one -> Json.cast((Map<?, ?>) one))
                        .filter(NotReady::fails)
                        .toList();
        return failing.stream()
                .filter(one -> !Json.string(one, "type").equals("Ready"))
                .findFirst()
                .or(() -> failing.stream().findFirst());
    }

    private static boolean fails(Map<String, Object> condition) {
        var wanted = WANTED_FALSE.contains(Json.string(condition, "type")) ? "False" : "True";
        return !Json.string(condition, "status").equals(wanted)
                && !(wanted.equals("False") && Json.string(condition, "status").equals("Unknown"));
    }

    private static String said(Map<String, Object> condition) {
        var message = Json.string(condition, "message");
        return message.isEmpty() ? Json.string(condition, "reason") : message;
    }

    private static String id(Resource object) {
        return "%s/%s/%s/%s"
                .formatted(object.group(), object.kind(), object.namespace(), object.name());
    }
}
