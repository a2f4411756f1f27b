package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.testkit.World;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How little is written until instances have what they want, and that they get it all the same.
class SettlingTest {
    private World world;

    @BeforeEach
    void open() {
        world = World.of(new Graphs(Clock.systemUTC()));
        define("x");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void writesEachThingOnce() {
        var before = revision();
        make("one");
        assertThat(world.store().log(before, 100))
                .extracting(one -> one.key().plural())
                .containsExactly("things", "configmaps", "configmaps", "secrets", "things");
        assertThat(world.find("v1", "Secret", "default", "one-fixed-default")).isPresent();
    }

    @Test
    void marksAnInstanceWithTheWriteThatMakesIt() {
        var made =
                world.apply("{apiVersion: test.dev/v1, kind: Thing, metadata: {name: one}}")
                        .object();
        assertThat(made.finalizers()).containsExactly("kro.run/finalizer");
        assertThat(made.label("kro.run/resource-graph-definition-name"))
                .contains("things.test.dev");
        assertThat(made.annotation("slipway.dev/inventory").orElse(""))
                .contains("\"one-fixed\"", "\"one-named\"");
        world.settle();
    }

    @Test
    void leavesTheMarksOfASuspendedInstanceForLater() {
        var made =
                world.apply(
                                "{apiVersion: test.dev/v1, kind: Thing, metadata: {name: one, annotations: {kro.run/reconcile: suspended}}}")
                        .object();
        assertThat(made.finalizers()).isEmpty();
        world.merge(
                "test.dev/v1",
                "Thing",
                "default",
                "one",
                "{metadata: {annotations: {kro.run/reconcile: null}}}");
        world.settle();
        assertThat(config("one-fixed").at("data", "v")).isEqualTo("x");
    }

    @Test
    void setsBackTheStatusOfADefinition() {
        world.resources()
                .patch(
                        world.served("kro.run/v1alpha1", "ResourceGraphDefinition"),
                        "",
                        "things.test.dev",
                        "status",
                        new Patch.Merge(Json.copy(Map.of("status", Map.of("state", "FORGED")))),
                        WriteOptions.controller("somebody", List.of()));
        world.settle();
        assertThat(
                        world.find(
                                        "kro.run/v1alpha1",
                                        "ResourceGraphDefinition",
                                        "",
                                        "things.test.dev")
                                .orElseThrow()
                                .at("status", "state"))
                .isEqualTo("Active");
    }

    @Test
    void setsEachChangeBack() {
        make("one");
        for (var value : List.of("w", "z", "w")) {
            change("one-fixed", value);
            assertThat(config("one-fixed").at("data", "v")).isEqualTo("x");
        }
    }

    @Test
    void setsAChangeBackWhenItHasLookedAtTheInstanceOften() {
        make("one");
        for (var i = 0; i < 5; i++) {
            world.merge(
                    "test.dev/v1",
                    "Thing",
                    "default",
                    "one",
                    "{metadata: {labels: {'n': \"%d\"}}}".formatted(i));
            world.settle();
        }
        change("one-named", "w");
        assertThat(config("one-named").at("data", "v")).isEqualTo("one");
    }

    @Test
    void putsBackTheLabelThatTellsWhoseAResourceIs() {
        make("one");
        world.merge(
                "v1",
                "ConfigMap",
                "default",
                "one-fixed",
                "{metadata: {labels: {slipway.dev/node: null}}}");
        world.settle();
        assertThat(config("one-fixed").label("slipway.dev/node")).contains("fixed");
    }

    @Test
    void leavesAloneWhatANewDefinitionDoesNotChange() {
        make("one");
        make("two");
        var named = config("one-named").resourceVersion();
        define("changed");
        world.settle();
        assertThat(config("one-fixed").at("data", "v")).isEqualTo("changed");
        assertThat(config("two-fixed").at("data", "v")).isEqualTo("changed");
        assertThat(config("one-named").resourceVersion()).isEqualTo(named);
    }

    private void define(String value) {
        world.apply(
                """
                apiVersion: kro.run/v1alpha1
                kind: ResourceGraphDefinition
                metadata: {name: things.test.dev}
                spec:
                  schema: {apiVersion: v1, group: test.dev, kind: Thing, spec: {a: 'string | default="a"'}}
                  resources:
                    - id: fixed
                      template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${schema.metadata.name}-fixed"}, data: {v: "%s"}}
                    - id: named
                      template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${schema.metadata.name}-named"}, data: {v: "${schema.metadata.name}"}}
                    - id: after
                      template: {apiVersion: v1, kind: Secret, metadata: {name: "${fixed.metadata.name}-${named.metadata.namespace}"}}
                """
                        .formatted(value));
        world.settle();
    }

    private void make(String name) {
        world.apply("{apiVersion: test.dev/v1, kind: Thing, metadata: {name: %s}}".formatted(name));
        world.settle();
        assertThat(
                        world.find("test.dev/v1", "Thing", "default", name)
                                .orElseThrow()
                                .at("status", "state"))
                .isEqualTo("ACTIVE");
    }

    private void change(String name, String value) {
        world.merge("v1", "ConfigMap", "default", name, "{data: {v: %s}}".formatted(value));
        world.settle();
    }

    private Resource config(String name) {
        return world.find("v1", "ConfigMap", "default", name).orElseThrow();
    }

    private long revision() {
        return world.store().state().revision();
    }
}
