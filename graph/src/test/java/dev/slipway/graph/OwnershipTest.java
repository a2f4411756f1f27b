package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.WriteOptions;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which resources are an instance's, and what becomes of those that are not, or no longer.
class OwnershipTest extends GraphWorld {
    @Test
    void leavesAForeignResourceAloneAndReportsIt() throws IOException {
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: one, namespace: default}, data: {mine: x}}");
        world.apply(
                things("- {id: cm, template: {apiVersion: v1, kind: ConfigMap, data: {v: x}}}"));
        world.settle();
        world.apply(thing("one"));
        world.eventually("the conflict is told", () -> "ERROR".equals(thingState("one")));
        assertThat(config("one").orElseThrow().at("data")).isEqualTo(Map.of("mine", "x"));
        assertThat(condition(find("one"), "ResourcesReady"))
                .containsEntry("status", "False")
                .hasEntrySatisfying(
                        "message",
                        m -> assertThat(m).asString().contains("cm: ConfigMap default/one exists"));

        world.delete(THINGS, "Thing", "default", "one");
        world.eventually(
                "the instance goes", () -> world.find(THINGS, "Thing", "default", "one").isEmpty());
        assertThat(config("one")).isPresent();
    }

    @Test
    void takesOverWhenAForeignResourceGoes() throws IOException {
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: {mine: x}}");
        world.apply(
                things("- {id: cm, template: {apiVersion: v1, kind: ConfigMap, data: {v: x}}}"));
        world.settle();
        world.apply(thing("one"));
        world.eventually("the conflict is told", () -> "ERROR".equals(thingState("one")));
        world.delete("v1", "ConfigMap", "default", "one");
        world.eventually("the instance heals", () -> "ACTIVE".equals(thingState("one")));
        assertThat(config("one").orElseThrow().at("data", "v")).isEqualTo("x");
    }

    @Test
    void keepsWhatWasTakenOutOfTheSet() {
        world.apply(
                things(
                        """
                        - {id: a, template: {apiVersion: v1, kind: ConfigMap, data: {v: x}}}
                        - {id: b, template: {apiVersion: v1, kind: ConfigMap, data: {v: x}}}
                        """));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        world.merge(
                THINGS,
                "Thing",
                "default",
                "one",
                "{metadata: {annotations: {kro.run/reconcile: suspended}}}");
        world.settle();
        world.merge(
                "v1",
                "ConfigMap",
                "default",
                "one-a",
                "{metadata: {labels: {applyset.kubernetes.io/part-of: null}}}");
        world.delete(THINGS, "Thing", "default", "one");
        world.settle();
        assertThat(world.find(THINGS, "Thing", "default", "one")).isEmpty();
        assertThat(config("one-b")).isEmpty();
        assertThat(config("one-a").orElseThrow().owners()).isEmpty();
    }

    @Test
    void leavesItsResourcesBehindWhenItIsDeletedAsAnOrphan() {
        world.apply(things(MAP + "\n- {id: 'n', template: {apiVersion: v1, kind: Namespace}}"));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        orphan("one");
        world.settle();
        assertThat(world.find(THINGS, "Thing", "default", "one")).isEmpty();
        assertThat(config("one").orElseThrow())
                .satisfies(left -> assertThat(left.owners()).isEmpty())
                .satisfies(left -> assertThat(left.terminating()).isFalse())
                .satisfies(left -> assertThat(left.labels()).isEmpty())
                .satisfies(left -> assertThat(left.annotations()).isEmpty());
        var namespace = world.find("v1", "Namespace", "", "one").orElseThrow();
        assertThat(namespace.terminating()).isFalse();
        assertThat(namespace.label("applyset.kubernetes.io/part-of")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "'{}'", "'[{}]'", "null"})
    void healsAnInventoryThatCannotBeRead(String inventory) {
        world.apply(things(MAP));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        var before = find("one").annotation("slipway.dev/inventory");
        forgeInventory(inventory);
        world.settle();
        assertThat(find("one").annotation("slipway.dev/inventory")).isEqualTo(before);
        assertThat(thingState("one")).isEqualTo("ACTIVE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "null"})
    void deletesWhatBearsTheLabelsOfItsSetWhereTheInventoryIsLost(String inventory) {
        world.apply(
                things(
                        "- {id: 'n', template: {apiVersion: v1, kind: ConfigMap, metadata: {namespace: other}}}"));
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: other}}");
        world.settle();
        world.apply(thing("one"));
        world.settle();
        world.merge(
                THINGS,
                "Thing",
                "default",
                "one",
                "{metadata: {annotations: {kro.run/reconcile: suspended}}}");
        world.settle();
        forgeInventory(inventory);
        world.delete(THINGS, "Thing", "default", "one");
        world.settle();
        assertThat(world.find(THINGS, "Thing", "default", "one")).isEmpty();
        assertThat(world.find("v1", "ConfigMap", "other", "one")).isEmpty();
    }

    @Test
    void leavesItsResourcesBehindAlsoAfterTheFinalizerOfOrphansWent() {
        world.apply(things(MAP));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        world.merge(
                THINGS,
                "Thing",
                "default",
                "one",
                "{metadata: {annotations: {slipway.dev/deletion: orphan}}}");
        world.delete(THINGS, "Thing", "default", "one");
        world.settle();
        assertThat(world.find(THINGS, "Thing", "default", "one")).isEmpty();
        assertThat(config("one").orElseThrow().owners()).isEmpty();
    }

    @Test
    void prunesWhatLeavesTheGraph() throws IOException {
        var a =
                "- {id: a, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {v: x}}}\n";
        var b =
                "- {id: b, template: {apiVersion: v1, kind: Secret, metadata: {name: b}, stringData: {v: x}}}\n";
        world.apply(things(a + b));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        assertThat(find("one").annotation("applyset.kubernetes.io/contains-group-kinds"))
                .contains("ConfigMap,Secret");
        world.apply(things(a));
        world.settle();
        assertThat(world.find("v1", "Secret", "default", "b")).isEmpty();
        assertThat(config("a")).isPresent();
        assertThat(find("one").annotation("applyset.kubernetes.io/contains-group-kinds"))
                .contains("ConfigMap");
    }

    @Test
    void deletesResourcesInReverseOrder() throws IOException {
        world.apply(
                things(
                        """
                        - {id: a, template: {apiVersion: v1, kind: ConfigMap, data: {v: x}}}
                        - {id: b, template: {apiVersion: v1, kind: ConfigMap, data: {v: "${a.data.v}"}}}
                        """));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        world.merge(
                "v1", "ConfigMap", "default", "one-b", "{metadata: {finalizers: [test.dev/hold]}}");
        world.settle();
        world.delete("v1", "ConfigMap", "default", "one-b");
        world.settle();
        assertThat(String.valueOf(find("one").at("status", "nodes")))
                .contains("is made anew afterwards");
        world.delete(THINGS, "Thing", "default", "one");
        world.settle();
        assertThat(String.valueOf(find("one").at("status", "nodes")))
                .contains("is being deleted, as is the instance")
                .doesNotContain("anew");
        assertThat(config("one-b").orElseThrow().terminating()).isTrue();
        assertThat(config("one-a").orElseThrow().terminating()).isFalse();
        assertThat(find("one").at("status", "state")).isEqualTo("DELETING");
        assertThat(condition(find("one"), "ResourcesReady"))
                .containsEntry("reason", "UnderDeletion");

        world.merge("v1", "ConfigMap", "default", "one-b", "{metadata: {finalizers: null}}");
        world.settle();
        assertThat(config("one-a")).isEmpty();
        assertThat(world.find(THINGS, "Thing", "default", "one")).isEmpty();
    }

    private void forgeInventory(String inventory) {
        world.merge(
                THINGS,
                "Thing",
                "default",
                "one",
                "{metadata: {annotations: {slipway.dev/inventory: %s}}}".formatted(inventory));
    }

    private void orphan(String name) {
        world.resources()
                .delete(
                        world.served(THINGS, "Thing"),
                        "default",
                        name,
                        new DeleteOptions(
                                DeleteOptions.Propagation.ORPHAN,
                                Optional.empty(),
                                Optional.empty()),
                        WriteOptions.controller("tester", List.of()));
    }
}
