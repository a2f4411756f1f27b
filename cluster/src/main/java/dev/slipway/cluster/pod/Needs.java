package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What a pod names that must be there before it can run: claims, config maps and secrets.
record Needs(Stage stage, Resource pod) {
    /// A volume that cannot be mounted.
    ///
    /// @param why in the words of the one that mounts it
    record Unmounted(String volume, String why) {}

    /// Why no node takes the pod: the first claim that is not there.
    Optional<String> claim() {
        return volumes().stream()
                .map(volume -> Json.object(volume, "persistentVolumeClaim"))
                .map(source -> Json.string(source, "claimName"))
                .filter(name -> !name.isEmpty())
                .flatMap(name -> claim(name).stream())
                .findFirst();
    }

    private Optional<String> claim(String name) {
        var found = stage.find(ClusterKinds.CLAIMS, pod.namespace(), name);
        if (found.isEmpty()) {
            return Optional.of("persistentvolumeclaim \"%s\" not found".formatted(name));
        }
        return found.get().terminating()
                ? Optional.of("persistentvolumeclaim \"%s\" is being deleted".formatted(name))
                : Optional.empty();
    }

    private List<Map<String, Object>> volumes() {
        return Tree.objects(pod.spec(), "volumes");
    }

    // ---- volumes

    /// The first volume whose contents are not there.
    Optional<Unmounted> volume() {
        return volumes().stream().flatMap(volume -> unmounted(volume).stream()).findFirst();
    }

    private Optional<Unmounted> unmounted(Map<String, Object> volume) {
        var sources = Tree.objects(Json.object(volume, "projected"), "sources");
        return Stream.concat(Stream.of(volume), sources.stream())
                .flatMap(source -> Stream.of(contents(source), secrets(source)))
                .flatMap(Optional::stream)
                .findFirst()
                .map(why -> new Unmounted(Json.string(volume, "name"), why));
    }

    private Optional<String> contents(Map<String, Object> source) {
        return contents(ClusterKinds.CONFIG_MAPS, "config", Json.object(source, "configMap"));
    }

    private Optional<String> secrets(Map<String, Object> source) {
        return contents(ClusterKinds.SECRETS, "secret", Json.object(source, "secret"));
    }

    /// @param source that names an object, and perhaps keys of it
    private Optional<String> contents(KindKey kind, String word, Map<String, Object> source) {
        var name = source.getOrDefault("secretName", source.get("name"));
        if (name == null || isOptional(source)) {
            return Optional.empty();
        }
        var found = stage.find(kind, pod.namespace(), String.valueOf(name));
        if (found.isEmpty()) {
            return Optional.of(notFound(kind, String.valueOf(name)));
        }
        return Tree.objects(source, "items").stream()
                .map(item -> Json.string(item, "key"))
                .filter(key -> !has(found.get(), key))
                .map(key -> "references non-existent %s key: %s".formatted(word, key))
                .findFirst();
    }

    // ---- variables

    /// Why a container cannot be created: the first object of its environment that is not there.
    ///
    /// @param container of the pod's spec
    Optional<String> variable(Map<String, Object> container) {
        var whole =
                Tree.objects(container, "envFrom").stream()
                        .flatMap(source ->
                                Stream.of(
                                        whole(ClusterKinds.CONFIG_MAPS, source, "configMapRef"),
                                        whole(ClusterKinds.SECRETS, source, "secretRef")));
        var keys =
                Tree.objects(container, "env").stream()
                        .map(variable -> Json.object(variable, "valueFrom"))
                        .flatMap(source ->
                                Stream.of(
                                        key(ClusterKinds.CONFIG_MAPS, source, "configMapKeyRef"),
                                        key(ClusterKinds.SECRETS, source, "secretKeyRef")));
        return Stream.concat(whole, keys).flatMap(Optional::stream).findFirst();
    }

    private Optional<String> whole(KindKey kind, Map<String, Object> source, String field) {
        return contents(kind, "", Json.object(source, field));
    }

    private Optional<String> key(KindKey kind, Map<String, Object> source, String field) {
        var reference = Json.object(source, field);
        var missing = contents(kind, "", reference);
        if (reference.isEmpty() || isOptional(reference) || missing.isPresent()) {
            return missing;
        }
        var name = Json.string(reference, "name");
        var key = Json.string(reference, "key");
        return stage.find(kind, pod.namespace(), name)
                .filter(found -> !has(found, key))
                .map(_ ->
                        "couldn't find key %s in %s %s/%s"
                                .formatted(key, word(kind), pod.namespace(), name));
    }

    private static boolean isOptional(Map<String, Object> source) {
        return Boolean.TRUE.equals(source.get("optional"));
    }

    private static boolean has(Resource object, String key) {
        return Json.object(object.tree(), "data").containsKey(key)
                || Json.object(object.tree(), "binaryData").containsKey(key);
    }

    private static String notFound(KindKey kind, String name) {
        return "%s \"%s\" not found"
                .formatted(kind.equals(ClusterKinds.SECRETS) ? "secret" : "configmap", name);
    }

    private static String word(KindKey kind) {
        return kind.equals(ClusterKinds.SECRETS) ? "Secret" : "ConfigMap";
    }
}
