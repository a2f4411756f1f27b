package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.commitIf;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two stores on one log, as two processes have them.
@Tag("postgres")
@Timeout(120)
class PostgresSharingTest {
    private static final Duration LIFE = Duration.ofMillis(600);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PostgresLogs logs = new PostgresLogs();
    private PostgresStore one;
    private PostgresStore two;

    @BeforeEach
    void open() {
        one = logs.open(StoreContract.NOON, StoreSettings.defaults());
        two = logs.again();
    }

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void readsAtOnceWhatAnotherHasWritten() {
        for (int i = 0; i < 50; i++) {
            assertThat(one.commit(commit(creation(service("s" + i), "one"))))
                    .isInstanceOf(Outcome.Committed.class);
            assertThat(two.fresh().get(service("s" + i))).isPresent();
        }
    }

    /// Each time anew, because it hears of it by itself a moment later.
    @Test
    void readsThePastAtOnceAsAnotherHasWrittenIt() {
        one.commit(commit(creation(service("a"), "0")));
        for (int i = 1; i <= 30; i++) {
            var number = write(i);
            assertThat(two.history(service("a"), 1).getFirst().number()).isEqualTo(number);
            assertThat(two.revision(write(i))).isPresent();
            number = write(i);
            assertThat(two.numberAt(StoreContract.NOON.instant())).isEqualTo(number);
            number = write(i);
            assertThat(two.log(0, 200)).hasSize((int) number);
            number = write(i);
            assertThat(two.log(number - 2, 1).getFirst().number()).isEqualTo(number - 1);
            assertThat(two.log(number - 1, 1).getFirst().number()).isEqualTo(number);
        }
    }

    @Test
    void hearsOfWhatAnotherHasWrittenWithoutAsking() throws Exception {
        try (var watch = two.watch(new Scope.Everything(), 0)) {
            one.commit(commit(creation(service("a"), "one")));
            assertThat(watch.next(PATIENCE).orElseThrow().revision()).isEqualTo(1);
            assertThat(two.state().get(service("a"))).isPresent();
        }
    }

    @Test
    void letsOnlyOneOfTwoWritersOfTheSameRevisionWin() throws Exception {
        one.commit(commit(creation(service("a"), "0")));
        for (int round = 1; round <= 20; round++) {
            var replaced = new Precondition(service("a"), one.state().revision());
            var change = commitIf(update(service("a"), "" + round), replaced);
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var outcomes =
                        threads.invokeAll(
                                List.<Callable<Outcome>>of(
                                        () -> one.commit(change), () -> two.commit(change)));
                var won = 0;
                for (var outcome : outcomes) {
                    won += outcome.get() instanceof Outcome.Committed ? 1 : 0;
                }
                assertThat(won).isEqualTo(1);
            }
            one.fresh();
        }
        assertThat(two.fresh().revision()).isEqualTo(21);
    }

    @Test
    void showsWatchersOfBothEveryEventOnceAndInOrder() throws Exception {
        int each = 100;
        var count = 4 * each;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var readers = new ArrayList<Future<List<Long>>>();
            for (var store : List.of(one, two, one, two)) {
                readers.add(threads.submit(() -> numbers(store, count)));
            }
            var writers = new ArrayList<Future<Void>>();
            for (int w = 0; w < 4; w++) {
                var store = w % 2 == 0 ? one : two;
                var name = "w" + w;
                writers.add(threads.submit(() -> write(store, name, each)));
            }
            for (var writer : writers) {
                writer.get();
            }
            for (var reader : readers) {
                assertThat(reader.get()).containsExactly(StoreContract.range(1, count));
            }
        }
        assertThat(one.fresh().count(Changes.SERVICES)).isEqualTo(count);
        assertThat(two.fresh().count(Changes.SERVICES)).isEqualTo(count);
        assertThat(two.log(0, count)).hasSize(count);
    }

    @Test
    void givesTheLeaseToOneAtATime() throws Exception {
        var first = one.lease("one", LIFE);
        assertThat(first.await(OptionalLong.empty(), PATIENCE)).hasValue(1);
        try (var second = two.lease("two", LIFE)) {
            assertThat(second.await(OptionalLong.empty(), LIFE.multipliedBy(3))).isEmpty();
            assertThat(first.epoch()).hasValue(1);
            first.close();
            assertThat(first.epoch()).isEmpty();
            assertThat(second.await(OptionalLong.empty(), PATIENCE)).hasValue(2);
        }
    }

    @Test
    void fencesOffWhoHasLostTheLease() throws Exception {
        var leased = commit(creation(service("a"), "one"));
        try (var first = one.lease("one", LIFE)) {
            assertThat(first.await(OptionalLong.empty(), PATIENCE)).hasValue(1);
            assertThat(one.commit(under(leased, 1))).isInstanceOf(Outcome.Committed.class);
            logs.run("UPDATE tip SET epoch = 7, holder = 'another', until = until + 60000000");
            assertThat(one.commit(under(commit(update(service("a"), "two")), 1)))
                    .isEqualTo(new Outcome.Fenced(7));
            assertThat(first.await(OptionalLong.of(1), PATIENCE)).isEmpty();
        }
    }

    @Test
    void makesTheTablesOnceWhenTwoStartAtTheSameTime() throws Exception {
        for (int round = 0; round < 5; round++) {
            var fresh = new PostgresLogs();
            var schema = fresh.reserve();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var opening =
                        threads.invokeAll(
                                List.<Callable<PostgresStore>>of(
                                        () -> fresh.again(), () -> fresh.again()));
                for (var opened : opening) {
                    try (var store = opened.get()) {
                        assertThat(store.state().revision()).as(schema).isZero();
                    }
                }
            }
        }
    }

    private static Commit under(Commit commit, long epoch) {
        return new Commit(
                commit.changes(),
                commit.preconditions(),
                commit.attribution(),
                OptionalLong.of(epoch));
    }

    private long write(int text) {
        assertThat(one.commit(commit(update(service("a"), Integer.toString(text)))))
                .isInstanceOf(Outcome.Committed.class);
        return one.state().revision();
    }

    private static List<Long> numbers(Store store, int count) throws InterruptedException {
        var numbers = new ArrayList<Long>();
        try (var watch = store.watch(new Scope.OfKind(Changes.SERVICES), 0)) {
            while (numbers.size() < count) {
                numbers.add(watch.next(PATIENCE).orElseThrow().revision());
            }
            assertThat(watch.poll()).isEmpty();
        }
        return numbers;
    }

    private static Void write(Store store, String name, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(store.commit(commit(creation(service(name + "-" + i), "one"))))
                    .isInstanceOf(Outcome.Committed.class);
        }
        return null;
    }
}
