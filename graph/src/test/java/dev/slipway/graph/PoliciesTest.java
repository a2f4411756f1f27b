package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What authors may say beyond kro: order, adoption, deletion, propagation, and kinds that come later.
class PoliciesTest {
    private static final String SPEC = "{v: 'string | default=x', want: 'boolean | default=true'}";
    private static final String MAP =
            "- {id: cm, %s template: {apiVersion: v1, kind: ConfigMap, metadata: {name: cm}, data: {v: \"${schema.spec.v}\"}}}";

    private final Things things = new Things();

    @AfterEach
    void close() {
        things.close();
    }

    @Test
    void waitsForWhatItDependsOnWithoutReadingIt() {
        things.define(
                SPEC,
                """
                - {id: late, dependsOn: [cm], template: {apiVersion: v1, kind: ConfigMap, metadata: {name: late}}}
                - id: cm
                  includeWhen: ["${schema.spec.want}"]
                  readyWhen: ["${cm.data.ready == 'yes'}"]
                  template: {apiVersion: v1, kind: ConfigMap, metadata: {name: cm}, data: {v: x}}
                """);
        things.apply("one", "{}");
        assertThat(things.findMap("late")).isEmpty();
        assertThat(things.message("one")).contains("late: waits for cm");
        things.world().merge("v1", "ConfigMap", "default", "cm", "{data: {ready: 'yes'}}");
        things.world().settle();
        assertThat(things.findMap("late")).isPresent();
    }

    @Test
    void goesOnWithoutWhatIsLeftOutUnlessItIsRead() {
        things.define(
                SPEC,
                """
                - {id: late, dependsOn: [cm], template: {apiVersion: v1, kind: ConfigMap, metadata: {name: late}}}
                - {id: cm, includeWhen: ["${schema.spec.want}"], template: {apiVersion: v1, kind: ConfigMap, metadata: {name: cm}}}
                """);
        things.apply("one", "{want: false}");
        assertThat(things.findMap("late")).isPresent();
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @ParameterizedTest
    @CsvSource({"'',ERROR,mine", "'adoption: IfUnowned,',ACTIVE,x", "'adoption: Force,',ACTIVE,x"})
    void takesOverAResourceThatIsNobodysWhereThePolicySaysSo(
            String policy, String state, String value) {
        things.map("cm", "}, data: {v: mine}}");
        things.define(SPEC, MAP.formatted(policy));
        things.apply("one", "{}");
        assertThat(things.state("one")).isEqualTo(state);
        assertThat(things.value("cm", "v")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"'adoption: IfUnowned,',ERROR", "'adoption: Force,',ACTIVE"})
    void takesOverAResourceOfAnotherInstanceByForceOnly(String policy, String state) {
        things.define(SPEC, MAP.formatted(""));
        things.apply("one", "{}");
        things.world()
                .merge(
                        Things.API_VERSION,
                        "Thing",
                        "default",
                        "one",
                        "{metadata: {annotations: {kro.run/reconcile: suspended}}}");
        things.define(SPEC, MAP.formatted(policy));
        things.apply("two", "{v: 'y'}");
        assertThat(things.state("two")).isEqualTo(state);
    }

    @Test
    void deletesWithTheInstanceUnlessToldOtherwise() {
        things.define(SPEC, MAP.formatted(""));
        things.apply("one", "{}");
        things.delete("one");
        assertThat(things.findMap("cm")).isEmpty();
    }

    @Test
    void leavesAnOrphanThatBelongsToNobody() {
        things.define(SPEC, MAP.formatted("deletion: Orphan,"));
        things.apply("one", "{}");
        things.delete("one");
        assertThat(things.find("one")).isEmpty();
        var left = things.findMap("cm").orElseThrow();
        assertThat(left.labels()).isEmpty();
        assertThat(left.annotations()).isEmpty();
        assertThat(left.owners()).isEmpty();
        assertThat(left.terminating()).isFalse();
    }

    @Test
    void retainsWhatTheNextInstanceOfThatNameTakesUp() {
        things.define(SPEC, MAP.formatted("deletion: Retain,"));
        things.apply("one", "{}");
        var uid = things.findMap("cm").orElseThrow().uid();
        things.delete("one");
        assertThat(things.find("one")).isEmpty();
        assertThat(things.findMap("cm").orElseThrow().owners()).isEmpty();
        things.apply("one", "{v: 'y'}");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(things.value("cm", "v")).isEqualTo("y");
        assertThat(things.findMap("cm").orElseThrow().uid()).isEqualTo(uid);
    }

    @Test
    void retainsWhatTheGraphLeavesOutFromNowOn() {
        things.define(
                SPEC, MAP.formatted("deletion: Retain, includeWhen: [\"${schema.spec.want}\"],"));
        things.apply("one", "{}");
        things.apply("one", "{want: false}");
        assertThat(things.findMap("cm")).isPresent();
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @Test
    void passesLabelsAndAnnotationsOfTheInstanceOn() {
        things.world()
                .apply(
                        Things.definition(SPEC, "{}", MAP.formatted(""))
                                + "  propagate: {labels: [team, 'cost.test/*', 'kro.run/*'], annotations: [note]}");
        things.world().settle();
        things.apply("one", "{}");
        things.world()
                .merge(
                        Things.API_VERSION,
                        "Thing",
                        "default",
                        "one",
                        "{metadata: {labels: {team: a, cost.test/center: '7', other: b}, annotations: {note: c, more: d}}}");
        things.world().settle();
        var map = things.findMap("cm").orElseThrow();
        assertThat(map.labels())
                .containsEntry("team", "a")
                .containsEntry("cost.test/center", "7")
                .doesNotContainKeys("other", "kro.run/resource-graph-definition-name");
        assertThat(map.annotations()).containsEntry("note", "c").doesNotContainKey("more");
    }

    @Test
    void waitsForAKindThatComesLater() {
        var written =
                things.world()
                        .apply(
                                Things.definition(
                                        SPEC,
                                        "{}",
                                        "- {id: a, template: {apiVersion: late.test/v1, kind: Late, metadata: {name: l}, spec: {v: \"${schema.metadata.name}\"}}}"));
        assertThat(written.warnings())
                .anySatisfy(
                        warning -> assertThat(warning).contains("Late", "waits until it is there"));
        things.world().settle();
        assertThat(things.definition().at("status", "state")).isEqualTo("Inactive");
        assertThat(Things.condition(things.definition(), "GraphAccepted").get("message"))
                .asString()
                .contains("there is no kind Late");

        things.world()
                .apply(
                        """
                        apiVersion: apiextensions.k8s.io/v1
                        kind: CustomResourceDefinition
                        metadata: {name: lates.late.test}
                        spec:
                          group: late.test
                          scope: Namespaced
                          names: {kind: Late, plural: lates}
                          versions:
                          - name: v1
                            served: true
                            storage: true
                            schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {v: {type: string}}}}}}
                        """);
        things.world()
                .eventually(
                        "the graph is active",
                        () -> "Active".equals(things.definition().at("status", "state")));
        things.apply("one", "{}");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(things.world().find("late.test/v1", "Late", "default", "l")).isPresent();
    }
}
