package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.WriteOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// That graphs keep hold of what is theirs whatever others write meanwhile, and of nothing else.
class KeepingTest {
    private static final WriteOptions JANE =
            WriteOptions.controller("jane", List.of()).by(User.of("jane", List.of()));
    private static final String EACH =
            """
            - id: maps
              forEach: [{place: "${schema.spec.names}"}]
              template: {apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: "${place}"}}
            """;

    private final Things things = new Things();

    @AfterEach
    void close() {
        things.close();
    }

    @Test
    void remembersWhatItMadeWhereAnOlderCopyIsWrittenBack() {
        things.define("{names: '[]string'}", EACH);
        namespace("na");
        namespace("nb");
        things.apply("one", "{names: [na]}");
        var copy = things.thing("one");
        things.apply("one", "{names: [na, nb]}");
        assertThat(map("nb")).isTrue();

        replace(copy);
        assertThat(map("na")).isTrue();
        assertThat(map("nb")).isFalse();

        things.apply("one", "{names: [na, nb]}");
        Json.child(copy.tree(), "metadata").remove("annotations");
        Json.child(copy.tree(), "metadata").remove("finalizers");
        replace(copy);
        assertThat(map("nb")).isFalse();
        things.delete("one");
        assertThat(map("na")).isFalse();
    }

    private void replace(Resource copy) {
        var tree = Json.copy(copy.tree());
        Json.child(tree, "metadata")
                .put("resourceVersion", things.thing(copy.name()).resourceVersion());
        things.world().resources().update(served(), "default", copy.name(), "", tree, JANE);
        things.world().settle();
    }

    private Served served() {
        return things.world().served(Things.API_VERSION, "Thing");
    }

    @Test
    void deletesWhatWasMadeByAVersionThatIsNotServedAnyMore() {
        widgets(true);
        things.define(
                "{with: 'boolean | default=true'}",
                """
                - {id: own, includeWhen: ["${schema.spec.with}"], template: {apiVersion: ex.io/v1alpha1, kind: Widget, metadata: {name: "${schema.metadata.name}"}}}
                """);
        things.apply("one", "{}");
        assertThat(widget("one")).isTrue();
        widgets(false);
        things.delete("one");
        assertThat(things.find("one")).isEmpty();
        assertThat(widget("one")).isFalse();
    }

    private void widgets(boolean alpha) {
        var schema =
                "schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}";
        things.world()
                .apply(
                        """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata: {name: widgets.ex.io}
                        spec:
                          group: ex.io
                          scope: Namespaced
                          names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
                          versions:
                            - {name: v1alpha1, served: %s, storage: false, %s}
                            - {name: v1, served: true, storage: true, %s}
                        """
                                .formatted(alpha, schema, schema));
        things.world().settle();
    }

    private boolean widget(String name) {
        return things.world().find("ex.io/v1", "Widget", "default", name).isPresent();
    }

    @Test
    void putsBackTheLabelsOfItsKind() {
        things.define("{v: string}", "- " + plain("cm"));
        things.apply("one", "{v: a}");
        unlabel("kro.run/owned: null, kro.run/resource-graph-definition-name: null");
        assertThat(crd().labels())
                .containsEntry("kro.run/resource-graph-definition-name", "things");
        unlabel(
                "kro.run/owned: null, kro.run/resource-graph-definition-name: null, kro.run/resource-graph-definition-id: null");
        assertThat(crd().labels())
                .containsEntry("kro.run/resource-graph-definition-name", "things");
        things.apply("one", "{v: b}");
        assertThat(things.value("cm", "v")).isEqualTo("b");
        assertThatThrownBy(() ->
                        things.world()
                                .resources()
                                .delete(
                                        things.world()
                                                .served(
                                                        "kro.run/v1alpha1",
                                                        "ResourceGraphDefinition"),
                                        "",
                                        "things",
                                        DeleteOptions.BACKGROUND,
                                        JANE))
                .hasMessageContaining("1 instances of Thing are there");
    }

