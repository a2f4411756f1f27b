package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Nodes that give fields to resources of others.
class PatchesTest {
    private static final String SPEC =
            "{note: 'string | default=\"hello\"', with: 'boolean | default=true'}";

    private static final String PATCH =
            """
            - id: shared
              includeWhen: ["${schema.spec.with}"]
              patch:
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: shared, labels: {note: "${schema.spec.note}"}}
                data: {"${KEY}": "${schema.spec.note}"}
            - id: after
              template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${schema.metadata.name}-after"}, data: {uid: "${shared.metadata.uid}"}}
            """
                    .replace("\"${KEY}\"", "note");

    private final Things things = new Things();

    @BeforeEach
    void define() {
        things.define(SPEC, PATCH);
    }

    @AfterEach
    void close() {
        things.close();
    }

    @Test
    void givesFieldsAndLeavesAllElseAlone() {
        things.map("shared", "}, data: {own: kept}}");
        things.apply("one", "{}");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(things.value("shared", "note")).isEqualTo("hello");
        assertThat(things.value("shared", "own")).isEqualTo("kept");
        assertThat(shared().owners()).isEmpty();
        assertThat(shared().labels()).hasSize(1).containsEntry("note", "hello");
        assertThat(things.value("one-after", "uid")).isEqualTo(shared().uid());
    }

    @Test
    void makesNothingAndWaitsUntilOthersDo() {
        things.apply("one", "{}");
        assertThat(things.findMap("shared")).isEmpty();
        assertThat(things.state("one")).isEqualTo("IN_PROGRESS");
        assertThat(things.message("one"))
                .contains("shared: waits for ConfigMap default/shared, which is of others");
        things.map("shared", "}}");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(things.value("shared", "note")).isEqualTo("hello");
    }

    @Test
    void followsTheInstanceAndLeavesOthersTheirs() {
        things.map("shared", "}}");
        things.apply("one", "{}");
        things.apply("one", "{note: other}");
        assertThat(things.value("shared", "note")).isEqualTo("other");
        things.world()
                .serverSideApply(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: shared, namespace: default}, data: {more: x}}",
                        "somebody",
                        false);
        things.world().settle();
        assertThat(things.value("shared", "more")).isEqualTo("x");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @Test
    void takesItsFieldsBackWhenItIsLeftOut() {
        things.map("shared", "}, data: {own: kept}}");
        things.apply("one", "{}");
        things.apply("one", "{with: false}");
        assertThat(shared().labels()).isEmpty();
        assertThat(shared().at("data", "note")).isNull();
        assertThat(things.value("shared", "own")).isEqualTo("kept");
    }

    @Test
    void takesItsFieldsBackWhenTheInstanceGoes() {
        things.map("shared", "}, data: {own: kept}}");
        things.apply("one", "{}");
        things.delete("one");
        assertThat(things.find("one")).isEmpty();
        assertThat(things.findMap("one-after")).isEmpty();
        assertThat(shared().at("data", "note")).isNull();
        assertThat(things.value("shared", "own")).isEqualTo("kept");
    }

    @Test
    void letsTheInstanceGoWhereTheResourceWentBefore() {
        things.map("shared", "}}");
        things.apply("one", "{}");
        things.unmap("shared");
        things.delete("one");
        assertThat(things.find("one")).isEmpty();
        assertThat(things.findMap("shared")).isEmpty();
    }

    @Test
    void tellsWhoHoldsAFieldAndTakesItWhereThatIsSaid() {
        things.world()
                .serverSideApply(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: shared, namespace: default}, data: {note: mine}}",
                        "somebody",
                        false);
        things.apply("one", "{}");
        assertThat(things.value("shared", "note")).isEqualTo("mine");
        assertThat(things.state("one")).isEqualTo("ERROR");
        assertThat(things.message("one")).contains("somebody").contains(".data.note");
        things.define(SPEC, PATCH.replace("  patch:", "  adoption: Force\n  patch:"));
        assertThat(things.value("shared", "note")).isEqualTo("hello");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @Test
    void refusesWhatAPatchCannotSay() {
        assertThatThrownBy(() ->
                        things.define(
                                SPEC,
                                """
                                - id: shared
                                  deletion: Retain
                                  adoption: IfUnowned
                                  patch: {apiVersion: v1, kind: ConfigMap, data: {note: x}}
                                """))
                .hasMessageContaining("spec.resources[0].patch.metadata.name")
                .hasMessageContaining("spec.resources[0].deletion")
                .hasMessageContaining("spec.resources[0].adoption");
        assertThatThrownBy(() ->
                        things.define(SPEC, PATCH.replace("  patch:", "  template: {}\n  patch:")))
                .hasMessageContaining("one of others that is given fields (patch)");
    }

    private Resource shared() {
        return things.findMap("shared").orElseThrow();
    }
}
