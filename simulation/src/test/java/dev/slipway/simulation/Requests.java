package dev.slipway.simulation;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.DeleteOptions.Propagation;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.resources.Written;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a client asks for, by chance: it creates, changes, ties, holds and deletes what it finds or remembers.
final class Requests {
    /// The finalizer of a client that may forget about it.
    static final String HOLD = "sim.example/hold";

    private static final int REMEMBERED = 8;
    private static final List<KindKey> KINDS =
            List.of(
                    KindKey.of("", "configmaps"),
                    KindKey.of("", "configmaps"),
                    KindKey.of("", "namespaces"),
                    KindKey.of("apiextensions.k8s.io", "customresourcedefinitions"),
                    KindKey.of("sea.example", "boats"),
                    KindKey.of("kro.run", "resourcegraphdefinitions"),
                    KindKey.of("sim.example", "pairs"),
                    KindKey.of("sim.example", "pairs"),
                    KindKey.of("backstage.io", "components"),
                    KindKey.of("backstage.io", "systems"));

    private final WriteOptions options;
    private final Chance chance;

    /// Objects as they once were, so that some requests come too late.
    private final List<Resource> remembered = new ArrayList<>();

    Requests(String client, Chance chance) {
        this.options = new WriteOptions(Attribution.of(client), client, false, Strictness.WARN);
        this.chance = chance;
    }

    Request next(Resources resources) {
        return chance.oneIn(3)
                ? create()
                : found(resources).map(object -> change(object, resources)).orElseGet(this::create);
    }

    /// Lets go of everything that a client holds.
    static void release(Resources resources, Resource object) {
        finalizers(resources, object, false, WriteOptions.controller("releaser", List.of()));
    }

    private Request create() {
        var name = chance.of(Samples.NAMES);
        var object =
                switch (chance.below(16)) {
                    case 0 -> Samples.namespace(chance.of("red", "blue"));
                    case 1 -> Samples.namespace(chance.of("red", "blue"));
                    case 2 -> Samples.boats(1 + chance.below(2));
                    case 3 -> Samples.graph(chance.of("pairs", "rival"), "v" + chance.below(3));
                    case 4, 5 -> Samples.boat(name, chance.below(9));
                    case 6, 7, 8 -> Samples.pair(name, "v" + chance.below(9), chance.oneIn(2));
                    case 9, 10 ->
                            Samples.component(
                                    name,
                                    chance.of("guests", "team-" + name),
                                    chance.of(Samples.NAMES));
                    case 11 -> Samples.system(name);
                    default -> Samples.configMap(name, "v" + chance.below(99));
                };
        var namespace = chance.of(Samples.NAMESPACES);
        if (chance.oneIn(3)) {
            var force = chance.oneIn(2);
            return Request.of(
                    "apply " + title(object, namespace),
                    resources -> apply(resources, placed(object, resources, namespace), force));
        }
        if (chance.oneIn(10)) {
            Json.child(object.tree(), "metadata").remove("name");
            Json.child(object.tree(), "metadata").put("generateName", name + "-");
        }
        return Request.of(
                "create " + title(object, namespace),
                resources -> {
                    var served = served(resources, object);
                    var place = served.kind().namespaced() ? namespace : "";
                    return resources.create(served, place, object.tree(), options);
                });
    }

    private Request change(Resource object, Resources resources) {
        return switch (chance.below(14)) {
            case 0, 1, 2 -> update(object);
            case 3 -> status(object);
            case 4 -> hold(object);
            case 5, 6 -> isImmortal(object) ? label(object) : own(object, resources);
            case 7, 8, 9 -> delete(object);
            case 10 -> label(object);
            case 11 -> mark(object);
            default -> rewrite(object);
        };
    }

    private Request update(Resource object) {
        var changed = object.copy();
        Json.child(Json.child(changed.tree(), "metadata"), "labels")
                .put("step", "v" + chance.below(9));
        return new Request(
                "update " + title(object) + " at " + object.resourceVersion(),
                OptionalLong.of(Long.parseLong(object.resourceVersion())),
                resources ->
                        resources.update(
                                served(resources, object),
                                object.namespace(),
                                object.name(),
                                "",
                                changed.tree(),
                                options));
    }

    private Request status(Resource object) {
        Map<String, Object> status =
                object.kind().equals("Boat")
                        ? Map.of("afloat", chance.oneIn(2))
                        : Map.of("state", chance.of("FORGED", "ACTIVE"));
        return Request.of(
                "status of " + title(object),
                resources -> patch(resources, object, "status", Map.of("status", status), options));
    }

    /// Holds an object, or lets it go, and leaves alone who else holds it.
    private Request hold(Resource object) {
        var held = object.finalizers().contains(HOLD);
        return Request.of(
                (held ? "release " : "hold ") + title(object),
                resources -> finalizers(resources, current(resources, object), !held, options));
    }

    private static Written finalizers(
            Resources resources, Resource object, boolean hold, WriteOptions options) {
        var finalizers = new ArrayList<>(object.finalizers());
        finalizers.remove(HOLD);
        if (hold) {
            finalizers.add(HOLD);
        }
        Map<String, Object> metadata =
                Map.of("finalizers", finalizers, "resourceVersion", object.resourceVersion());
        return patch(resources, object, "", Map.of("metadata", metadata), options);
    }

    private static Resource current(Resources resources, Resource object) {
        return resources
                .find(served(resources, object), object.namespace(), object.name())
                .orElseThrow(() ->
                        Problem.of(Problem.Reason.NOT_FOUND, "gone: " + object.name()).exception());
    }

