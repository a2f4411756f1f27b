package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Resources of others that a graph reads: kro's cases 74 to 85.
class ReferencesTest {
    private static final String NAMED =
            """
            - id: ext
              externalRef: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${schema.spec.ref}"}}
            - id: cm
              template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${schema.metadata.name}"}, data: {v: "${ext.data.k}"}}
            """;
    private static final String SELECTED =
            """
            - id: ext
              externalRef:
                apiVersion: v1
                kind: ConfigMap
                metadata: {namespace: default, selector: {matchLabels: {team: "${schema.spec.ref}"}}}
            - id: cm
              template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${schema.metadata.name}"}, data: {v: "${ext.map(e, e.data.k).join(',')}"}}
            """;
    private static final String REF = "{ref: string}";

    private final Things things = new Things();

    @AfterEach
    void close() {
        things.close();
    }

    @Test
    void waitsUntilTheResourceOfOthersIsThereAndFollowsIt() {
        things.define(REF, NAMED);
        things.apply("one", "{ref: ext}");
        assertThat(things.state("one")).isEqualTo("IN_PROGRESS");
        assertThat(things.message("one"))
                .contains("ext: waiting for external reference: there is no ConfigMap default/ext");
        assertThat(things.findMap("one")).isEmpty();

        things.map("ext", "}, data: {k: v1}}");
        assertThat(things.value("one", "v")).isEqualTo("v1");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        things.map("ext", "}, data: {k: v2}}");
        assertThat(things.value("one", "v")).isEqualTo("v2");
    }

    @Test
    void leavesTheResourceOfOthersAsItIs() {
        things.define(REF, NAMED);
        things.map("ext", "}, data: {k: v1}}");
        var before = things.findMap("ext");
        things.apply("one", "{ref: ext}");
        things.delete("one");
        assertThat(things.find("one")).isEmpty();
        assertThat(things.findMap("one")).isEmpty();
        assertThat(things.findMap("ext")).isEqualTo(before);
    }

    @Test
    void goesWithoutTheResourceThatItWaitsFor() {
        things.define(REF, NAMED);
        things.apply("one", "{ref: missing}");
        things.delete("one");
        assertThat(things.find("one")).isEmpty();
    }

    @Test
    void asksWhetherTheResourceOfOthersIsReady() {
        things.define(
                REF,
                NAMED.replace(
                        "\"}}\n- id: cm",
                        "\"}}\n  readyWhen: [\"${ext.data.k == 'go'}\"]\n- id: cm"));
        things.map("ext", "}, data: {k: nope}}");
        things.apply("one", "{ref: ext}");
        assertThat(things.findMap("one")).isEmpty();
        things.map("ext", "}, data: {k: go}}");
        assertThat(things.value("one", "v")).isEqualTo("go");
    }

    @Test
    void readsWhatASelectorFindsAndNoticesWhatComesChangesAndGoes() {
        things.define(REF, SELECTED);
        things.map("b", ", labels: {team: red}}, data: {k: b}}");
        things.map("a", ", labels: {team: red}}, data: {k: a}}");
        things.map("c", ", labels: {team: blue}}, data: {k: c}}");
        things.apply("one", "{ref: red}");
        assertThat(things.value("one", "v")).isEqualTo("a,b");
        assertThat(things.state("one")).isEqualTo("ACTIVE");

        things.map("d", ", labels: {team: red}}, data: {k: d}}");
        assertThat(things.value("one", "v")).isEqualTo("a,b,d");
        things.map("a", ", labels: {team: red}}, data: {k: aa}}");
        assertThat(things.value("one", "v")).isEqualTo("aa,b,d");
        things.map("b", ", labels: {team: blue}}, data: {k: b}}");
        assertThat(things.value("one", "v")).isEqualTo("aa,d");
        things.unmap("d");
        assertThat(things.value("one", "v")).isEqualTo("aa");

        things.apply("one", "{ref: blue}");
        assertThat(things.value("one", "v")).isEqualTo("b,c");
    }

