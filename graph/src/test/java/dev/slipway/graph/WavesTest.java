package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.DeleteOptions.Propagation;
import dev.slipway.kernel.resources.WriteOptions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The order in which the resources of an instance go.
class WavesTest {
    private static final String CHAIN =
            """
            - {id: a, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}}
            - {id: b, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {v: "${a.metadata.name}"}}}
            - {id: c, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {v: "${b.metadata.name}"}}}
            """;

    private final Things things = new Things();

    @AfterEach
    void close() {
        things.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Propagation.class,
            names = {"BACKGROUND", "FOREGROUND"})
    void goesInReverseOrderHoweverItIsDeleted(Propagation propagation) {
        things.define("{}", CHAIN);
        things.apply("one", "{}");
        hold("b", "[test.dev/hold]");
        delete(propagation);
        assertThat(things.findMap("c")).isEmpty();
        assertThat(things.findMap("b").orElseThrow().terminating()).isTrue();
        assertThat(things.findMap("a").orElseThrow().terminating()).isFalse();
        assertThat(things.message("one")).contains("ConfigMap default/b");

        hold("b", "null");
        assertThat(things.findMap("a")).isEmpty();
        assertThat(things.find("one")).isEmpty();
    }

    @Test
    void goesAtOnceWhereNothingDependsOnIt() {
        things.define(
                "{}",
                CHAIN
                        + "- {id: d, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: d}}}\n");
        things.apply("one", "{}");
        hold("c", "[test.dev/hold]");
        delete(Propagation.BACKGROUND);
        assertThat(things.findMap("d")).isEmpty();
        assertThat(things.findMap("b").orElseThrow().terminating()).isFalse();
        hold("c", "null");
        assertThat(things.find("one")).isEmpty();
    }

    private void hold(String map, String finalizers) {
        things.world()
                .merge(
                        "v1",
                        "ConfigMap",
                        "default",
                        map,
                        "{metadata: {finalizers: %s}}".formatted(finalizers));
        things.world().settle();
    }

    private void delete(Propagation propagation) {
        things.world()
                .resources()
                .delete(
                        things.world().served(Things.API_VERSION, "Thing"),
                        "default",
                        "one",
                        new DeleteOptions(propagation, Optional.empty(), Optional.empty()),
                        WriteOptions.controller("tester", List.of()));
        things.world().settle();
    }
}
