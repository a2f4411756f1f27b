package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Resources for each item of a list: kro's cases 52 to 73.
class CollectionsTest {
    private static final String SHARDS =
            """
            - id: shards
              forEach: [{v: "${schema.spec.names}"}]
              template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${schema.metadata.name}-${v}"}, data: {v: "${v}"}}
            """;
    private static final String NAMES = "{names: '[]string'}";

    private final Things things = new Things();

    @AfterEach
    void close() {
        things.close();
    }

    @Test
    void makesAResourceForEachItemAndPrunesWhatIsNoItemAnyMore() {
        things.define(NAMES, SHARDS);
        things.apply("one", "{names: [a, b]}");
        assertThat(maps()).containsExactly("one-a", "one-b");
        assertThat(things.state("one")).isEqualTo("ACTIVE");

        things.apply("one", "{names: [b, c]}");
        assertThat(maps()).containsExactly("one-b", "one-c");

        things.apply("one", "{names: []}");
        assertThat(maps()).isEmpty();
        assertThat(things.state("one")).isEqualTo("ACTIVE");

        things.apply("one", "{names: [d]}");
        things.delete("one");
        assertThat(maps()).isEmpty();
        assertThat(things.find("one")).isEmpty();
    }

    @Test
    void loopsOverEveryCombinationTheFirstOutermost() {
        things.define(
                "{r: '[]string', t: '[]string'}",
                "{all: '${x.map(i, i.data.v)}'}",
                """
                - id: x
                  forEach: [{r: "${schema.spec.r}"}, {t: "${schema.spec.t}"}]
                  template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${r}-${t}"}, data: {v: "${r + t}"}}
                """);
        things.apply("one", "{r: [b, a], t: [x, 'y']}");
        assertThat(things.thing("one").at("status", "all"))
                .isEqualTo(List.of("bx", "by", "ax", "ay"));
    }

    @Test
    void labelsItemsWithTheirPlace() {
        things.define(NAMES, SHARDS);
        things.apply("one", "{names: [a, b]}");
        assertThat(things.findMap("one-b").orElseThrow().labels())
                .containsEntry("kro.run/collection-index", "1")
                .containsEntry("kro.run/collection-size", "2")
                .containsEntry("kro.run/node-id", "shards");
        things.apply("one", "{names: [a, b, c]}");
        assertThat(things.findMap("one-a").orElseThrow().labels())
                .containsEntry("kro.run/collection-size", "3");
    }

    @Test
    void goesOverAnotherCollection() {
        things.define(
                NAMES,
                SHARDS
                        + """
                        - id: copies
                          forEach: [{c: "${shards}"}]
                          template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${c.metadata.name}-b"}, data: {v: "${c.data.v}"}}
                        - id: sum
                          template: {apiVersion: v1, kind: ConfigMap, metadata: {name: sum}, data: {v: "${copies.map(x, x.metadata.name).join(',')}"}}
                        """);
        things.apply("one", "{names: [x, 'y']}");
        assertThat(things.value("sum", "v")).isEqualTo("one-x-b,one-y-b");
        things.apply("one", "{names: ['y']}");
        assertThat(things.value("sum", "v")).isEqualTo("one-y-b");
        assertThat(maps()).containsExactly("one-y", "one-y-b", "sum");
        things.apply("one", "{names: []}");
        assertThat(things.value("sum", "v")).isEqualTo("");
    }

    @Test
    void isReadyWhenEachItemIs() {
        things.define(
                NAMES,
                SHARDS.replace(
                                "  template",
                                "  readyWhen: [\"${each.data.ready == 'yes'}\"]\n  template")
                        + "- {id: sum, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: sum}, data: {'n': '${string(size(shards))}'}}}");
        things.apply("one", "{names: [a, b]}");
        ready("one-a");
        assertThat(things.findMap("sum")).isEmpty();
        assertThat(things.state("one")).isEqualTo("IN_PROGRESS");
        assertThat(things.message("one"))
                .contains("shards: ConfigMap default/one-b is not ready: readyWhen[0]");
        ready("one-b");
        assertThat(things.value("sum", "n")).isEqualTo("2");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
    }

    private void ready(String name) {
        things.world().merge("v1", "ConfigMap", "default", name, "{data: {ready: 'yes'}}");
        things.world().settle();
    }

    @Test
    void restoresAnItemThatOthersChanged() {
        things.define(NAMES, SHARDS);
        things.apply("one", "{names: [a, b, c]}");
        things.world().merge("v1", "ConfigMap", "default", "one-b", "{data: {v: zzz}}");
        things.world().settle();
        assertThat(things.value("one-b", "v")).isEqualTo("b");
        things.unmap("one-b");
        assertThat(things.value("one-b", "v")).isEqualTo("b");
    }

