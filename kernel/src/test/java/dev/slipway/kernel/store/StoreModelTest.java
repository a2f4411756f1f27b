package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Random commits, watches and restarts on both stores, compared after each step with [StoreModel].
class StoreModelTest {
    private static final int STEPS = 250;
    private static final int TAIL = 6;
    private static final List<KindKey> KINDS =
            List.of(KindKey.of("", "services"), new KindKey("edge", "", "services"));
    private static final List<String> NAMESPACES = List.of("", "a", "a-1");
    private static final List<String> NAMES = List.of("x", "y");

    @TempDir Path folder;

    private final SortedMap<String, Integer> seen = new TreeMap<>();

    /// Three that stay the same, and one that is new each time; a failure names it.
    static LongStream seeds() {
        return LongStream.of(1, 2, 3, System.nanoTime());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithTheModel(long seed) throws Exception {
        run(seed, STEPS);
    }

    @Test
    void reachesEveryCase() throws Exception {
        run(7, STEPS);
        assertThat(seen.keySet())
                .containsExactly(
                        "batch of 1",
                        "batch of 2",
                        "batch of 3",
                        "created",
                        "created again",
                        "deleted",
                        "event",
                        "event from the log",
                        "failed change",
                        "failed precondition",
                        "no event",
                        "reopened",
                        "updated");
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

    private static <T> T any(RandomGenerator chance, List<T> of) {
        return of.get(chance.nextInt(of.size()));
    }

    private static ResourceKey anyKey(RandomGenerator chance) {
        return any(chance, KINDS).resource(any(chance, NAMESPACES), any(chance, NAMES));
    }

    private static Scope anyScope(RandomGenerator chance) {
        return switch (chance.nextInt(3)) {
            case 0 -> new Scope.Everything();
            case 1 -> new Scope.OfKind(any(chance, KINDS));
            default -> new Scope.InNamespace(any(chance, KINDS), any(chance, NAMESPACES));
        };
    }

    /// Both stores beside the model, with the same watches on each.
    private final class Pair implements AutoCloseable {
        private final StoreSettings settings = StoreSettings.defaults().withTailEvents(TAIL);
        private final Path file = folder.resolve("model/" + System.nanoTime() + "/slipway.db");
        private final StoreModel model = new StoreModel();
        private final Store memory = new MemoryStore(StoreContract.NOON, settings);
        private Store sqlite = SqliteStore.open(file, StoreContract.NOON, settings);
        private final List<Watching> watches = new ArrayList<>();

        void step(RandomGenerator chance) {
            switch (chance.nextInt(20)) {
                case 0 -> reopen();
                case 1, 2 -> watch(chance);
                case 3 -> unwatch(chance);
                default -> commit(commitOf(chance));
            }
        }

        void compare(String where, RandomGenerator chance) {
            for (var store : List.of(memory, sqlite)) {
                assertThat(store.state().revision()).as(where).isEqualTo(model.revision());
                assertThat(existing(store)).as(where).isEqualTo(model.existing());
                var after = chance.nextLong(model.revision() + 2);
                assertThat(store.log(after, 5).stream().map(StoreModel::described))
                        .as(where)
                        .isEqualTo(model.log().stream().skip(after).limit(5).toList());
                var key = anyKey(chance);
                assertThat(store.history(key, 50).stream().map(StoreModel::described))
                        .as(where)
                        .isEqualTo(model.history(key));
            }
            for (var watching : watches) {
                watching.poll(where, chance.nextInt(4));
            }
        }

        private void commit(Commit commit) {
            var expected = model.commit(commit);
            assertThat(StoreModel.described(memory.commit(commit))).isEqualTo(expected);
            assertThat(StoreModel.described(sqlite.commit(commit))).isEqualTo(expected);
            note(commit, expected);
        }

        private void note(Commit commit, Object expected) {
            if (expected instanceof List<?> lines) {
                count("batch of " + lines.size());
                lines.forEach(line -> {
                    var one = (StoreModel.Line) line;
                    var again =
                            one.operation() == Operation.CREATE
                                    && model.history(one.key()).size() > 1;
                    count(one.operation().name().toLowerCase(java.util.Locale.ROOT) + "d");
                    if (again) {
                        count("created again");
                    }
                });
            } else {
                var byPrecondition =
                        commit.preconditions().stream()
                                .anyMatch(one -> !one.holds(model.newest(one.key())));
                count(byPrecondition ? "failed precondition" : "failed change");
            }
        }

        private Commit commitOf(RandomGenerator chance) {
            var changes = new ArrayList<Change>();
            var count = 1 + chance.nextInt(3);
            for (int i = 0; i < count; i++) {
                changes.add(changeOf(chance));
            }
            var preconditions = new ArrayList<Precondition>();
            while (chance.nextInt(3) == 0) {
                preconditions.add(preconditionOf(chance));
            }
            return new Commit(changes, preconditions, Attribution.of("ann"));
        }

        /// Mostly what fits the state, so that the log grows.
        private Change changeOf(RandomGenerator chance) {
            var key = anyKey(chance);
            var text = Long.toString(chance.nextLong(1_000));
            var exists = model.newest(key) != 0;
            if (chance.nextInt(10) == 0) {
                exists = !exists;
            }
            if (!exists) {
                return Changes.creation(key, text);
            }
            return chance.nextInt(3) == 0 ? Changes.deletion(key, text) : Changes.update(key, text);
        }

        private Precondition preconditionOf(RandomGenerator chance) {
            var key = anyKey(chance);
            return switch (chance.nextInt(8)) {
                case 0 -> Precondition.absent(key);
                case 1 -> Precondition.present(key);
                case 2 -> new Precondition(key, 1 + chance.nextLong(model.revision() + 1));
                default -> new Precondition(key, model.newest(key));
            };
        }

        private void reopen() {
            count("reopened");
            sqlite.close();
            sqlite = SqliteStore.open(file, StoreContract.NOON, settings);
            for (var watching : watches) {
                watching.sqlite = sqlite.watch(watching.scope, watching.sqlite.revision());
            }
        }

        private void watch(RandomGenerator chance) {
            var after = chance.nextLong(model.revision() + 1);
            var scope = anyScope(chance);
            if (watches.size() < 6) {
                watches.add(
                        new Watching(
                                scope,
                                after,
                                model,
                                memory.watch(scope, after),
                                sqlite.watch(scope, after)));
            }
        }

        private void unwatch(RandomGenerator chance) {
            if (!watches.isEmpty()) {
                watches.remove(chance.nextInt(watches.size())).close();
                assertThat(memory.watches()).isEqualTo(watches.size());
                assertThat(sqlite.watches()).isEqualTo(watches.size());
            }
        }

        private List<StoreModel.Line> existing(Store store) {
            var state = store.state();
            var lines = new ArrayList<StoreModel.Line>();
            for (var kind : state.kinds()) {
                var objects = new ArrayList<StoredObject>();
                NAMESPACES.forEach(name -> objects.addAll(state.list(kind, name)));
                assertThat(objects).containsExactlyElementsOf(state.list(kind));
                assertThat(objects).hasSize(state.count(kind));
                for (var object : objects) {
                    assertThat(state.get(object.key())).contains(object);
                    var revision = store.revision(object.revision()).orElseThrow();
                    assertThat(revision.body()).isEqualTo(object.body());
                    lines.add(StoreModel.described(revision));
                }
            }
            return lines;
        }

        @Override
        public void close() {
            memory.close();
            sqlite.close();
        }
    }

    /// One watch on each store, which must see the same.
    private final class Watching {
        private final Scope scope;
        private final StoreModel model;
        private final Watch memory;
        private Watch sqlite;
        private long after;

        Watching(Scope scope, long after, StoreModel model, Watch memory, Watch sqlite) {
            this.scope = scope;
            this.after = after;
            this.model = model;
            this.memory = memory;
            this.sqlite = sqlite;
        }

        void poll(String where, int times) {
            for (int i = 0; i < times; i++) {
                var expected = model.next(scope, after);
                assertThat(memory.poll().map(StoreModel::described)).as(where).isEqualTo(expected);
                assertThat(sqlite.poll().map(StoreModel::described)).as(where).isEqualTo(expected);
                expected.ifPresent(event -> moved((long) event.getFirst()));
                if (expected.isEmpty()) {
                    count("no event");
                    after = model.revision();
                    assertThat(memory.revision()).as(where).isEqualTo(after);
                    assertThat(sqlite.revision()).as(where).isEqualTo(after);
                }
            }
        }

        void close() {
            memory.close();
            sqlite.close();
        }

        private void moved(long to) {
            count(to <= model.revision() - TAIL ? "event from the log" : "event");
            after = to;
        }
    }

    private void count(String what) {
        seen.merge(what, 1, Integer::sum);
    }
}
