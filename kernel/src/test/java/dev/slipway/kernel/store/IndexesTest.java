package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.store.Term.Field;
import dev.slipway.kernel.store.Term.Label;
import dev.slipway.kernel.store.Term.Labelled;
import dev.slipway.kernel.store.Term.OwnedBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IndexesTest {
    private static final KindKey KIND = KindKey.of("", "pods");
    private static final List<String> WORDS = List.of("a", "b", "c", "");

    private static Revision revision(long number, Operation operation, String name, byte[] body) {
        return new Revision(
                number,
                KIND.resource("n" + name.length(), name),
                "uid",
                operation,
                0,
                Attribution.of("ann"),
                Instant.EPOCH,
                number,
                body);
    }

    private static byte[] body(String name, Map<String, Object> labels, List<?> owners, String at) {
        Map<String, Object> metadata = new LinkedHashMap<>(Map.of("name", name));
        metadata.put("labels", labels);
        metadata.put("ownerReferences", owners);
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "v1");
        tree.put("kind", "Pod");
        tree.put("metadata", metadata);
        tree.put("spec", at.isEmpty() ? Map.of() : Map.of("nodeName", at));
        return Json.write(tree);
    }

    private static byte[] anyBody(String name, Random random) {
        var labels = new LinkedHashMap<String, Object>();
        for (var key : List.of("app", "tier")) {
            if (random.nextInt(3) > 0) {
                labels.put(key, WORDS.get(random.nextInt(WORDS.size())));
            }
        }
        var owners =
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(_ -> Map.of("uid", "u" + random.nextInt(3)))
                        .toList();
        return body(name, labels, owners, WORDS.get(random.nextInt(WORDS.size())));
    }

    /// The next state: something of a random name is made, changed or deleted.
    private static StateView after(StateView state, Random random, int names) {
        var name = "x".repeat(random.nextInt(2) + 1) + random.nextInt(names);
        var exists = state.get(KIND.resource("n" + name.length(), name)).isPresent();
        var operation =
                !exists
                        ? Operation.CREATE
                        : random.nextInt(3) == 0 ? Operation.DELETE : Operation.UPDATE;
        return state.with(revision(state.revision() + 1, operation, name, anyBody(name, random)));
    }

    private static boolean has(StoredObject object, Term term) {
        var resource = object.resource();
        return switch (term) {
            case Label(var key, var value) -> value.equals(resource.labels().get(key));
            case Labelled(var key) -> resource.labels().containsKey(key);
            case OwnedBy(var uid) ->
                    resource.owners().stream().anyMatch(owner -> owner.uid().equals(uid));
            case Field(_, var value) -> value.equals(resource.spec().getOrDefault("nodeName", ""));
        };
    }

    private static Term anyTerm(Random random) {
        var word = WORDS.get(random.nextInt(WORDS.size()));
        return switch (random.nextInt(4)) {
            case 0 -> new Label(random.nextBoolean() ? "app" : "tier", word);
            case 1 -> new Labelled(random.nextBoolean() ? "app" : "none");
            case 2 -> new OwnedBy("u" + random.nextInt(4));
            default -> new Field("spec.nodeName", word);
        };
    }

    private static void assertFound(StateView state, Term term) {
        assertThat(state.list(KIND, term))
                .as("%s at %d", term, state.revision())
                .containsExactlyElementsOf(
                        state.list(KIND).stream().filter(one -> has(one, term)).toList());
    }

    /// Three that stay the same, and one that is new each time; a failure names it.
    static LongStream seeds() {
        return LongStream.of(1, 2, 3, System.nanoTime());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsWhatALookAtEachObjectFinds(long seed) {
        var random = new Random(seed);
        var states = new ArrayList<>(List.of(StateView.EMPTY));
        for (int step = 0; step < 1_500; step++) {
            states.add(after(states.getLast(), random, 60));
            if (random.nextInt(4) == 0) {
                assertFound(states.getLast(), anyTerm(random));
            }
            if (random.nextInt(40) == 0) {
                assertFound(states.get(random.nextInt(states.size())), anyTerm(random));
            }
        }
    }

    @Test
    void findsTheSameWhileOthersWriteAndAsk() throws Exception {
        var random = new Random(5);
        var states = new ArrayList<>(List.of(StateView.EMPTY));
        for (int i = 0; i < 4_000; i++) {
            states.add(after(states.getLast(), random, 400));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = new ArrayList<Callable<Boolean>>();
            for (int i = 0; i < 16; i++) {
                var own = new Random(i);
                asking.add(() -> {
                    for (int round = 0; round < 30; round++) {
                        assertFound(states.get(own.nextInt(states.size())), anyTerm(own));
                    }
                    return true;
                });
            }
            for (var asked : threads.invokeAll(asking)) {
                assertThat(asked.get()).isTrue();
            }
        }
    }

    @Test
    void makesNoIndexForWhoDoesNotAsk() {
        var kind = KindObjects.of(List.of());
        for (int i = 1; i <= 10; i++) {
            var name = "x" + i;
            kind =
                    kind.plus(
                            revision(i, Operation.CREATE, name, anyBody(name, new Random(i)))
                                    .object());
        }

        assertThat(kind.indexes().count()).isZero();
        kind.with(new Labelled("app"));
        kind.with(new Label("tier", "a"));
        assertThat(kind.indexes().count()).isEqualTo(1);
    }

    @Test
    void dropsAnIndexThatNobodyHasAskedForInAWhile() {
        var random = new Random(1);
        var kind = KindObjects.of(List.of());
        var object = revision(1, Operation.CREATE, "x", anyBody("x", random)).object();
        kind = kind.plus(object);
        kind.with(new Labelled("app"));
        for (int i = 0; i < Indexes.MIN_CARRIED; i++) {
            kind = kind.plus(object);
        }
        assertThat(kind.indexes().count()).isEqualTo(1);

        kind = kind.plus(object);

        assertThat(kind.indexes().count()).isZero();
    }

    @Test
    void keepsNoMoreIndexesThanItsBound() {
        var name = "x";
        var kind =
                KindObjects.of(List.of())
                        .plus(
                                revision(1, Operation.CREATE, name, anyBody(name, new Random(1)))
                                        .object());

        for (int i = 0; i < Indexes.MAX_INDEXES + 5; i++) {
            assertThat(kind.with(new Field("spec.f" + i, "")).size()).isEqualTo(1);
        }

        assertThat(kind.indexes().count()).isEqualTo(Indexes.MAX_INDEXES);
    }
}