    @Test
    void writesNothingOnceItIsSettled() {
        things.define(NAMES, SHARDS);
        things.apply("one", "{names: [a, b]}");
        var revision = things.world().store().state().revision();
        things.world()
                .merge("v1", "ConfigMap", "default", "one-b", "{metadata: {labels: {x: 'y'}}}");
        things.world().settle();
        assertThat(things.world().store().state().revision()).isEqualTo(revision + 1);
    }

    @Test
    void makesNothingOfItemsThatAreOneResource() {
        things.define(NAMES, SHARDS);
        things.apply("one", "{names: [b, a, a]}");
        assertThat(things.state("one")).isEqualTo("ERROR");
        assertThat(things.message("one"))
                .contains("item 2", "ConfigMap default/one-a", "duplicate identity");
        assertThat(maps()).isEmpty();
    }

    @Test
    void makesNothingOfMoreItemsThanThereMayBe() {
        things.define(
                "{'n': integer}",
                """
                - id: x
                  forEach: [{a: "${lists.range(schema.spec.n)}"}, {b: "${lists.range(schema.spec.n)}"}]
                  template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "x-${string(a)}-${string(b)}"}}
                """);
        things.apply("one", "{'n': 34}");
        assertThat(things.state("one")).isEqualTo("ERROR");
        assertThat(things.message("one")).contains("1156 items are more than the limit of 1000");
        assertThat(maps()).isEmpty();
    }

    @Test
    void keepsAShortListOfManyItems() {
        things.define(NAMES, SHARDS);
        var names = IntStream.range(0, 500).mapToObj(i -> "n" + i).collect(Collectors.joining(","));
        things.apply("one", "{names: [" + names + "]}");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(things.thing("one").annotation("slipway.dev/inventory").orElseThrow())
                .hasSizeLessThan(10_000);
        assertThat(Json.at(Json.list(things.thing("one").status(), "nodes").getFirst(), "items"))
                .isEqualTo(500L);
    }

    @Test
    void keepsThousandsOfLongNamesInMind() {
        things.define("{'n': integer}", longNames("a") + longNames("b"));
        things.apply("one", "{'n': 1000}");
        assertThat(things.state("one")).isEqualTo("ACTIVE");
        assertThat(things.thing("one").annotation("slipway.dev/inventory").orElseThrow())
                .startsWith("gzip:")
                .hasSizeLessThan(30_000);
        var last = maps().getLast();
        things.unmap(last);
        assertThat(maps()).contains(last);
        things.apply("one", "{'n': 3}");
        assertThat(maps()).hasSize(6);
        things.delete("one");
        assertThat(maps()).isEmpty();
    }

    private static String longNames(String id) {
        return """
        - id: %1$s
          forEach: [{i: "${lists.range(schema.spec.n)}"}]
          template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "%1$s-${string(i)}-%2$s"}}
        """
                .formatted(id, "long-".repeat(20) + "x");
    }

    @Test
    void saysThatItCannotRememberWhatItWouldMake() {
        things.define(NAMES, SHARDS);
        things.apply("one", "{names: [a]}");
        things.world()
                .merge(
                        Things.API_VERSION,
                        "Thing",
                        "default",
                        "one",
                        "{metadata: {annotations: {long: %s}}}".formatted("x".repeat(261_000)));
        var name = "b".repeat(230);
        things.apply("one", "{names: [a, %1$s1, %1$s2, %1$s3, %1$s4, %1$s5]}".formatted(name));
        things.world().eventually("it says so", () -> things.state("one").equals("ERROR"));
        assertThat(String.valueOf(Things.condition(things.thing("one"), "InstanceManaged")))
                .contains("cannot be written", "metadata.annotations", "262144");
        assertThat(maps()).containsExactly("one-a");
    }

    @Test
    void saysThatAListOfTheInstanceIsNotSet() {
        things.define(NAMES, SHARDS);
        things.apply("one", "{}");
        assertThat(things.state("one")).isEqualTo("ERROR");
        assertThat(things.message("one"))
                .contains("forEach.v: spec.names is not set on this instance");
    }

    @Test
    void isLeftOutAndComesBack() {
        things.define(
                "{names: '[]string', want: 'boolean | default=true'}",
                SHARDS.replace(
                        "  template", "  includeWhen: [\"${schema.spec.want}\"]\n  template"));
        things.apply("one", "{names: [a, b], want: true}");
        things.apply("one", "{names: [a, b], want: false}");
        assertThat(maps()).isEmpty();
        things.apply("one", "{names: [a, b], want: true}");
        assertThat(maps()).hasSize(2);
    }

    private List<String> maps() {
        return things
                .world()
                .store()
                .state()
                .list(dev.slipway.kernel.model.KindKey.of("", "configmaps"), "default")
                .stream()
                .map(stored -> stored.resource())
                .filter(map -> map.label("kro.run/owned").isPresent())
                .map(Resource::name)
                .toList();
    }
}
