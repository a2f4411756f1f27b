package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// A graph with a Deployment and a Service, from its definition to its deletion.
class SimpleAppTest extends GraphWorld {
    @Test
    void runsTheSimpleAppFromGraphToDeletion() throws IOException {
        var written = world.apply(example("graph.yaml"));
        assertThat(written.warnings()).hasSize(4).allSatisfy(w -> assertThat(w).contains("spec."));
        world.settle();
        assertThat(definition("simpleapps.briefstack.com").at("status", "state"))
                .isEqualTo("Active");
        world.apply(example("app.yaml"));
        world.settle();

        var deployment = deployment("demo").orElseThrow();
        assertThat(deployment.at("spec", "replicas")).isEqualTo(2L);
        var container = Json.list(podSpec(deployment), "containers").getFirst();
        assertThat(Json.at(container, "image")).isEqualTo("nginx:1.27");
        assertThat(
                        Json.at(
                                Json.list(Json.cast((Map<?, ?>) container), "ports").getFirst(),
                                "containerPort"))
                .isEqualTo(8080L);
        assertThat(deployment.at("spec", "selector", "matchLabels"))
                .isEqualTo(deployment.at("spec", "template", "metadata", "labels"));
        var instance = app("demo").orElseThrow();
        assertThat(instance.at("status", "state")).isEqualTo("ACTIVE");
        assertThat(condition(instance, "Ready")).containsEntry("status", "True");
        assertThat(instance.finalizers()).containsExactly("kro.run/finalizer");

        world.delete("briefstack.com/v1", "SimpleApp", "default", "demo");
        world.settle();
        assertThat(app("demo")).isEmpty();
        assertThat(deployment("demo")).isEmpty();
    }

    @Test
    void makesADeletedResourceAnew() throws IOException {
        simpleApp();
        var uid = deployment("demo").orElseThrow().uid();
        world.delete("apps/v1", "Deployment", "default", "demo");
        world.settle();
        assertThat(deployment("demo").orElseThrow().uid()).isNotEqualTo(uid);
    }

    @Test
    void writesNothingOnceItIsSettled() throws IOException {
        simpleApp();
        var revision = world.store().state().revision();
        world.merge(
                "apps/v1", "Deployment", "default", "demo", "{metadata: {labels: {team: mine}}}");
        world.settle();
        assertThat(world.store().state().revision()).isEqualTo(revision + 1);
    }

    @Test
    void saysAgainWhatOthersForgedInTheStatus() throws IOException {
        simpleApp();
        var said = app("demo").orElseThrow().status();
        var revision = world.store().state().revision();
        world.resources()
                .patch(
                        world.served("briefstack.com/v1", "SimpleApp"),
                        "default",
                        "demo",
                        "status",
                        new Patch.Merge(Map.of("status", Map.of("state", "FORGED"))),
                        WriteOptions.controller("tester", List.of()));
        world.settle();
        assertThat(app("demo").orElseThrow().status()).isEqualTo(said);
        assertThat(world.store().state().revision()).isEqualTo(revision + 2);
    }

    @Test
    void followsTheInstance() throws IOException {
        simpleApp();
        world.merge(
                "briefstack.com/v1",
                "SimpleApp",
                "default",
                "demo",
                "{spec: {image: 'nginx:1.28', port: 9090}}");
        world.settle();
        assertThat(
                        Json.at(
                                Json.list(podSpec(deployment("demo").orElseThrow()), "containers")
                                        .getFirst(),
                                "image"))
                .isEqualTo("nginx:1.28");
        assertThat(condition(app("demo").orElseThrow(), "Ready"))
                .containsEntry("observedGeneration", 2L);
    }

    @Test
    void setsBackWhatOthersChangeAndKeepsWhatTheyAdd() throws IOException {
        simpleApp();
        world.merge(
                "apps/v1",
                "Deployment",
                "default",
                "demo",
                "{spec: {replicas: 5}, metadata: {labels: {team: mine}}}");
        world.settle();
        var deployment = deployment("demo").orElseThrow();
        assertThat(deployment.at("spec", "replicas")).isEqualTo(2L);
        assertThat(deployment.label("team")).contains("mine");
    }

    @Test
    void givesTwoInstancesDifferentSelectors() throws IOException {
        simpleApp();
        world.apply(example("app.yaml").replace("name: demo", "name: other"));
        world.settle();
        assertThat(deployment("demo").orElseThrow().at("spec", "selector"))
                .isNotEqualTo(deployment("other").orElseThrow().at("spec", "selector"));
    }

    @Test
    void selectsThePodsOfInstancesWithLongNames() throws IOException {
        simpleApp();
        var stem = "a".repeat(70);
        for (var name : List.of(stem + "x", stem + "y")) {
            world.apply(example("app.yaml").replace("name: demo", "name: " + name));
        }
        world.settle();
        assertThat(instanceLabel("demo")).isEqualTo("demo");
        assertThat(instanceLabel(stem + "x"))
                .matches("a{46}-[0-9a-f]{1,16}")
                .isNotEqualTo(instanceLabel(stem + "y"));
    }

    @Test
    void relatesAnInstanceToItsNodes() throws IOException {
        simpleApp();
        var relations = new GraphRelations().relations(app("demo").orElseThrow());
        assertThat(relations)
                .singleElement()
                .satisfies(relation -> {
                    assertThat(relation.type()).isEqualTo("node");
                    assertThat(relation.target().toString()).isEqualTo("Deployment default/demo");
                });
    }

    @Test
    void suspendsAnInstance() throws IOException {
        world.apply(
                things(
                        "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, data: {v: '${schema.spec.a}'}}}"));
        world.settle();
        world.apply(thing("one") + "\nspec: {a: x}");
        world.settle();
        world.merge(
                THINGS,
                "Thing",
                "default",
                "one",
                "{metadata: {annotations: {kro.run/reconcile: suspended}}, spec: {a: 'y'}}");
        world.settle();
        assertThat(condition(find("one"), "ResourcesReady"))
                .containsEntry("reason", "ReconciliationSuspended");
        assertThat(config("one").orElseThrow().at("data", "v")).isEqualTo("x");
        world.merge(
                THINGS,
                "Thing",
                "default",
                "one",
                "{metadata: {annotations: {kro.run/reconcile: null}}}");
        world.settle();
        assertThat(config("one").orElseThrow().at("data", "v")).isEqualTo("y");
    }

    private String instanceLabel(String name) {
        return String.valueOf(
                deployment(name)
                        .orElseThrow()
                        .at("spec", "selector", "matchLabels", "slipway.dev/instance"));
    }

    private void simpleApp() throws IOException {
        world.apply(example("graph.yaml"));
        world.settle();
        world.apply(example("app.yaml"));
        world.settle();
    }

    private Optional<Resource> app(String name) {
        return world.find("briefstack.com/v1", "SimpleApp", "default", name);
    }

    private static Map<String, Object> podSpec(Resource deployment) {
        return Json.cast(
                (Map<?, ?>)
                        java.util.Objects.requireNonNull(
                                deployment.at("spec", "template", "spec")));
    }
}
