package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The kind that a definition asks for: which it gets, keeps and loses.
class GeneratedKindTest extends GraphWorld {
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
}
