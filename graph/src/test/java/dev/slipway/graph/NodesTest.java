package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which nodes are made, in which order, and what is told of those that are not.
class NodesTest extends GraphWorld {
    @Test
    void makesNodesInTheOrderOfTheirReferences() throws IOException {
        world.apply(
                things(
                        """
                        - {id: b, template: {apiVersion: v1, kind: ConfigMap, data: {v: "${a.data.v + '!'}"}}}
                        - {id: a, template: {apiVersion: v1, kind: ConfigMap, data: {v: "${schema.metadata.name}"}}}
                        """));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        assertThat(config("one-b").orElseThrow().at("data", "v")).isEqualTo("one!");
        assertThat(config("one-a").orElseThrow().annotation("internal.kro.run/apply-order"))
                .contains("1");
        assertThat(Json.list(find("one").status(), "nodes"))
                .extracting(node -> Json.at(node, "id"), node -> Json.at(node, "dependsOn"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", null),
                        org.assertj.core.groups.Tuple.tuple("b", List.of("a")));
    }

    @Test
    void tellsWhichFieldOfWhichNodeFails() throws IOException {
        world.apply(
                things(
                        "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, data: {v: \"${schema.spec.a}\"}}}"));
        world.settle();
        world.apply(thing("one"));
        world.eventually("the error is told", () -> "ERROR".equals(thingState("one")));
        assertThat(condition(find("one"), "ResourcesReady").get("message"))
                .asString()
                .contains("cm: data.v: spec.a is not set on this instance");
        world.merge(THINGS, "Thing", "default", "one", "{spec: {a: now}}");
        world.eventually("it heals", () -> "ACTIVE".equals(thingState("one")));
    }

    @Test
    void leavesOutWhatIsNotIncludedAndWhatReadsIt() {
        world.apply(
                things(
                        """
                        - id: a
                          includeWhen: ["${schema.spec.?a.orValue('') == 'yes'}"]
                          template: {apiVersion: v1, kind: ConfigMap, data: {v: x}}
                        - id: b
                          template: {apiVersion: v1, kind: ConfigMap, data: {v: "${a.data.v}"}}
                        - id: c
                          template: {apiVersion: v1, kind: ConfigMap, data: {v: 'y'}}
                        """));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        assertThat(config("one-a")).isEmpty();
        assertThat(config("one-b")).isEmpty();
        assertThat(config("one-c")).isPresent();
        assertThat(thingState("one")).isEqualTo("ACTIVE");

        world.merge(THINGS, "Thing", "default", "one", "{spec: {a: 'yes'}}");
        world.settle();
        assertThat(config("one-b").orElseThrow().at("data", "v")).isEqualTo("x");

        world.merge(THINGS, "Thing", "default", "one", "{spec: {a: 'no'}}");
        world.settle();
        assertThat(config("one-a")).isEmpty();
        assertThat(config("one-b")).isEmpty();
        assertThat(config("one-c")).isPresent();
    }

    @Test
    void waitsForReadinessAndSaysForWhat() {
        world.apply(
                things(
                        """
                        - id: a
                          readyWhen: ["${a.data.ready == 'yes'}"]
                          template: {apiVersion: v1, kind: ConfigMap, data: {v: x}}
                        - id: b
                          template: {apiVersion: v1, kind: ConfigMap, data: {v: "${a.data.v}"}}
                        """));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        assertThat(config("one-b")).isEmpty();
        assertThat(thingState("one")).isEqualTo("IN_PROGRESS");
        assertThat(condition(find("one"), "ResourcesReady").get("message"))
                .asString()
                .contains(
                        "a: ConfigMap default/one-a is not ready: readyWhen[0]", "b: waits for a");

        world.merge("v1", "ConfigMap", "default", "one-a", "{data: {ready: 'yes'}}");
        world.settle();
        assertThat(config("one-b")).isPresent();
        assertThat(thingState("one")).isEqualTo("ACTIVE");
    }
}
