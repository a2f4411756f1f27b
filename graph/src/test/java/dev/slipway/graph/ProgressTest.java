package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.testkit.World;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What an instance says while a long pass is under way: here each look at the clock takes a while.
class ProgressTest {
    private static final int NODES = 40;

    private final World world = World.of(new Graphs(new SlowClock()));

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void tellsHowFarTheWorkOnANewGenerationIs() {
        define("x");
        var told = during(() -> make("a"));
        assertThat(states(told)).endsWith("ACTIVE").contains("IN_PROGRESS");
        assertThat(told).filteredOn(one -> state(one).equals("IN_PROGRESS")).hasSizeBetween(1, 6);
        assertThat(told.getFirst())
                .satisfies(one -> {
                    assertThat(message(one)).matches("\\d+ of 40 nodes are in order so far");
                    assertThat(generations(one)).containsOnly(1L);
                });

        var again = during(() -> make("b"));
        assertThat(again.getFirst())
                .satisfies(one -> {
                    assertThat(state(one)).isEqualTo("IN_PROGRESS");
                    assertThat(generations(one)).containsOnly(2L);
                    assertThat(Json.list(one.status(), "nodes")).hasSize(NODES);
                });
    }

    @Test
    void saysNothingOfALongPassThatSetsDriftRight() {
        define("x");
        make("a");
        var told =
                during(() -> {
                    world.delete("v1", "ConfigMap", "default", "one-30");
                    world.settle();
                });
        assertThat(world.find("v1", "ConfigMap", "default", "one-30")).isPresent();
        assertThat(states(told)).doesNotContain("IN_PROGRESS");
    }

    @Test
    void isNoLongerInErrorWhenTheCauseIsMended() {
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: one-3, namespace: default}}");
        define("x");
        make("a");
        assertThat(state(one())).isEqualTo("ERROR");
        var told =
                during(() -> {
                    world.delete("v1", "ConfigMap", "default", "one-3");
                    world.settle();
                });
        assertThat(states(told)).containsSubsequence("IN_PROGRESS", "ACTIVE");
    }

    private void define(String value) {
        var resources =
                IntStream.range(0, NODES)
                        .mapToObj(i ->
                                "  - id: n%d\n    template: {apiVersion: v1, kind: ConfigMap, metadata: {name: \"${schema.metadata.name}-%d\"}, data: {v: \"${schema.spec.v}\"}}\n"
                                        .formatted(i, i))
                        .collect(Collectors.joining());
        world.apply(
                """
                apiVersion: kro.run/v1alpha1
                kind: ResourceGraphDefinition
                metadata: {name: things}
                spec:
                  schema: {apiVersion: v1, group: things.test, kind: Thing, spec: {v: 'string | default=%s'}}
                  resources:
                """
                                .formatted(value)
                        + resources);
        world.settle();
    }

    private void make(String value) {
        world.apply(
                "{apiVersion: things.test/v1, kind: Thing, metadata: {name: one, namespace: default}, spec: {v: %s}}"
                        .formatted(value));
        world.settle();
    }

    private Resource one() {
        return world.find("things.test/v1", "Thing", "default", "one").orElseThrow();
    }

    /// The instance after each write of its status.
    private List<Resource> during(Runnable work) {
        var before = world.resources().state().revision();
        work.run();
        return world.store().log(before, 1_000).stream()
                .filter(one -> one.key().plural().equals("things"))
                .map(Revision::object)
                .map(StoredObject::resource)
                .filter(one -> !one.status().isEmpty())
                .filter(one -> generations(one).contains(one.generation()))
                .toList();
    }

    private static List<String> states(List<Resource> told) {
        return told.stream().map(ProgressTest::state).toList();
    }

    private static String state(Resource one) {
        return Json.string(one.status(), "state");
    }

    private static List<Object> generations(Resource one) {
        return Json.list(one.status(), "conditions").stream()
                .map(condition -> Json.at(condition, "observedGeneration"))
                .toList();
    }

    private static String message(Resource one) {
        return String.valueOf(Things.condition(one, "ResourcesReady").get("message"));
    }

    /// Goes on by a tenth of a second whenever somebody looks.
    private static final class SlowClock extends Clock {
        private static final Duration STEP = Duration.ofMillis(100);

        private Instant now = Instant.parse("2030-01-01T00:00:00Z");

        @Override
        public synchronized Instant instant() {
            now = now.plus(STEP);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
