package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.store.ObjectTree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTreeTest {
    private static final KindKey KIND = KindKey.of("", "services");

    private record Difference(Optional<StoredObject> old, Optional<StoredObject> now) {}

    private static StoredObject object(String namespace, int name, long revision) {
        return new StoredObject(
                KIND.resource(namespace, "n%05d".formatted(name)), revision, new byte[0]);
    }

    private static ObjectTree tree(int size) {
        return ObjectTree.of(IntStream.range(0, size).mapToObj(i -> object("a", i, 1)).toList());
    }

    private static void assertBalanced(ObjectTree tree) {
        if (tree instanceof Node(_, var left, var right, var size)) {
            assertThat(size).isEqualTo(left.size() + right.size() + 1);
            if (size > 2) {
                assertThat(left.size()).isLessThanOrEqualTo(ObjectTree.DELTA * right.size());
                assertThat(right.size()).isLessThanOrEqualTo(ObjectTree.DELTA * left.size());
            }
            assertBalanced(left);
            assertBalanced(right);
        }
    }

    private static List<Difference> differences(ObjectTree before, ObjectTree after) {
        var differences = new ArrayList<Difference>();
        assertThat(
                        before.differs(
                                after,
                                Integer.MAX_VALUE,
                                (old, now) -> differences.add(new Difference(old, now))))
                .isTrue();
        return differences;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithASortedMapWhateverHappens(long seed) {
        var random = new Random(seed);
        var model = new TreeMap<String, StoredObject>();
        var tree = ObjectTree.empty();
        for (int step = 0; step < 3_000; step++) {
            var object = object(random.nextBoolean() ? "a" : "b", random.nextInt(400), step);
            var key = object.key();
            if (random.nextInt(5) < (step < 1_500 ? 4 : 2)) {
                tree = tree.plus(object);
                model.put(key.toString(), object);
            } else {
                tree = tree.minus(key.namespace(), key.name());
                model.remove(key.toString());
            }
            assertThat(tree.get(key.namespace(), key.name()))
                    .isEqualTo(Optional.ofNullable(model.get(key.toString())));
            assertThat(tree.rank(key.namespace(), key.name()))
                    .isEqualTo(model.headMap(key.toString()).size());
        }
        assertThat(new Listing(tree)).containsExactlyElementsOf(model.values());
        assertBalanced(tree);
    }

    @Test
    void staysBalancedWhenItGrowsAndShrinksAtOneEnd() {
        var tree = ObjectTree.empty();
        for (int i = 0; i < 1_000; i++) {
            tree = tree.plus(object("a", i, 1));
            assertBalanced(tree);
        }
        for (int i = 0; i < 900; i++) {
            tree = tree.minus("a", "n%05d".formatted(i));
            assertBalanced(tree);
        }
        assertThat(tree.size()).isEqualTo(100);
    }

    @Test
    void tellsWhatCameWentAndChanged() {
        var before = tree(100);
        var changed = object("a", 50, 2);
        var after = before.plus(changed).minus("a", "n00007").plus(object("b", 1, 3));

        assertThat(differences(before, after))
                .extracting(one -> one.now().or(one::old).orElseThrow().key().name())
                .containsExactly("n00007", "n00050", "n00001");
        assertThat(differences(before, after).get(1))
                .isEqualTo(new Difference(before.get("a", "n00050"), Optional.of(changed)));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void findsTheWayFromAnyStateToAnyOther(long seed) {
        var random = new Random(seed);
        var states = new ArrayList<>(List.of(tree(200)));
        for (int step = 0; step < 300; step++) {
            var one = object("a", random.nextInt(300), 2 + step);
            states.add(
                    random.nextInt(3) == 0
                            ? states.getLast().minus("a", one.key().name())
                            : states.getLast().plus(one));
        }
        for (int round = 0; round < 50; round++) {
            var before = states.get(random.nextInt(states.size()));
            var after = states.get(random.nextInt(states.size()));
            var there = before;
            for (var difference : differences(before, after)) {
                assertThat(difference.old()).isNotEqualTo(difference.now());
                there =
                        difference.now().isPresent()
                                ? there.plus(difference.now().get())
                                : there.minus("a", difference.old().orElseThrow().key().name());
            }
            assertThat(new Listing(there)).containsExactlyElementsOf(new Listing(after));
        }
    }

    @Test
    void stopsWhereTooMuchDiffers() {
        var told = new AtomicLong();

        assertThat(tree(100).differs(ObjectTree.empty(), 99, (_, _) -> told.incrementAndGet()))
                .isFalse();
        assertThat(told).hasValue(99);
        assertThat(tree(100).differs(ObjectTree.empty(), 100, (_, _) -> {})).isTrue();
    }

    @Test
    void narrowsAListing() {
        var all = new Listing(tree(10).plus(object("aa", 3, 1)).plus(object("b", 3, 1)));

        assertThat(all.in("a")).hasSize(10);
        assertThat(all.in("aa")).extracting(one -> one.key().namespace()).containsExactly("aa");
        assertThat(all.in("none")).isEmpty();
        assertThat(all.in("a").after("a", "n00007"))
                .extracting(one -> one.key().name())
                .containsExactly("n00008", "n00009");
        assertThat(all.after("a", "n000075")).hasSize(4);
        assertThat(all.in("a").after("b", "")).isEmpty();
        assertThat(all.after("", "")).hasSize(12);
    }
}
