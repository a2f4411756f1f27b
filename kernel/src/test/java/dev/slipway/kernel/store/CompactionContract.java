package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a store promises that lets its past go, measured against one that keeps everything: whatever it still answers
/// is exact, whatever it cannot it refuses, and what retention protects is there.
abstract class CompactionContract {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final KindKey LEASES = KindKey.of("coordination.k8s.io", "leases");
    private static final List<KindKey> KINDS =
            List.of(KindKey.of("", "services"), KindKey.of("", "events"), LEASES);
    private static final List<String> NAMES = List.of("x", "y", "z");
    private static final Retention RETENTION =
            new Retention(
                    new Retention.Rule(
                            Duration.ofHours(7), Duration.ofHours(90), 3, Duration.ofHours(60)),
                    Map.of(
                            "events",
                            new Retention.Rule(
                                    Duration.ofHours(1),
                                    Duration.ofHours(1),
                                    1,
                                    Duration.ofHours(1)),
                            "leases.coordination.k8s.io",
                            new Retention.Rule(
                                    Duration.ofMinutes(5),
                                    Duration.ofMinutes(5),
                                    1,
                                    Duration.ofHours(2))));

    private final SortedMap<String, Integer> seen = new TreeMap<>();

    /// A new empty store with a short tail.
    abstract Store open(Clock clock, StoreSettings settings) throws Exception;

    /// The same data, opened again.
    abstract Store reopen(Store store, Clock clock, StoreSettings settings) throws Exception;

    abstract Compactor compactor(Store store, Retention retention, Clock clock);

    /// Changes the tables of the open store behind its back.
    abstract void tamper(String sql) throws Exception;

