package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphsTest {
    private static final String THINGS = "things.test/v1";
    private static final String MAP =
            "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, data: {v: x}}}";

    private World world;

    @BeforeEach
    void open() {
        world = World.of(new Graphs(Clock.systemUTC()));
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void waitsForAKindOfTheGroupThatGraphsDefineTheirsIn() {
        var written =
                world.apply(
                        """
                        apiVersion: kro.run/v1alpha1
                        kind: ResourceGraphDefinition
                        metadata: {name: outers}
                        spec:
                          schema: {apiVersion: v1, kind: Outer, spec: {}}
                          resources:
                            - {id: inner, template: {apiVersion: kro.run/v1, kind: Inner}}
                        """);
        assertThat(written.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("the graph waits"));
    }

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
    void keepsTheSpecOfADefinitionAsItWasWritten() throws IOException {
        world.apply(example("graph.yaml"));
        world.settle();
        var stored = definition("simpleapps.briefstack.com");
        assertThat(stored.at("spec", "schema", "apiVersion")).isEqualTo("briefstack.com/v1");
        assertThat(Json.at(stored.tree(), "spec", "schema", "spec", "port")).isEqualTo("int");
        assertThat(Json.list(stored.status(), "completions")).hasSize(4);
        assertThat(stored.at("status", "topologicalOrder")).isEqualTo(List.of("deployment"));
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
                        new Patch.Merge(Map.of("status", Map.of("state", "HACKED"))),
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

    private String instanceLabel(String name) {
        return String.valueOf(
                deployment(name)
                        .orElseThrow()
                        .at("spec", "selector", "matchLabels", "slipway.dev/instance"));
    }

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

    private void forgeInventory(String inventory) {
        world.merge(
                THINGS,
                "Thing",
                "default",
                "one",
                "{metadata: {annotations: {slipway.dev/inventory: %s}}}".formatted(inventory));
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
    void keepsADefinitionUntilItsLastInstanceIsGone() throws IOException {
        world.apply(things("- {id: cm, template: {apiVersion: v1, kind: ConfigMap}}"));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        world.delete("kro.run/v1alpha1", "ResourceGraphDefinition", "", "things");
        world.settle();
        assertThat(condition(definition("things"), "KindReady").get("message"))
                .asString()
                .contains("1 instances of Thing", "default/one");

        world.apply(thing("two"));
        world.settle();
        assertThat(condition(definition("things"), "KindReady").get("message"))
                .asString()
                .contains("2 instances of Thing", "default/one", "default/two");
        world.delete(THINGS, "Thing", "default", "two");
        world.delete(THINGS, "Thing", "default", "one");
        world.settle();
        assertThat(world.find("kro.run/v1alpha1", "ResourceGraphDefinition", "", "things"))
                .isEmpty();
        assertThat(crd("things.things.test")).isEmpty();
        assertThat(config("one")).isEmpty();
    }

    @Test
    void refusesASecondDefinitionOfAKind() {
        world.apply(things(MAP));
        world.settle();
        assertThatThrownBy(() -> world.apply(things(MAP).replace("name: things", "name: second")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("spec.schema.kind")
                .hasMessageContaining("things.things.test is owned by the definition things");
    }

    @Test
    void refusesAKindThatIsTheListOfAnother() {
        world.apply(things(MAP));
        world.settle();
        assertThatThrownBy(() ->
                        world.apply(
                                things(MAP)
                                        .replace("name: things", "name: second")
                                        .replace("kind: Thing", "kind: ThingList")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("things.things.test has objects of the kinds Thing and");
    }

    @Test
    void leavesAKindAloneThatAnotherTookOver() throws IOException {
        world.apply(things(MAP));
        world.settle();
        world.merge(
                "apiextensions.k8s.io/v1",
                "CustomResourceDefinition",
                "",
                "things.things.test",
                "{metadata: {labels: {kro.run/resource-graph-definition-name: other}}}");
        world.settle();
        assertThat(condition(definition("things"), "KindReady").get("message"))
                .asString()
                .contains("owned by the definition other");
        world.apply(thing("one"));
        world.settle();
        assertThat(config("one")).isEmpty();

        world.apply(things(MAP).replace("kind: Thing", "kind: Other"));
        world.settle();
        assertThat(crd("others.things.test")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "apiextensions.k8s.io, CustomResourceDefinition",
        "kro.run, ResourceGraph",
        "rbac.authorization.k8s.io, Role",
        "slipway.dev, Plan"
    })
    void refusesAKindOfThePlatform(String group, String kind) {
        var claim =
                things(MAP).replace("things.test", group).replace("kind: Thing", "kind: " + kind);
        assertThatThrownBy(() -> world.apply(claim))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("spec.schema.kind")
                .hasMessageContaining("is a kind of the platform itself");
    }

    @Test
    void refusesAFieldWithoutATypeAlsoWhereKubectlLeavesItOut() {
        var written =
                """
                metadata:
                  annotations:
                    kubectl.kubernetes.io/last-applied-configuration: '{"spec": {"schema": {"spec": {"a": "string", "b": null}, "status": {"x": null}}}}'
                """;
        assertThatThrownBy(() -> world.apply(things(MAP).replace("metadata:\n", written)))
                .hasMessageContaining("spec.schema.spec.b: Invalid value: null: unexpected type")
                .hasMessageNotContaining("spec.schema.spec.a");
    }

    @Test
    void refusesAKindOfAForeignCustomResourceDefinition() {
        world.apply(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: things.things.test}
                spec:
                  group: things.test
                  names: {kind: Thing, plural: things}
                  scope: Namespaced
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object}}
                """);
        assertThatThrownBy(() -> world.apply(things(MAP)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("spec.schema.kind")
                .hasMessageContaining("not owned by a graph");
    }

    @Test
    void refusesAKindThatCouldNotBeServed() {
        assertThatThrownBy(() -> world.apply(things(MAP).replace("things.test", "things")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("spec.schema.group")
                .hasMessageContaining("at least one dot");
        var columns =
                "    additionalPrinterColumns: [{name: A, type: text, jsonPath: .spec.a}]\n  resources:";
        assertThatThrownBy(() -> world.apply(things(MAP).replace("  resources:", columns)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("spec.schema.additionalPrinterColumns[0].type");
    }

    @Test
    void repairsItsKind() throws IOException {
        world.apply(things("- {id: cm, template: {apiVersion: v1, kind: ConfigMap}}"));
        world.settle();
        var before = crd("things.things.test").orElseThrow();
        world.merge(
                "apiextensions.k8s.io/v1",
                "CustomResourceDefinition",
                "",
                "things.things.test",
                Json.text(Map.of("spec", Map.of("versions", widened(before)))));
        world.settle();
        assertThat(crd("things.things.test").orElseThrow().at("spec", "versions"))
                .isEqualTo(before.at("spec", "versions"));
        world.delete(
                "apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "things.things.test");
        world.settle();
        assertThat(crd("things.things.test")).isPresent();
    }

    @Test
    void refusesAChangeOfTheKind() {
        world.apply(things("- {id: cm, template: {apiVersion: v1, kind: ConfigMap}}"));
        world.settle();
        assertThatThrownBy(() ->
                        world.apply(
                                things("- {id: cm, template: {apiVersion: v1, kind: ConfigMap}}")
                                        .replace("kind: Thing", "kind: Other")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("spec.schema.kind")
                .hasMessageContaining("immutable");
    }

    @Test
    void refusesAChangeThatInstancesMayBreakOn() {
        var map = "- {id: cm, template: {apiVersion: v1, kind: ConfigMap}}";
        world.apply(things(map));
        world.settle();
        var broken = things(map).replace("a: string", "a: string | pattern=^x required=true");
        assertThatThrownBy(() -> world.apply(broken))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("spec.schema.spec.a: Forbidden: breaking change: the pattern")
                .hasMessageContaining(
                        "spec.schema.spec.a: Forbidden: breaking change: the field becomes");
        world.apply(things(map).replace("a: string", "a: string\n      b: integer"));
        world.settle();
        world.apply(
                broken.replace(
                        "  name: things",
                        "  name: things\n  annotations: {kro.run/allow-breaking-changes: 'true'}"));
        world.settle();
        assertThat(definition("things").at("status", "state")).isEqualTo("Active");
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

    @Test
    void projectsTheStatusOfTheAuthor() {
        world.apply(
                withStatus(
                        "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, data: {'n': '8'}}}",
                        """
                        name: ${cm.metadata.name}
                        number: ${int(cm.data.n)}
                        both: "${cm.metadata.name}/${cm.data.n}"
                        list: ["${cm.data.n}"]
                        absent: ${cm.data.missing}
                        wrong: ${1 / int(cm.data.zero)}
                        """));
        world.settle();
        world.apply(thing("one"));
        world.settle();
        var status = find("one").status();
        assertThat(status)
                .containsEntry("name", "one")
                .containsEntry("number", 8L)
                .containsEntry("both", "one/8")
                .containsEntry("list", List.of("8"))
                .containsEntry("state", "ACTIVE")
                .doesNotContainKeys("absent", "wrong");

        world.merge("v1", "ConfigMap", "default", "one", "{data: {zero: '0'}}");
        world.eventually("the error is told", () -> "ERROR".equals(thingState("one")));
        assertThat(condition(find("one"), "ResourcesReady").get("message"))
                .asString()
                .contains("status.wrong");
        assertThat(find("one").status()).containsEntry("number", 8L);
    }

    @Test
    void infersTheSchemaOfTheStatus() {
        world.apply(
                withStatus(
                        "- {id: d, template: {apiVersion: apps/v1, kind: Deployment, spec: {template: {spec: {containers: [{name: a, image: b}]}}}}}",
                        """
                        replicas: ${d.status.?availableReplicas}
                        since: ${d.metadata.creationTimestamp}
                        conditions2: ${d.status.conditions}
                        """));
        world.settle();
        var version =
                Json.list(crd("things.things.test").orElseThrow().spec(), "versions").getFirst();
        var properties =
                Json.at(version, "schema", "openAPIV3Schema", "properties", "status", "properties");
        assertThat(Json.at(properties, "replicas", "type")).isEqualTo("integer");
        assertThat(Json.at(properties, "since", "format")).isEqualTo("date-time");
        assertThat(Json.at(properties, "conditions2", "items", "properties", "status", "type"))
                .isEqualTo("string");
        assertThat(Json.at(properties, "state", "type")).isEqualTo("string");
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

    private void simpleApp() throws IOException {
        world.apply(example("graph.yaml"));
        world.settle();
        world.apply(example("app.yaml"));
        world.settle();
    }

    private static List<Object> widened(Resource crd) {
        var versions = Json.list(crd.copy().spec(), "versions");
        var properties =
                Json.at(
                        versions.getFirst(),
                        "schema",
                        "openAPIV3Schema",
                        "properties",
                        "spec",
                        "properties");
        Json.cast((Map<?, ?>) java.util.Objects.requireNonNull(properties))
                .put("zz", Map.of("type", "string"));
        return versions;
    }

    private static String things(String resources) {
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

    private static String withStatus(String resources, String status) {
        return things(resources)
                .replace(
                        "  resources:",
                        ("status:\n" + status.indent(2)).indent(4) + "  resources:");
    }

    private static String thing(String name) {
        return "apiVersion: %s\nkind: Thing\nmetadata: {name: %s, namespace: default}"
                .formatted(THINGS, name);
    }

    private Optional<Resource> config(String name) {
        return world.find("v1", "ConfigMap", "default", name);
    }

    private Resource find(String name) {
        return world.find(THINGS, "Thing", "default", name).orElseThrow();
    }

    private Object thingState(String name) {
        return find(name).at("status", "state");
    }

    private Optional<Resource> deployment(String name) {
        return world.find("apps/v1", "Deployment", "default", name);
    }

    private Optional<Resource> app(String name) {
        return world.find("briefstack.com/v1", "SimpleApp", "default", name);
    }

    private Optional<Resource> crd(String name) {
        return world.find("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", name);
    }

    private Resource definition(String name) {
        return world.find("kro.run/v1alpha1", "ResourceGraphDefinition", "", name).orElseThrow();
    }

    private static Map<String, Object> podSpec(Resource deployment) {
        return Json.cast(
                (Map<?, ?>)
                        java.util.Objects.requireNonNull(
                                deployment.at("spec", "template", "spec")));
    }

    private static Map<String, Object> condition(Resource resource, String type) {
        return Json.list(resource.status(), "conditions").stream()
                .map(one -> Json.cast((Map<?, ?>) one))
                .filter(one -> type.equals(one.get("type")))
                .findFirst()
                .orElseThrow();
    }

    private static String example(String file) throws IOException {
        return Files.readString(Path.of("../examples/simpleapp", file));
    }
}
