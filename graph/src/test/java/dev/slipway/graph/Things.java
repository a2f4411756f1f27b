package dev.slipway.graph;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.testkit.World;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/// A world with one definition, of the kind `Thing`, and its instances in the namespace `default`.
final class Things implements AutoCloseable {
    static final String API_VERSION = "things.test/v1";

    private final World world = World.of(new Graphs(Clock.systemUTC()));

    World world() {
        return world;
    }

    /// Defines the kind anew.
    ///
    /// @param spec the fields of `spec.schema.spec`, as a YAML flow map
    /// @param resources the entries of `spec.resources`, as YAML
    void define(String spec, String resources) {
        define(spec, "{}", resources);
    }

    void define(String spec, String status, String resources) {
        world.apply(definition(spec, status, resources));
        world.settle();
    }

    static String definition(String spec, String status, String resources) {
        return """
        apiVersion: kro.run/v1alpha1
        kind: ResourceGraphDefinition
        metadata:
          name: things
        spec:
          schema:
            apiVersion: v1
            group: things.test
            kind: Thing
            spec: %s
            status: %s
          resources:
        """
                        .formatted(spec, status)
                + resources.indent(4);
    }

    /// Applies an instance with this `spec`.
    void apply(String name, String spec) {
        world.apply(
                "apiVersion: %s\nkind: Thing\nmetadata: {name: %s, namespace: default}\nspec: %s"
                        .formatted(API_VERSION, name, spec));
        world.settle();
    }

    void delete(String name) {
        world.delete(API_VERSION, "Thing", "default", name);
        world.settle();
    }

    /// Writes a config map of others.
    void map(String name, String rest) {
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s, namespace: default%s"
                        .formatted(name, rest));
        world.settle();
    }

    void unmap(String name) {
        world.delete("v1", "ConfigMap", "default", name);
        world.settle();
    }

    Optional<Resource> findMap(String name) {
        return world.find("v1", "ConfigMap", "default", name);
    }

    Object value(String map, String key) {
        return String.valueOf(findMap(map).orElseThrow().at("data", key));
    }

    Optional<Resource> find(String name) {
        return world.find(API_VERSION, "Thing", "default", name);
    }

    Resource thing(String name) {
        return find(name).orElseThrow();
    }

    Resource definition() {
        return world.find("kro.run/v1alpha1", "ResourceGraphDefinition", "", "things")
                .orElseThrow();
    }

    String state(String name) {
        return String.valueOf(thing(name).at("status", "state"));
    }

    static Map<String, Object> condition(Resource resource, String type) {
        return Json.list(resource.status(), "conditions").stream()
                .map(one -> Json.cast((Map<?, ?>) one))
                .filter(one -> type.equals(one.get("type")))
                .findFirst()
                .orElse(Map.of());
    }

    /// What the condition `ResourcesReady` says of an instance.
    String message(String name) {
        return String.valueOf(condition(thing(name), "ResourcesReady").get("message"));
    }

    @Override
    public void close() {
        world.close();
    }
}