    @Test
    void readsAllNamespacesWithoutOne() {
        things.define(REF, SELECTED.replace("namespace: default, ", ""));
        things.world().apply("{apiVersion: v1, kind: Namespace, metadata: {name: other}}");
        things.world()
                .apply(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: z, namespace: other, labels: {team: red}}, data: {k: z}}");
        things.map("a", ", labels: {team: red}}, data: {k: a}}");
        things.apply("one", "{ref: red}");
        assertThat(things.value("one", "v")).isEqualTo("a,z");
    }

    @Test
    void isReadyWhenASelectorFindsNothing() {
        things.define(REF, SELECTED);
        things.apply("one", "{ref: nobody}");
        assertThat(things.value("one", "v")).isEqualTo("");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    @Test
    void evaluatesExpressionsOfASelector() {
        things.define(
                REF,
                SELECTED.replace(
                        "{matchLabels: {team: \"${schema.spec.ref}\"}}",
                        "{matchExpressions: [{key: team, operator: In, values: [\"${schema.spec.ref}\", green]}]}"));
        things.map("a", ", labels: {team: red}}, data: {k: a}}");
        things.map("b", ", labels: {team: green}}, data: {k: b}}");
        things.apply("one", "{ref: red}");
        assertThat(things.value("one", "v")).isEqualTo("a,b");
    }

    @Test
    void makesAResourceForEachThatASelectorFinds() {
        things.define(
                REF,
                SELECTED.replaceFirst("(?s)- id: cm.*", "")
                        + """
                        - id: copies
                          forEach: [{o: "${ext}"}]
                          template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "copy-${o.metadata.name}"}, data: {v: "${o.data.k}"}}
                        """);
        things.map("a", ", labels: {team: red}}, data: {k: a}}");
        things.apply("one", "{ref: red}");
        things.map("b", ", labels: {team: red}}, data: {k: b}}");
        assertThat(things.value("copy-b", "v")).isEqualTo("b");
        things.unmap("a");
        assertThat(things.findMap("copy-a")).isEmpty();
    }

    @Test
    void asksReadinessOfEachOrOfTheList() {
        things.define(
                REF,
                SELECTED.replace(
                        "- id: ext\n",
                        "- id: ext\n  readyWhen: [\"${size(ext) > 1}\", \"${each.data.k != ''}\"]\n"));
        things.map("a", ", labels: {team: red}}, data: {k: a}}");
        things.apply("one", "{ref: red}");
        assertThat(things.state("one")).isEqualTo("IN_PROGRESS");
        things.map("b", ", labels: {team: red}}, data: {k: ''}}");
        assertThat(things.message("one")).contains("ConfigMap default/b is not ready");
        things.map("b", ", labels: {team: red}}, data: {k: b}}");
        assertThat(things.value("one", "v")).isEqualTo("a,b");
    }

    @Test
    void dropsAFieldThatAnExpressionOmits() {
        things.define(
                "{a: string, l: '[]string'}",
                """
                - id: cm
                  template:
                    apiVersion: v1
                    kind: ConfigMap
                    metadata:
                      name: cm
                      finalizers: ["test.dev/a", "${has(schema.spec.a) ? 'test.dev/b' : omit()}"]
                    data: {k: x, v: "${has(schema.spec.a) ? schema.spec.a : omit()}"}
                """);
        things.apply("one", "{a: q}");
        assertThat(things.findMap("cm").orElseThrow().finalizers()).hasSize(2);
        assertThat(things.value("cm", "v")).isEqualTo("q");
        things.world().merge(Things.API_VERSION, "Thing", "default", "one", "{spec: {a: null}}");
        things.world().settle();
        assertThat(things.findMap("cm").orElseThrow().at("data"))
                .isEqualTo(java.util.Map.of("k", "x"));
        assertThat(things.findMap("cm").orElseThrow().finalizers()).containsExactly("test.dev/a");
    }
}
