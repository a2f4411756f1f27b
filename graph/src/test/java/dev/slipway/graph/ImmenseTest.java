package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Instances that would become more than anybody can keep say so, and the others go on.
class ImmenseTest {
    private final Things things = new Things();

    @AfterEach
    void close() {
        things.close();
    }

    @Test
    void saysThatATextWouldBecomeTooLong() {
        things.define(
                "{s: string}",
                "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: '${schema.metadata.name}'}, data: {a: \"${schema.spec.s.replace('a', schema.spec.s).replace('a', schema.spec.s)}\"}}}");
        things.apply("large", "{s: " + "a".repeat(3_000) + "}");
        things.apply("small", "{s: aa}");
        assertThat(things.state("large")).isEqualTo("ERROR");
        assertThat(things.message("large")).contains("a text of more than 2097152 letters");
        assertThat(things.value("small", "a")).isEqualTo("a".repeat(8));
    }

    @Test
    void saysThatItsFieldsTogetherWouldBecomeTooMuch() {
        var fields = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            fields.append("f%d: \"${schema.spec.s.replace('a', schema.spec.s)}\", ".formatted(i));
        }
        things.define(
                "{s: string}",
                "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: cm}, data: {%s}}}"
                        .formatted(fields));
        things.apply("large", "{s: " + "a".repeat(1_000) + "}");
        assertThat(things.state("large")).isEqualTo("ERROR");
        assertThat(things.message("large")).contains("more than 4194304 letters and members");
        things.apply("large", "{s: aa}");
        assertThat(things.state("large")).isEqualTo("ACTIVE");
    }

    @Test
    void saysThatItsExpressionsTogetherCostTooMuch() {
        things.define(
                "{count: integer}",
                "- {id: dear, forEach: [{i: '${lists.range(schema.spec.count)}'}], template: {apiVersion: v1, kind: ConfigMap, metadata: {name: 'cm-${string(i)}'}, data: {a: '${string(lists.range(190000).all(x, true))}'}}}");
        things.apply("large", "{count: 100}");
        things.apply("small", "{count: 1}");
        assertThat(things.state("large")).isEqualTo("ERROR");
        assertThat(things.message("large"))
                .contains("dear: ", "data.a", "the limit of 20000000 for one pass");
        assertThat(things.state("small")).isEqualTo("ACTIVE");
    }
}
