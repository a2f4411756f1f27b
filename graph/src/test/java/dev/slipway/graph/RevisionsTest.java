package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.graph.definition.Revision;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Revisions of definitions: kro's cases 108 to 119 and 139.
class RevisionsTest {
    private final Things things = new Things();

    @AfterEach
    void close() {
        things.close();
    }

    private void define(String value) {
        things.define(
                "{a: string}",
                "- {id: a, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {v: '%s'}}}"
                        .formatted(value));
    }

    private List<String> names() {
        return things.world().store().state().list(Revision.KIND).stream()
                .map(stored -> stored.key().name())
                .toList();
    }

    private Resource revision(String name) {
        return things.world()
                .find(Revision.KIND.group() + "/v1alpha1", "GraphRevision", "", name)
                .orElseThrow();
    }

    private Object last() {
        return String.valueOf(things.definition().at("status", "lastIssuedRevision"));
    }

    @Test
    void keepsFiveAndCountsOn() {
        for (int i = 1; i <= 7; i++) {
            define("v" + i);
        }
        assertThat(names())
                .containsExactly(
                        "things-r00003",
                        "things-r00004",
                        "things-r00005",
                        "things-r00006",
                        "things-r00007");
        assertThat(last()).isEqualTo("7");
        var revision = revision("things-r00007");
        assertThat(Things.condition(revision, "GraphVerified")).containsEntry("status", "True");
        assertThat(revision.at("spec", "snapshot", "spec")).isEqualTo(things.definition().spec());
        assertThat(Things.condition(things.definition(), "GraphRevisionsResolved").get("message"))
                .isEqualTo("revision 7 compiled and active");
    }

    @Test
    void tellsWhatChangedSinceTheOneBefore() {
        define("v1");
        define("v2");
        assertThat(revision("things-r00001").at("status", "changes")).isNull();
        var second = revision("things-r00002");
        assertThat(second.at("status", "previous")).isEqualTo(1L);
        assertThat(second.at("status", "changes"))
                .isEqualTo(
                        List.of(
                                Map.of(
                                        "path", "resources[0].template.data.v",
                                        "before", "v1",
                                        "after", "v2")));
    }

    @Test
    void cutsChangesThatAreTooLong() {
        define("v1");
        define("x".repeat(1000));
        assertThat(String.valueOf(Json.at(revision("things-r00002").status(), "changes")))
                .contains("xxx…")
                .hasSizeLessThan(600);
    }

    @Test
    void issuesNoneForAnInvalidSpec() {
        define("v1");
        assertThatThrownBy(() -> define("${nope}")).isInstanceOf(ProblemException.class);
        things.world().settle();
        assertThat(names()).containsExactly("things-r00001");
        assertThat(last()).isEqualTo("1");
    }

    @Test
    void issuesANewOneForASpecThatComesBack() {
        define("v1");
        define("v2");
        define("v1");
        assertThat(names()).containsExactly("things-r00001", "things-r00002", "things-r00003");
    }

    @Test
    void issuesNoneForAnotherOrderOfWhatHasNone() {
        var one =
                "- {id: a, readyWhen: ['${a.data.v == \"x\"}', '${true}'], template: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}}\n";
        var turned =
                "- {id: a, readyWhen: ['${true}', '${a.data.v == \"x\"}'], template: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}, includeWhen: []}\n";
        var two = "- {id: b, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}}\n";
        things.define("{a: string}", one + two);
        things.define("{a: string}", two + turned);
        assertThat(names()).containsExactly("things-r00001");
    }

    @Test
    void neverGivesANumberTwice() {
        define("v1");
        define("v2");
        things.world().delete("internal.kro.run/v1alpha1", "GraphRevision", "", "things-r00002");
        things.world().settle();
        assertThat(names()).containsExactly("things-r00001", "things-r00003");
    }

    @Test
    void letsNobodyChangeARevision() {
        define("v1");
        assertThatThrownBy(() ->
                        things.world()
                                .merge(
                                        "internal.kro.run/v1alpha1",
                                        "GraphRevision",
                                        "",
                                        "things-r00001",
                                        "{spec: {revision: 9}}"))
                .hasMessageContaining("a revision is immutable");
    }

    @Test
    void takesUpTheKindThatTheOriginalMadeOfADefinition() {
        things.world()
                .apply(
                        """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata:
                          name: things.things.test
                          labels: {kro.run/owned: "true", kro.run/resource-graph-definition-name: things, kro.run/resource-graph-definition-id: from-elsewhere}
                        spec:
                          group: things.test
                          names: {kind: Thing, listKind: ThingList, plural: things, singular: thing}
                          scope: Namespaced
                          versions:
                            - name: v1
                              served: true
                              storage: true
                              subresources: {status: {}}
                              schema:
                                openAPIV3Schema:
                                  type: object
                                  properties:
                                    apiVersion: {type: string}
                                    kind: {type: string}
                                    metadata: {type: object}
                                    spec: {type: object, properties: {a: {type: string}}}
                                    status:
                                      type: object
                                      properties:
                                        state: {type: string}
                                        conditions:
                                          type: array
                                          items:
                                            type: object
                                            properties: {type: {type: string}, status: {type: string}, reason: {type: string}, message: {type: string}, lastTransitionTime: {type: string}, observedGeneration: {type: integer}}
                        """);
        define("v1");
        things.apply("one", "{}");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(things.definition().at("status", "state")).isEqualTo("Active");
    }

    @Test
    void goesOnWithInstancesThatHaveAFieldThatWasTakenAway() {
        things.define("{a: string}", "{v: '${m.data.v}'}", map("a"));
        things.apply("one", "{a: before}");
        things.world()
                .apply(
                        Things.definition(
                                        "{b: 'string | default=after'}",
                                        "{v: '${m.data.v}'}",
                                        map("b"))
                                .replace(
                                        "  name: things\n",
                                        "  name: things\n  annotations: {kro.run/allow-breaking-changes: 'true'}\n"));
        things.world()
                .eventually(
                        "the status follows",
                        () -> "after".equals(things.thing("one").at("status", "v")));
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    private static String map(String field) {
        return "- {id: m, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {v: '${schema.spec.%s}'}}}"
                .formatted(field);
    }

    @Test
    void goWithTheirDefinition() {
        define("v1");
        things.world().delete("kro.run/v1alpha1", "ResourceGraphDefinition", "", "things");
        things.world().settle();
        assertThat(things.world().find("kro.run/v1alpha1", "ResourceGraphDefinition", "", "things"))
                .isEmpty();
        assertThat(names()).isEmpty();
    }
}
