package dev.slipway.graph;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A world with the feature, and what its tests ask of it and read in it.
abstract class GraphWorld {
    static final String THINGS = "things.test/v1";

    static final String MAP =
            "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, data: {v: x}}}";

    World world;

    @BeforeEach
    void open() {
        world = World.of(new Graphs(Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        world.close();
    }

    static String things(String resources) {
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
            spec:
              a: string
          resources:
        """
                + resources.indent(4);
    }

    static String thing(String name) {
        return "apiVersion: %s\nkind: Thing\nmetadata: {name: %s, namespace: default}"
                .formatted(THINGS, name);
    }

    Optional<Resource> config(String name) {
        return world.find("v1", "ConfigMap", "default", name);
    }

    Resource find(String name) {
        return world.find(THINGS, "Thing", "default", name).orElseThrow();
    }

    Object thingState(String name) {
        return find(name).at("status", "state");
    }

    Optional<Resource> deployment(String name) {
        return world.find("apps/v1", "Deployment", "default", name);
    }

    Optional<Resource> crd(String name) {
        return world.find("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", name);
    }

    Resource definition(String name) {
        return world.find("kro.run/v1alpha1", "ResourceGraphDefinition", "", name).orElseThrow();
    }

    static Map<String, Object> condition(Resource resource, String type) {
        return Json.list(resource.status(), "conditions").stream()
                .map(one -> Json.cast((Map<?, ?>) one))
                .filter(one -> type.equals(one.get("type")))
                .findFirst()
                .orElseThrow();
    }

    static String example(String file) throws IOException {
        return Files.readString(Path.of("../examples/simpleapp", file));
    }
}
