package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final FaultyDatabase database = new FaultyDatabase();
    private final Ledger ledger =
            new Ledger(database, StoreContract.NOON, StoreSettings.defaults());
    private final Watch watch = ledger.watch(new Scope.Everything(), 0);

    @Test
    void showsNothingOfAnAppendThatFailed() {
        database.failNext(FaultyDatabase.Fault.LOST);

        assertThatThrownBy(() -> create("a")).isInstanceOf(ProblemException.class);
        assertThat(ledger.state().revision()).isZero();
        assertThat(ledger.log(0, 10)).isEmpty();
        assertThat(watch.poll()).isEmpty();
    }

    @Test
    void goesOnAfterAnAppendThatFailed() {
        database.failNext(FaultyDatabase.Fault.LOST);
        assertThatThrownBy(() -> create("a")).isInstanceOf(ProblemException.class);
        create("b");

        assertThat(ledger.state().get(service("a"))).isEmpty();
        assertThat(ledger.state().get(service("b")).orElseThrow().revision()).isEqualTo(1);
        assertThat(StoreContract.drain(watch)).containsExactly(1L);
    }

    @Test
    void takesInWhatAFailedAppendHasKeptAfterAll() {
        create("a");
        database.failNext(FaultyDatabase.Fault.KEPT);
        assertThatThrownBy(() -> create("b")).isInstanceOf(ProblemException.class);
        assertThat(ledger.log(0, 10)).hasSize(1);

        assertThat(create("b")).isInstanceOf(Outcome.Failed.class);
        create("c");
        assertThat(ledger.state().get(service("c")).orElseThrow().revision()).isEqualTo(3);
        assertThat(StoreContract.drain(watch)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void letsEachCommitOfAGroupSeeTheOnesBeforeIt() {
        var outcomes =
                ledger.apply(
                        List.of(
                                commit(creation(service("a"), "one")),
                                commit(creation(service("a"), "two")),
                                commit(creation(service("b"), "one"))));

        assertThat(outcomes.get(1))
                .isEqualTo(new Outcome.Failed(Precondition.absent(service("a")), 1));
        assertThat(outcomes.get(2))
                .isInstanceOfSatisfying(
                        Outcome.Committed.class,
                        done -> assertThat(done.revisions().getFirst().batch()).isEqualTo(2));
        assertThat(StoreContract.drain(watch)).containsExactly(1L, 2L);
    }

    @Test
    void letsFewReadThePastAtATime() throws Exception {
        create("a");
        create("b");
        database.past = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reads = new ArrayList<Future<State>>();
            for (int i = 0; i < Ledger.MAX_UNFOLDERS; i++) {
                reads.add(threads.submit(() -> ledger.past(Changes.SERVICES, 1)));
            }
            database.read.acquire();
            while (ledger.turnsLeft() > 0) {
                Thread.sleep(1);
            }
            assertThatThrownBy(() -> ledger.past(Changes.SERVICES, 1))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> {
                                assertThat(e.problem().reason())
                                        .isEqualTo(Reason.TOO_MANY_REQUESTS);
                                assertThat(e.problem().retryAfterSeconds()).contains(1);
                            });
            create("c");
            assertThat(ledger.past(Changes.SERVICES, 3).list(Changes.SERVICES)).hasSize(3);
            database.past.countDown();
            for (var read : reads) {
                assertThat(read.get().list(Changes.SERVICES)).hasSize(1);
            }
        }
        assertThat(ledger.past(Changes.SERVICES, 2).list(Changes.SERVICES)).hasSize(2);
    }

    /// A clock that was set back must not make the log lie about the order of things, not even across a start.
    @Test
    void keepsTimeFromRunningBackwards() {
        var now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
        InstantSource source = now::get;
        var clock = source.withZone(ZoneOffset.UTC);
        var first = new Ledger(database, clock, StoreSettings.defaults());
        first.apply(List.of(commit(creation(service("a"), "one"))));
        now.set(now.get().minus(Duration.ofHours(1)));
        first.apply(List.of(commit(creation(service("b"), "one"))));
        var second = new Ledger(database, clock, StoreSettings.defaults());
        second.apply(List.of(commit(creation(service("c"), "one"))));

        assertThat(second.log(0, 10))
                .extracting(Revision::time)
                .containsOnly(Instant.parse("2026-01-01T12:00:00Z"))
                .hasSize(3);
    }

    /// A start must not fail for it, but nothing is written in a time that may lie before the newest.
    @Test
    void keepsTimeFromRunningBackwardsWhereTheNewestCouldNotBeAsked() {
        create("a");
        InstantSource earlier = () -> StoreContract.NOON.instant().minus(Duration.ofHours(1));
        database.deafTo = 2;
        var second =
                new Ledger(database, earlier.withZone(ZoneOffset.UTC), StoreSettings.defaults());
        var group = List.of(commit(creation(service("b"), "one")));

        assertThatThrownBy(() -> second.apply(group)).isInstanceOf(ProblemException.class);
        second.apply(group);
        assertThat(second.log(0, 10))
                .extracting(Revision::time)
                .containsOnly(StoreContract.NOON.instant())
                .hasSize(2);
    }

    @Test
    void fillsTheTailWhenItOpensALog() {
        IntStream.range(0, 30).forEach(i -> create("s" + i));
        var reopened =
                new Ledger(
                        database, StoreContract.NOON, StoreSettings.defaults().withTailEvents(8));

        assertThat(reopened.state().revision()).isEqualTo(30);
        try (var all = reopened.watch(new Scope.Everything(), 0);
                var late = reopened.watch(new Scope.Everything(), 25)) {
            assertThat(StoreContract.drain(all)).containsExactly(StoreContract.range(1, 30));
            assertThat(StoreContract.drain(late)).containsExactly(StoreContract.range(26, 30));
        }
    }

    @Test
    void boundsTheTailByBytesAsWell() {
        var small = new StoreSettings(1_000, 200, 10, 10, 1_000_000);
        try (var other = new Ledger(new MemoryDatabase(), StoreContract.NOON, small);
                var all = other.watch(new Scope.Everything(), 0)) {
            for (int i = 0; i < 20; i++) {
                other.apply(List.of(commit(creation(service("s" + i), "one"))));
            }
            assertThat(StoreContract.drain(all)).containsExactly(StoreContract.range(1, 20));
        }
    }

    private Outcome create(String name) {
        return ledger.apply(List.of(commit(creation(service(name), "one")))).getFirst();
    }
}
