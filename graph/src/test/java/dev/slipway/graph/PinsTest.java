package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.graph.definition.Revision;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Instances that stay with an earlier revision of their definition.
class PinsTest {
    private final Things things = new Things();

    @BeforeEach
    void begin() {
        define("v1");
        things.apply("one", "{}");
        things.apply("two", "{}");
    }

    @AfterEach
    void close() {
        things.close();
    }

    @Test
    void keepsAnInstanceWithTheRevisionThatItNames() {
        pin("one", "\"1\"");
        define("v2");
        assertThat(things.value("one", "v")).isEqualTo("v1");
        assertThat(things.value("two", "v")).isEqualTo("v2");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(Things.condition(things.thing("one"), "GraphResolved"))
                .containsEntry("reason", "Pinned")
                .containsEntry("status", "True");
        pin("one", "null");
        assertThat(things.value("one", "v")).isEqualTo("v2");
    }

    @Test
    void bringsAnInstanceBackToAnEarlierRevision() {
        define("v2");
        pin("two", "\"1\"");
        assertThat(things.value("two", "v")).isEqualTo("v1");
        assertThat(things.value("one", "v")).isEqualTo("v2");
    }

    @Test
    void saysThatThereIsNoSuchRevision() {
        pin("one", "\"9\"");
        assertThat(things.state("one")).isEqualTo("ERROR");
        assertThat(String.valueOf(Things.condition(things.thing("one"), "GraphResolved")))
                .contains("no revision 9 of things", "slipway.dev/graph-revision");
        assertThat(things.value("one", "v")).isEqualTo("v1");
        pin("one", "null");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @Test
    void keepsTheRevisionAsLongAsAnInstanceIsPinnedToIt() {
        pin("one", "\"1\"");
        for (int i = 2; i <= 8; i++) {
            define("v" + i);
        }
        assertThat(revisions()).isEqualTo(6);
        assertThat(things.value("one", "v")).isEqualTo("v1");
        pin("one", "null");
        define("v9");
        assertThat(revisions()).isEqualTo(5);
    }

    private long revisions() {
        return things.world().store().state().count(Revision.KIND);
    }

    private void define(String value) {
        things.define(
                "{a: 'string | default=\"a\"'}",
                "- {id: a, template: {apiVersion: v1, kind: ConfigMap, data: {v: '%s'}}}"
                        .formatted(value));
    }

    private void pin(String name, String revision) {
        things.world()
                .merge(
                        Things.API_VERSION,
                        "Thing",
                        "default",
                        name,
                        "{metadata: {annotations: {slipway.dev/graph-revision: %s}}}"
                                .formatted(revision));
        things.world().settle();
    }
}
