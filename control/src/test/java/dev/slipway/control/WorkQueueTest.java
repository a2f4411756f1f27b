package dev.slipway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WorkQueueTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final ResourceKey WEB = key("web");
    private static final ResourceKey JOB = key("job");

    private final WorkQueue queue = new WorkQueue(new Random(1));

    @Test
    void givesEachKeyOneTurnHoweverOftenItWasAdded() {
        queue.add(WEB, 1);
        queue.add(JOB, 2);
        queue.add(WEB, 3);

        var first = queue.poll(NOW).orElseThrow();
        assertThat(first.key()).isEqualTo(WEB);
        assertThat(first.waking().causes()).containsExactly(3L, 1L);
        assertThat(queue.poll(NOW).orElseThrow().key()).isEqualTo(JOB);
        assertThat(queue.poll(NOW)).isEmpty();
    }

    @Test
    void keepsAKeyWaitingWhileItIsWorkedOn() {
        queue.add(WEB, 1);
        var turn = queue.poll(NOW).orElseThrow();
        queue.add(WEB, 2);
        assertThat(queue.poll(NOW)).isEmpty();

        queue.done(turn, Next.DONE, NOW);
        assertThat(queue.poll(NOW).orElseThrow().waking().causes()).containsExactly(2L);
    }

    @Test
    void forgetsAKeyThatIsDone() {
        queue.add(WEB, 1);
        queue.done(queue.poll(NOW).orElseThrow(), Next.DONE, NOW);

        assertThat(queue.size()).isZero();
        assertThat(queue.idle()).isTrue();
    }

    @Test
    void backsOffLongerAfterEachFailureAndKeepsTheCauses() {
        queue.add(WEB, 7);
        var waits = List.of(fail(NOW), fail(NOW.plusSeconds(10)), fail(NOW.plusSeconds(20)));

        assertThat(waits.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(60));
        assertThat(waits.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(120));
        assertThat(waits.get(2)).isBetween(Duration.ofMillis(200), Duration.ofMillis(240));
        var turn = queue.poll(NOW.plusSeconds(60)).orElseThrow();
        assertThat(turn.waking()).isEqualTo(new Waking(List.of(7L), 3));
    }

    @Test
    void boundsTheBackOff() {
        queue.add(WEB, 1);
        var now = NOW;
        var last = Duration.ZERO;
        for (int i = 0; i < 40; i++) {
            last = fail(now);
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(last)
                .isBetween(
                        WorkQueue.MAX_BACK_OFF,
                        WorkQueue.MAX_BACK_OFF.multipliedBy(6).dividedBy(5));
    }

    @Test
    void looksAgainWhenAskedTo() {
        queue.add(WEB, 1);
        queue.done(queue.poll(NOW).orElseThrow(), new Next.Again(Duration.ofSeconds(5)), NOW);

        assertThat(queue.due(NOW.plusSeconds(1))).contains(Duration.ofSeconds(4));
        assertThat(queue.poll(NOW.plusSeconds(4))).isEmpty();
        assertThat(queue.poll(NOW.plusSeconds(5))).isPresent();
    }

    @Test
    void isNotHeldUpByAClockThatJumpsBack() {
        queue.add(WEB, 1);
        queue.done(queue.poll(NOW).orElseThrow(), new Next.Again(Duration.ofSeconds(5)), NOW);
        var back = NOW.minus(Duration.ofHours(1));

        assertThat(queue.due(back)).contains(Duration.ofSeconds(5));
        assertThat(queue.poll(back.plusSeconds(4))).isEmpty();
        assertThat(queue.poll(back.plusSeconds(5))).isPresent();
    }

    @Test
    void anEventOvertakesADelay() {
        queue.add(WEB, 1);
        queue.done(queue.poll(NOW).orElseThrow(), new Next.Again(Duration.ofSeconds(5)), NOW);
        queue.add(WEB, 2);

        queue.done(queue.poll(NOW).orElseThrow(), Next.DONE, NOW);
        assertThat(queue.poll(NOW.plusSeconds(10))).isEmpty();
    }

    @Test
    void keepsTheNewestSixteenCauses() {
        for (long cause = 1; cause <= 40; cause++) {
            queue.add(WEB, cause);
        }
        assertThat(queue.poll(NOW).orElseThrow().waking().causes())
                .hasSize(16)
                .startsWith(40L)
                .endsWith(25L);
    }

    private Duration fail(Instant now) {
        var turn = queue.poll(now).orElseThrow();
        queue.done(turn, new Next.Retry("no"), now);
        return queue.due(now).orElseThrow();
    }

    private static ResourceKey key(String name) {
        return KindKey.of("", "configmaps").resource("default", name);
    }
}