    /// Some namespaces cannot be deleted: nobody can own them.
    private static boolean isImmortal(Resource object) {
        return object.kind().equals("Namespace") && Instance.NAMESPACES.contains(object.name());
    }

    /// Ties an object to another one, to one that never was, or to none.
    private Request own(Resource object, Resources resources) {
        var owners = new ArrayList<Object>();
        if (!chance.oneIn(6)) {
            owners.addAll(Json.list(object.metadata(), "ownerReferences"));
            found(resources).ifPresent(owner -> owners.add(reference(owner)));
        }
        return Request.of(
                "tie " + title(object) + " to " + owners.size(),
                again -> patch(again, object, "", metadata("ownerReferences", owners), options));
    }

    private Map<String, Object> reference(Resource owner) {
        var reference = new LinkedHashMap<String, Object>();
        reference.put("apiVersion", owner.apiVersion());
        reference.put("kind", owner.kind());
        reference.put("name", owner.name());
        reference.put(
                "uid", chance.oneIn(12) ? "00000000-0000-4000-8000-000000000000" : owner.uid());
        reference.put("blockOwnerDeletion", chance.oneIn(2));
        return reference;
    }

    private Request delete(Resource object) {
        var propagation = chance.of(Propagation.values());
        var uid = chance.oneIn(4) ? Optional.of(object.uid()) : Optional.<String>empty();
        var revision =
                chance.oneIn(6) ? Optional.of(object.resourceVersion()) : Optional.<String>empty();
        var deletion = new DeleteOptions(propagation, uid, revision);
        return Request.of(
                "delete %s %s".formatted(title(object), propagation),
                resources ->
                        resources.delete(
                                served(resources, object),
                                object.namespace(),
                                object.name(),
                                deletion,
                                options));
    }

    private Request label(Resource object) {
        var patch = metadata("labels", Map.of("team", "v" + chance.below(4)));
        return Request.of(
                "label " + title(object),
                resources -> patch(resources, object, "", patch, options));
    }

    private Request mark(Resource object) {
        Map<String, Object> operation =
                Map.of(
                        "op", "add",
                        "path", "/metadata/annotations",
                        "value", Map.of("mark", "v" + chance.below(4)));
        return Request.of(
                "mark " + title(object),
                resources ->
                        resources.patch(
                                served(resources, object),
                                object.namespace(),
                                object.name(),
                                "",
                                new Patch.Json(List.of(operation)),
                                options));
    }

    /// Changes what an object says of itself.
    private Request rewrite(Resource object) {
        var text = "v" + chance.below(9);
        Map<String, Object> patch =
                switch (object.kind()) {
                    case "Boat" -> Map.of("spec", Map.of("berths", (long) chance.below(9)));
                    case "Pair" -> Map.of("spec", Map.of("text", text, "more", chance.oneIn(2)));
                    case "Component" -> Map.of("spec", Map.of("system", chance.of(Samples.NAMES)));
                    case "ConfigMap" -> Map.of("data", Map.of(chance.of("text", "more"), text));
                    case "ResourceGraphDefinition" ->
                            Map.of(
                                    "spec",
                                    Map.of(
                                            "resources",
                                            Json.list(
                                                    Samples.graph(object.name(), text).spec(),
                                                    "resources")));
                    default -> metadata("labels", Map.of("text", text));
                };
        return Request.of(
                "rewrite " + title(object),
                resources -> patch(resources, object, "", patch, options));
    }

    // ---- what there is

    /// Something that exists, or that did when it was seen last.
    private Optional<Resource> found(Resources resources) {
        if (!remembered.isEmpty() && chance.oneIn(4)) {
            return Optional.of(chance.of(remembered));
        }
        var objects = List.copyOf(resources.state().list(chance.of(KINDS)));
        if (objects.isEmpty()) {
            return Optional.empty();
        }
        var object = chance.of(objects);
        remember(object);
        return Optional.of(object.resource());
    }

    private void remember(StoredObject object) {
        if (remembered.size() == REMEMBERED) {
            remembered.remove(chance.below(REMEMBERED));
        }
        remembered.add(object.resource());
    }

    private Written apply(Resources resources, Resource object, boolean force) {
        return resources.patch(
                served(resources, object),
                object.namespace(),
                object.name(),
                "",
                new Patch.Apply(object, force),
                options);
    }

    private static Written patch(
            Resources resources,
            Resource object,
            String subresource,
            Map<String, Object> patch,
            WriteOptions options) {
        return resources.patch(
                served(resources, object),
                object.namespace(),
                object.name(),
                subresource,
                new Patch.Merge(patch),
                options);
    }

    private static Map<String, Object> metadata(String key, Object value) {
        return Map.of("metadata", Map.of(key, value));
    }

    private static Resource placed(Resource object, Resources resources, String namespace) {
        var placed = object.copy();
        if (served(resources, object).kind().namespaced()) {
            Json.child(placed.tree(), "metadata").put("namespace", namespace);
        }
        return placed;
    }

    private static Served served(Resources resources, Resource object) {
        return resources
                .kinds()
                .byKind(object.apiVersion(), object.kind())
                .orElseThrow(() ->
                        Problem.of(Problem.Reason.NOT_FOUND, "not served: " + object.kind())
                                .exception());
    }

    private static String title(Resource object) {
        return title(object, object.namespace());
    }

    private static String title(Resource object, String namespace) {
        return "%s %s/%s".formatted(object.kind(), namespace, object.name());
    }
}
