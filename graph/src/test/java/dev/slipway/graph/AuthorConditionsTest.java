package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.WriteOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Conditions that an author defines: kro's cases 98 to 107.
class AuthorConditionsTest {
    private static final String MAP =
            "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: cm}, data: {v: \"${schema.spec.v}\"}}}";
    private static final String DEPLOYMENT =
            "- {id: dep, template: {apiVersion: apps/v1, kind: Deployment, metadata: {name: dep}, spec: {template: {spec: {containers: [{name: a, image: b}]}}}}}";

    private final Things things = new Things();

    @AfterEach
    void close() {
        things.close();
    }

    private void define(String resources, String... conditions) {
        var entries = List.of(conditions).stream().map(one -> Json.text("${" + one + "}")).toList();
        things.define("{v: string, 'n': integer}", "{conditions: " + entries + "}", resources);
    }

    private Map<String, Object> condition(String type) {
        return Things.condition(things.thing("one"), type);
    }

    @Test
    void standInPlaceOfTheBuiltInOnes() {
        define(
                MAP,
                "runtime.newCondition({type: 'Ready', status: 'False', reason: 'Mine', message: schema.spec.v})",
                "runtime.newCondition({type: 'Copy', status: runtime.condition(schema, 'Ready').status})",
                "['a', 'b'].map(i, runtime.newCondition({type: 'Shard' + i, status: 'True'}))");
        things.apply("one", "{v: x}");
        assertThat(condition("Ready"))
                .containsEntry("status", "False")
                .containsEntry("reason", "Mine")
                .containsEntry("message", "x")
                .containsEntry("observedGeneration", 1L);
        assertThat(condition("Copy")).containsEntry("status", "True");
        assertThat(condition("Sharda")).containsEntry("status", "True");
        assertThat(condition("Shardb")).containsEntry("status", "True");
        assertThat(condition("InstanceManaged")).isEmpty();
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @Test
    void standBesideWhatIsWrongWithTheStatus() {
        things.define(
                "{v: string, 'n': integer}",
                "{div: '${10 / schema.spec.n}', conditions: ['${runtime.newCondition({type: \"Ready\", status: \"False\", reason: \"Mine\"})}']}",
                MAP);
        things.apply("one", "{v: x, 'n': 0}");
        assertThat(things.state("one")).isEqualTo("ERROR");
        assertThat(String.valueOf(condition("AuthorConditions").get("message")))
                .contains("status.div", "zero");
        things.apply("one", "{v: x, 'n': 5}");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(condition("AuthorConditions")).isEmpty();
    }

    @Test
    void keepTheTimeOfTheirTransition() {
        define(MAP, "runtime.newCondition({type: 'A', status: 'True', message: schema.spec.v})");
        things.apply("one", "{v: x}");
        var since = condition("A").get("lastTransitionTime");
        things.apply("one", "{v: 'y'}");
        assertThat(condition("A"))
                .containsEntry("message", "y")
                .containsEntry("lastTransitionTime", since);
    }

    @Test
    void stayWhileTheirDataAreMissing() {
        define(
                DEPLOYMENT,
                "runtime.newCondition({type: 'A', status: dep.status.readyReplicas > 0 ? 'True' : 'False'})",
                "runtime.newCondition({type: 'Available', status: runtime.condition(dep, 'Available').status == 'True' ? 'True' : 'False'})");
        things.apply("one", "{v: x}");
        assertThat(condition("A")).isEmpty();
        assertThat(condition("Available")).containsEntry("status", "False");
        status(
                Map.of(
                        "readyReplicas",
                        1L,
                        "conditions",
                        List.of(Map.of("type", "Available", "status", "True"))));
        assertThat(condition("A")).containsEntry("status", "True");
        assertThat(condition("Available")).containsEntry("status", "True");
        status(
                Json.readObject(
                        "{\"readyReplicas\": null}"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(condition("A")).containsEntry("status", "True");
    }

    private void status(Map<String, Object> status) {
        things.world()
                .resources()
                .patch(
                        things.world().served("apps/v1", "Deployment"),
                        "default",
                        "dep",
                        "status",
                        new Patch.Merge(Map.of("status", status)),
                        WriteOptions.controller("tester", List.of()));
        things.world().settle();
    }

    @Test
    void areDroppedOneByOneWhereTheyCannotBeMade() {
        define(
                MAP,
                "runtime.newCondition({type: 'A', status: 'True'})",
                "['A', 'B'].map(t, runtime.newCondition({type: t, status: 'True'}))",
                "runtime.newCondition({type: 'C', status: 1 / schema.spec.n > 0 ? 'True' : 'False'})");
        things.apply("one", "{v: x, 'n': 0}");
        assertThat(condition("A")).isNotEmpty();
        assertThat(condition("B")).isNotEmpty();
        assertThat(condition("C")).isEmpty();
        assertThat(things.state("one")).isEqualTo("ERROR");
        assertThat(condition("AuthorConditions").get("message"))
                .asString()
                .contains(
                        "status.conditions[1]: the condition A is made twice",
                        "status.conditions[2]");
    }

    @Test
    void giveWayToTheBuiltInOnesWhenTheyAreTakenOut() {
        define(MAP, "runtime.newCondition({type: 'Mine', status: 'True'})");
        things.apply("one", "{v: x}");
        assertThat(condition("Ready")).isEmpty();
        things.world()
                .merge(
                        "kro.run/v1alpha1",
                        "ResourceGraphDefinition",
                        "",
                        "things",
                        "{spec: {schema: {status: {conditions: null}}}}");
        things.world().settle();
        assertThat(condition("Mine")).isEmpty();
        assertThat(condition("Ready")).containsEntry("status", "True");
    }

    @Test
    void stayDuringDeletion() {
        define(MAP, "runtime.newCondition({type: 'Mine', status: 'True'})");
        things.apply("one", "{v: x}");
        things.world()
                .merge(
                        "v1",
                        "ConfigMap",
                        "default",
                        "cm",
                        "{metadata: {finalizers: [test.dev/a]}}");
        things.delete("one");
        assertThat(condition("Mine")).containsEntry("status", "True");
        assertThat(condition("ResourcesReady")).containsEntry("reason", "UnderDeletion");
        assertThat(things.state("one")).isEqualTo("DELETING");
    }
}