    /// Three that stay the same, and one that is new each time; a failure names it.
    static LongStream seeds() {
        return LongStream.of(1, 2, 3, System.nanoTime());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersExactlyOrRefuses(long seed) throws Exception {
        run(seed, 200);
    }

    @Test
    void reachesEveryCase() throws Exception {
        run(11, 300);
        assertThat(seen.keySet())
                .containsExactly(
                        "at: exact",
                        "at: refused",
                        "log: gap",
                        "packed",
                        "past: exact",
                        "past: refused",
                        "reopened",
                        "swept",
                        "watch: exact",
                        "watch: previous unknown",
                        "watch: refused");
    }

    @Test
    void compactsInTheBackground() throws Exception {
        var clock = new StoreContract.SteppingClock(START);
        try (var store = open(clock, StoreSettings.defaults())) {
            var key = LEASES.resource("default", "x");
            store.commit(Changes.commit(Changes.creation(key, "0")));
            for (int i = 1; i < 200; i++) {
                store.commit(Changes.commit(Changes.update(key, Integer.toString(i))));
            }
            clock.now = clock.now.plus(Duration.ofDays(1));
            var compactor = compactor(store, RETENTION, clock);
            var pace = new Compaction.Pace(Duration.ofMillis(1), Duration.ofMinutes(1));
            try (var compaction = Compaction.start(compactor, () -> true, pace)) {
                while (compactor.removed() < 199) {
                    Thread.sleep(1);
                }
                assertThat(compaction).isNotNull();
            }
            assertThat(store.log(0, 1_000)).extracting(Revision::number).containsExactly(200L);
            assertThat(store.history(key, 10)).hasSize(1);
        }
    }

    @Test
    void packsThePastAndGivesItBack() throws Exception {
        var clock = new StoreContract.SteppingClock(START);
        try (var store = open(clock, StoreSettings.defaults());
                var memory = new MemoryStore(clock)) {
            for (int i = 0; i < 30; i++) {
                var text = "%d, and much that stays the same: ".formatted(i) + "x y z ".repeat(300);
                var change =
                        i == 0
                                ? Changes.creation(Changes.service("a"), text)
                                : Changes.update(Changes.service("a"), text);
                memory.commit(Changes.commit(change));
                store.commit(Changes.commit(change));
            }
            clock.now = clock.now.plus(Duration.ofHours(2));
            var compactor = compactor(store, Retention.defaults(), clock);
            while (compactor.step()) {}

            assertThat(compactor.saved()).isGreaterThan(29 * 1_500);
            assertThat(compactor.removed()).isZero();
            assertThat(described(store.log(0, 100))).isEqualTo(described(memory.log(0, 100)));
            assertThat(described(store.history(Changes.service("a"), 100)))
                    .isEqualTo(described(memory.history(Changes.service("a"), 100)));

            var again = compactor(store, Retention.defaults(), clock);
            while (again.step()) {}
            assertThat(again.saved()).isZero();
        }
    }

    @Test
    void stillNoticesTamperingBesideAHole() throws Exception {
        var clock = new StoreContract.SteppingClock(START);
        try (var store = open(clock, StoreSettings.defaults())) {
            var lease = LEASES.resource("default", "x");
            var service = Changes.service("a");
            store.commit(Changes.commit(Changes.creation(lease, "0")));
            store.commit(Changes.commit(Changes.update(lease, "1")));
            store.commit(Changes.commit(Changes.creation(service, "0")));
            store.commit(Changes.commit(Changes.update(lease, "2")));
            clock.now = clock.now.plus(Duration.ofDays(1));
            var compactor = compactor(store, RETENTION, clock);
            while (compactor.step()) {}
            assertThat(store.log(0, 9)).extracting(Revision::number).containsExactly(3L, 4L);

            tamper("UPDATE revision SET actor = 'eve' WHERE number = 3");
            assertThatThrownBy(() -> store.log(0, 9))
                    .hasMessageContaining("revision 3 of the log does not match its digest");
        }
    }

    private void run(long seed, int steps) throws Exception {
        var chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (var pair = new Pair()) {
            for (int step = 0; step < steps; step++) {
                pair.step(chance);
                pair.compare("seed %d, step %d".formatted(seed, step), chance);
            }
        }
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }

    private static List<Object> described(List<Revision> revisions) {
        return revisions.stream().<Object>map(StoreModel::described).toList();
    }

    private static <T> T any(RandomGenerator chance, List<T> of) {
        return of.get(chance.nextInt(of.size()));
    }

    private static ResourceKey anyKey(RandomGenerator chance) {
        return any(chance, KINDS).resource("default", any(chance, NAMES));
    }

    private static byte[] body(ResourceKey key, String spec, String status) {
        return """
        {"apiVersion":"v1","kind":"Thing","metadata":{"name":"%s","managedFields":["%s"]},"spec":"%s","status":"%s"}\
        """
                .formatted(key.name(), status, spec, status)
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The store under test beside one that forgets nothing.
    private final class Pair implements AutoCloseable {
        private final StoreSettings settings = StoreSettings.defaults().withTailEvents(4);
        private final StoreContract.SteppingClock clock = new StoreContract.SteppingClock(START);
        private final Store memory = new MemoryStore(clock, settings);
        private Store store = open(clock, settings);
        private Compactor compactor = compactor(store, RETENTION, clock);

        Pair() throws Exception {}

        void step(RandomGenerator chance) throws Exception {
            clock.now = clock.now.plusSeconds(chance.nextLong(2 * 3_600));
            switch (chance.nextInt(30)) {
                case 0 -> clock.now = clock.now.plus(Duration.ofHours(chance.nextLong(30)));
                case 1 -> reopen();
                case 2 -> sweep();
                case 3, 4, 5 -> compactor.step();
                default -> commit(chance);
            }
        }

        void compare(String where, RandomGenerator chance) throws Exception {
            var newest = memory.state().revision();
            var number = chance.nextLong(newest + 1);
            var key = anyKey(chance);
            assertThat(objects(store.state())).as(where).isEqualTo(objects(memory.state()));
            compareHistory(where, key, compareLog(where, number));
            compareAnswers(
                    where,
                    "at",
                    () -> store.at(key, number).filter(this::exists).map(StoreModel::described),
                    memory.at(key, number).filter(this::exists).map(StoreModel::described));
            compareAnswers(
                    where,
                    "past",
                    () -> objects(store.past(key.kind(), number), key.kind()),
                    objects(memory.past(key.kind(), number), key.kind()));
            compareWatch(where, anyScope(chance), number);
        }

        /// Whether it is no deletion: that of a key that is gone for long is nothing.
        private boolean exists(Revision revision) {
            return revision.operation() != Operation.DELETE;
        }

        private void commit(RandomGenerator chance) {
            var key = anyKey(chance);
            var now = memory.state().get(key);
            var change =
                    now.isEmpty()
                            ? new Change(key, Operation.CREATE, "uid", anyBody(key, chance))
                            : anyChange(key, now.get(), chance);
            var commit = new Commit(List.of(change), List.of(), Attribution.of("ann"));
            var expected = StoreModel.described(memory.commit(commit));
            assertThat(StoreModel.described(store.commit(commit))).isEqualTo(expected);
        }

        private Change anyChange(ResourceKey key, StoredObject now, RandomGenerator chance) {
            return switch (chance.nextInt(8)) {
                case 0 -> new Change(key, Operation.DELETE, "uid", now.body());
                case 1, 2, 3 -> new Change(key, Operation.UPDATE, "uid", anyBody(key, chance));
                default -> {
                    var status = Long.toString(chance.nextLong(1_000));
                    yield new Change(
                            key, Operation.UPDATE, "uid", body(key, now.field("spec"), status));
                }
            };
        }

        private byte[] anyBody(ResourceKey key, RandomGenerator chance) {
            return body(key, Long.toString(chance.nextLong(1_000)), "");
        }

        private void reopen() throws Exception {
            count("reopened");
            store = CompactionContract.this.reopen(store, clock, settings);
            compactor = compactor(store, RETENTION, clock);
        }

        /// From the beginning to the end; then what is still there is what retention says.
        private void sweep() {
            count("swept");
            compactor = compactor(store, RETENTION, clock);
            while (compactor.step()) {}
            if (compactor.saved() > 0) {
                count("packed");
            }
            compareRetained();
        }

        private void compareRetained() {
            var there = new TreeSet<Long>();
            store.log(0, Integer.MAX_VALUE).forEach(one -> there.add(one.number()));
            memory.log(0, Integer.MAX_VALUE).stream()
                    .collect(Collectors.groupingBy(Revision::key))
                    .forEach((key, past) -> compareRetained(RETENTION.of(key.kind()), past, there));
        }

        /// What is gone had to be allowed to go, and what had to go is gone.
        private void compareRetained(Retention.Rule rule, List<Revision> past, Set<Long> there) {
            var next = List.<Revision>of();
            for (var one : past.reversed()) {
                if (there.contains(one.number())) {
                    assertThat(mustGo(rule, one, next)).as("kept %d", one.number()).isFalse();
                    next = List.of(one);
                }
            }
            for (int i = 0; i < past.size(); i++) {
                if (!there.contains(past.get(i).number())) {
                    assertThat(mayGo(rule, past.subList(i, past.size())))
                            .as("gone %d", past.get(i).number())
                            .isTrue();
                }
            }
        }

        private boolean mustGo(Retention.Rule rule, Revision one, List<Revision> next) {
            return next.isEmpty()
                    ? one.operation() == Operation.DELETE && isOlder(one, rule.deleted())
                    : rule.last() == 1 && isOlder(next.getFirst(), rule.superseded());
        }

        /// @param later the revision and all that came after it
        private boolean mayGo(Retention.Rule rule, List<Revision> later) {
            var superseded =
                    later.size() > rule.last()
                            && (isOlder(later.get(1), rule.superseded())
                                    || isOlder(later.get(1), rule.status()));
            return superseded || later.stream().anyMatch(one -> wasBuried(rule, one, later));
        }

        /// Whether the deletion was the newest of its key for long enough.
        private boolean wasBuried(Retention.Rule rule, Revision deletion, List<Revision> later) {
            var again =
                    later.stream()
                            .filter(one -> one.number() > deletion.number())
                            .findFirst()
                            .map(Revision::time)
                            .orElse(clock.now);
            return deletion.operation() == Operation.DELETE
                    && !deletion.time().isAfter(again.minus(rule.deleted()));
        }

        private boolean isOlder(Revision revision, Duration period) {
            return !revision.time().isAfter(clock.now.minus(period));
        }

        /// Also that a revision can be asked for where the log has it, and else not; all that are there.
        private Set<Long> compareLog(String where, long after) {
            var everything = store.log(0, Integer.MAX_VALUE);
            var numbers = everything.stream().map(Revision::number).collect(Collectors.toSet());
            assertThat(store.revision(after).isPresent()).isEqualTo(numbers.contains(after));
            var all = described(memory.log(after, Integer.MAX_VALUE));
            var there = described(store.log(after, Integer.MAX_VALUE));
            if (there.size() < all.size()) {
                count("log: gap");
            }
            assertThat(all.stream().filter(Set.copyOf(there)::contains).toList())
                    .as(where)
                    .isEqualTo(there);
            return numbers;
        }

        private void compareHistory(String where, ResourceKey key, Set<Long> numbers) {
            var there = store.history(key, 1_000).stream().map(StoreModel::described);
            var expected =
                    memory.history(key, 1_000).stream()
                            .filter(one -> numbers.contains(one.number()))
                            .map(StoreModel::described);
            assertThat(there).as(where).containsExactlyElementsOf(expected.toList());
        }

        private void compareAnswers(
                String where, String what, Callable<Object> asked, Object expected)
                throws Exception {
            try {
                assertThat(asked.call()).as(where).isEqualTo(expected);
                count(what + ": exact");
            } catch (ProblemException e) {
                assertThat(e.problem().reason()).as(where).isEqualTo(Reason.EXPIRED);
                count(what + ": refused");
            }
        }

        private void compareWatch(String where, Scope scope, long after) {
            try (var expected = memory.watch(scope, after);
                    var watch = store.watch(scope, after)) {
                for (var next = expected.poll(); next.isPresent(); next = expected.poll()) {
                    compareEvents(where, watch.poll(), next.get());
                }
                assertThat(watch.poll()).as(where).isEmpty();
                assertThat(watch.revision()).as(where).isEqualTo(expected.revision());
                count("watch: exact");
            } catch (ProblemException e) {
                assertThat(e.problem().reason()).as(where).isEqualTo(Reason.EXPIRED);
                count("watch: refused");
            }
        }

        private void compareEvents(String where, Optional<Event> actual, Event expected) {
            assertThat(actual).as(where).isPresent();
            var event = actual.get();
            assertThat(event.operation()).as(where).isEqualTo(expected.operation());
            assertThat(event.revision()).as(where).isEqualTo(expected.revision());
            assertThat(event.object().body()).as(where).isEqualTo(expected.object().body());
            if (event.previous().isEmpty() && expected.previous().isPresent()) {
                count("watch: previous unknown");
            } else {
                assertThat(event.previous().map(StoredObject::revision))
                        .as(where)
                        .isEqualTo(expected.previous().map(StoredObject::revision));
            }
        }

        private Scope anyScope(RandomGenerator chance) {
            return chance.nextBoolean()
                    ? new Scope.Everything()
                    : new Scope.OfKind(any(chance, KINDS));
        }

        private List<String> objects(State state) {
            return state.kinds().stream()
                    .sorted()
                    .flatMap(kind -> objects(state, kind).stream())
                    .toList();
        }

        private List<String> objects(State state, KindKey kind) {
            return state.list(kind).stream()
                    .map(object ->
                            object.key()
                                    + " %d %d"
                                            .formatted(
                                                    object.revision(),
                                                    Arrays.hashCode(object.body())))
                    .toList();
        }

        @Override
        public void close() {
            memory.close();
            store.close();
        }
    }
}
