package dev.slipway.graph.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.control.Next;
import dev.slipway.control.Waking;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.testkit.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private static final ResourceKey KEY =
            KindKey.of("", "configmaps").resource("default", "instance");
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant ENDED = BEGAN.plusMillis(50);
    private static final Waking WAKING = new Waking(List.of(7L), 0);

    private final Gathering gathering = new Gathering(LONGEST);
    private World world;

    @BeforeEach
    void open() {
        world = World.of();
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: instance}}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void pausesTenTimesAsLongAsThePassWas() {
        passed(Gathering.MANY);
        assertThat(gathering.pause(live(), WAKING, ENDED.plusMillis(100)))
                .contains(new Next.Again(Duration.ofMillis(400)));
        assertThat(gathering.pause(live(), WAKING, ENDED.plusMillis(500))).isEmpty();
    }

    @Test
    void pausesNeitherForFewNorBeforeTheFirstPass() {
        assertThat(gathering.pause(live(), WAKING, ENDED)).isEmpty();
        passed(Gathering.MANY - 1);
        assertThat(gathering.pause(live(), WAKING, ENDED)).isEmpty();
    }

    @Test
    void pausesNoLongerThanItsBoundAndNotByAClockThatJumpedBack() {
        var late = BEGAN.plusSeconds(90);
        gathering.after(KEY, revision(), Gathering.MANY, BEGAN, late);
        assertThat(gathering.pause(live(), WAKING, late)).contains(new Next.Again(LONGEST));
        assertThat(gathering.pause(live(), WAKING, BEGAN)).isEmpty();
    }

    @Test
    void goesOnWhenTheInstanceItselfChanges() {
        passed(Gathering.MANY);
        world.merge("v1", "ConfigMap", "default", "instance", "{data: {v: 'y'}}");
        assertThat(gathering.pause(live(), WAKING, ENDED)).isEmpty();
    }

    @Test
    void keepsWhatWokeTheInstanceMeanwhile() {
        passed(Gathering.MANY);
        gathering.pause(live(), WAKING, ENDED);
        gathering.pause(live(), new Waking(List.of(9L, 7L), 0), ENDED);
        assertThat(gathering.gathered(KEY, new Waking(List.of(11L), 0)).causes())
                .containsExactly(11L, 9L, 7L);
        assertThat(gathering.gathered(KEY, WAKING)).isEqualTo(WAKING);
    }

    @Test
    void takesTurnsWithOthersWhenItsPauseIsOver() {
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}");
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: third}}");
        passed(Gathering.MANY);
        var others = List.of(live("other"), live("third"));
        others.forEach(one ->
                gathering.after(
                        one.key(), String.valueOf(one.revision()), Gathering.MANY, BEGAN, ENDED));
        var later = ENDED.plusSeconds(20);
        assertThat(gathering.pause(live(), WAKING, later)).isEmpty();
        assertThat(gathering.pause(others.getFirst(), WAKING, later))
                .contains(new Next.Again(Duration.ofMillis(100)));
        assertThat(gathering.pause(others.getLast(), WAKING, later))
                .contains(new Next.Again(Duration.ofMillis(200)));
        assertThat(gathering.pause(others.getLast(), WAKING, later.plusMillis(150)))
                .contains(new Next.Again(Duration.ofMillis(50)));
        assertThat(gathering.pause(others.getFirst(), WAKING, later.plusMillis(100))).isEmpty();
        assertThat(gathering.pause(others.getLast(), WAKING, later.plusMillis(200))).isEmpty();
    }

    private void passed(int found) {
        gathering.after(KEY, revision(), found, BEGAN, ENDED);
    }

    private String revision() {
        return String.valueOf(live().revision());
    }

    private StoredObject live() {
        return live("instance");
    }

    private StoredObject live(String name) {
        return world.store()
                .state()
                .get(KindKey.of("", "configmaps").resource("default", name))
                .orElseThrow();
    }
}
