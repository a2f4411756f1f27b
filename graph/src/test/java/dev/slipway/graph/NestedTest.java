package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Resource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Instances of other graphs as nodes, and nodes in other namespaces.
class NestedTest {
    private static final String INNER =
            """
            apiVersion: kro.run/v1alpha1
            kind: ResourceGraphDefinition
            metadata: {name: inners}
            spec:
              schema: {apiVersion: v1, group: things.test, kind: Inner, spec: {'n': string}}
              resources:
                - id: map
                  readyWhen: ['${map.data.ready == "yes"}']
                  template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "inner-${schema.spec.n}"}}
            """;

    private final Things things = new Things();

    @BeforeEach
    void define() {
        things.world().apply(INNER);
        things.world().apply("{apiVersion: v1, kind: Namespace, metadata: {name: elsewhere}}");
        things.world().settle();
    }

    @AfterEach
    void close() {
        things.close();
    }

    @Test
    void waitsUntilAnInnerInstanceIsActiveAndSaysForWhat() {
        things.define(
                "{a: 'string | default=\"a\"'}",
                """
                - {id: inner, template: {apiVersion: things.test/v1, kind: Inner, metadata: {name: in}, spec: {'n': one}}}
                - {id: after, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: after}, data: {'n': "${inner.spec.n}"}}}
                """);
        things.apply("one", "{}");
        assertThat(things.state("one")).isEqualTo("IN_PROGRESS");
        assertThat(things.message("one"))
                .contains(
                        "inner: Inner default/in is IN_PROGRESS",
                        "ConfigMap default/inner-one is not ready");
        assertThat(things.findMap("after")).isEmpty();
        ready("inner-one", "yes");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(things.value("after", "n")).isEqualTo("one");
        ready("inner-one", "no");
        assertThat(things.state("one")).isEqualTo("IN_PROGRESS");
    }

    @Test
    void waitsForEveryInnerInstanceOfACollection() {
        things.define(
                "{names: '[]string'}",
                """
                - id: inner
                  forEach: [{'n': "${schema.spec.names}"}]
                  template: {apiVersion: things.test/v1, kind: Inner, metadata: {name: "${n}"}, spec: {'n': "${n}"}}
                """);
        things.apply("one", "{names: [x, 'y']}");
        ready("inner-x", "yes");
        assertThat(things.message("one"))
                .contains("Inner default/y is IN_PROGRESS")
                .doesNotContain("default/x");
        ready("inner-y", "yes");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @Test
    void takesTheAuthorsWordForWhenAnInnerInstanceIsReady() {
        things.define(
                "{a: 'string | default=\"a\"'}",
                """
                - id: inner
                  readyWhen: ['${inner.spec.n == "one"}']
                  template: {apiVersion: things.test/v1, kind: Inner, metadata: {name: in}, spec: {'n': one}}
                """);
        things.apply("one", "{}");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @Test
    void setsChangesInOtherNamespacesBack() {
        things.define(
                "{places: '[]string'}",
                """
                - id: single
                  template: {apiVersion: v1, kind: ConfigMap, metadata: {name: single, namespace: elsewhere}, data: {v: x}}
                - id: many
                  forEach: [{place: "${schema.spec.places}"}]
                  template: {apiVersion: v1, kind: ConfigMap, metadata: {name: each, namespace: "${place}"}, data: {v: x}}
                """);
        things.apply("one", "{places: [default, elsewhere]}");
        for (var name : List.of("single", "each")) {
            things.world().merge("v1", "ConfigMap", "elsewhere", name, "{data: {v: spoilt}}");
            things.world().settle();
            assertThat(elsewhere(name).at("data", "v")).isEqualTo("x");
        }
        things.world().delete("v1", "ConfigMap", "elsewhere", "each");
        things.world().settle();
        assertThat(elsewhere("each").at("data", "v")).isEqualTo("x");
        things.delete("one");
        assertThat(things.world().find("v1", "ConfigMap", "elsewhere", "each")).isEmpty();
    }

    @Test
    void relatesToTheItemsOfCollections() {
        things.define(
                "{names: '[]string'}",
                """
                - id: many
                  forEach: [{'n': "${schema.spec.names}"}]
                  template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "each-${n}"}}
                """);
        things.apply("one", "{names: [x, 'y']}");
        assertThat(new GraphRelations().relations(things.thing("one")))
                .extracting(one -> one.written() + " " + one.target().name())
                .containsExactly("many each-x", "many each-y");
    }

    private Resource elsewhere(String name) {
        return things.world().find("v1", "ConfigMap", "elsewhere", name).orElseThrow();
    }

    private void ready(String map, String value) {
        things.world().merge("v1", "ConfigMap", "default", map, "{data: {ready: '" + value + "'}}");
        things.world().settle();
    }
}