    private void unlabel(String labels) {
        things.world()
                .merge(
                        "apiextensions.k8s.io/v1",
                        "CustomResourceDefinition",
                        "",
                        "things.things.test",
                        "metadata: {labels: {%s}}".formatted(labels));
        things.world().settle();
    }

    private Resource crd() {
        return things.world()
                .find(
                        "apiextensions.k8s.io/v1",
                        "CustomResourceDefinition",
                        "",
                        "things.things.test")
                .orElseThrow();
    }

    @Test
    void goesOnAsSoonAsTheNamespaceComes() {
        things.define("{names: '[]string'}", EACH);
        things.apply("one", "{names: [later]}");
        assertThat(things.state("one")).isEqualTo("ERROR");
        namespace("later");
        assertThat(map("later")).isTrue();
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @Test
    void leavesToAnotherInstanceWhatThatMakesAlsoByForce() {
        things.define(
                "{v: string}", "- " + plain("cm").replace("{id: cm,", "{id: cm, adoption: Force,"));
        things.apply("one", "{v: a}");
        things.apply("two", "{v: b}");
        assertThat(things.value("cm", "v")).isEqualTo("a");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(things.state("two")).isEqualTo("ERROR");
        assertThat(things.message("two")).contains("belongs to another instance");
        things.delete("one");
        things.world().eventually("the other takes it", () -> is("two", "ACTIVE"));
        assertThat(things.value("cm", "v")).isEqualTo("b");
    }

    @Test
    void leavesToAnotherInstanceTheFieldsThatThatGivesAlsoByForce() {
        things.map("cm", "}}");
        things.define(
                "{v: string}",
                """
                - id: cm
                  adoption: Force
                  patch: {apiVersion: v1, kind: ConfigMap, metadata: {name: cm}, data: {v: "${schema.spec.v}"}}
                """);
        things.apply("one", "{v: a}");
        things.apply("two", "{v: b}");
        assertThat(things.value("cm", "v")).isEqualTo("a");
        assertThat(things.state("two")).isEqualTo("ERROR");
        assertThat(things.message("two")).contains("slipway-graph-patch-", ".data.v");
        things.delete("one");
        things.world().eventually("the other gives them", () -> is("two", "ACTIVE"));
        assertThat(things.value("cm", "v")).isEqualTo("b");
    }

    @Test
    void restsWhereTwoNodesComeOutAsOneResource() {
        things.define(
                "{a: string, b: string}",
                """
                - {id: first, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "x-${schema.spec.a}"}}}
                - {id: second, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "x-${schema.spec.b}"}}}
                """);
        things.apply("one", "{a: z, b: z}");
        assertThat(things.message("one")).contains("x-z is made by node first already");
        var then = things.thing("one").resourceVersion();
        things.world().settle();
        things.map("of-others", "}}");
        assertThat(things.thing("one").resourceVersion()).isEqualTo(then);
        things.apply("one", "{a: z, b: 'y'}");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @Test
    void refusesAGraphThatMakesItsOwnKindWithoutEnd() {
        var own =
                "{id: own, %s template: {apiVersion: things.test/v1, kind: Thing, metadata: {name: \"${schema.metadata.name}x\"}, spec: {v: x}}}";
        assertThatThrownBy(() -> things.define("{v: string}", "- " + own.formatted("")))
                .hasMessageContaining("spec.resources[0].template.kind")
                .hasMessageContaining("without end");
        things.define("{v: string}", "- " + plain("cm"));
        things.define(
                "{v: string}",
                "- " + own.formatted("includeWhen: [\"${schema.spec.v == 'more'}\"],"));
        things.apply("one", "{v: more}");
        assertThat(things.find("onex")).isPresent();
        assertThat(things.find("onexx")).isEmpty();
    }

    private boolean is(String name, String state) {
        return things.state(name).equals(state);
    }

    private static String plain(String name) {
        return "{id: cm, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {v: \"${schema.spec.v}\"}}}"
                .formatted(name);
    }

    private void namespace(String name) {
        things.world()
                .apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(name));
        things.world().settle();
    }

    private boolean map(String namespace) {
        return things.world().find("v1", "ConfigMap", namespace, "x").isPresent();
    }
}
