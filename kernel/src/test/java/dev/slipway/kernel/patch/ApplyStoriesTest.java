package dev.slipway.kernel.patch;

import static dev.slipway.kernel.patch.Fruit.fruit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.patch.Fruit.Story;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds after any sequence of applies and updates; the seed of a failure is its test's argument.
class ApplyStoriesTest {
    private static final List<String> APPLIERS = List.of("one", "two", "three");
    private static final int WRITES = 30;

    private final Story story = new Story();

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void convergesWhateverCameBefore(int seed) {
        var random = new Random(seed);
        for (int i = 0; i < WRITES; i++) {
            var spec = spec(random);
            if (random.nextInt(4) == 0) {
                story.put("hand", spec);
            } else {
                var manager = pick(APPLIERS, random);
                story.force(manager, spec);
                assertThat(story.tryToApply(manager, fruit(spec)))
                        .isEqualTo(new Apply.Result.Merged(story.object(), false));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ownsOnlyWhatIsThere(int seed) {
        var random = new Random(seed);
        for (int i = 0; i < WRITES; i++) {
            if (random.nextInt(4) == 0) {
                story.put("hand", spec(random));
            } else {
                story.force(pick(APPLIERS, random), spec(random));
            }
            for (var entry : ManagedFields.of(story.object()).entries()) {
                assertThat(entry.fields().difference(present(story.object())))
                        .isEqualTo(FieldSet.EMPTY);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void leavesNothingOfWhatAllHaveDropped(int seed) {
        var random = new Random(seed);
        for (int i = 0; i < WRITES; i++) {
            story.force(pick(APPLIERS, random), spec(random));
        }
        APPLIERS.forEach(manager -> story.force(manager, "{number: 7}"));
        assertThat(story.object().spec()).isEqualTo(Map.of("number", 7L));
    }

    /// All paths of an object, containers included.
    private static FieldSet present(Resource object) {
        return Comparison.of(Shape.of(Fruit.SCHEMA), Map.of(), object.tree()).added();
    }

    /// A configuration with some of the fields, none of them empty, and one that is always there.
    private static String spec(Random random) {
        var fields = new ArrayList<>(List.of("flag: true"));
        var value = random.nextInt(2);
        fields.add("text: t" + value);
        fields.add("list: [l%d]".formatted(value));
        fields.add("set: [%s]".formatted(String.join(", ", some(random, "a", "b", "c", "d"))));
        fields.add("map: {%s: m%d}".formatted(pick(List.of("a", "b"), random), value));
        fields.add("mapOfStructs: {%s: {a: x}}".formatted(pick(List.of("a", "b"), random)));
        fields.add("nested: {%s: n%d}".formatted(pick(List.of("a", "b"), random), value));
        fields.add("atomic: {a: x%d}".formatted(value));
        fields.add("free: {%s: {x: %d}}".formatted(pick(List.of("a", "b"), random), value));
        fields.add(
                "byKey: [%s]"
                        .formatted(
                                String.join(
                                        ", ",
                                        some(
                                                random,
                                                "{name: a, value: v%d}".formatted(value),
                                                "{name: b}",
                                                "{name: c, value: w}"))));
        fields.add("byTwo: [{port: %d, note: x}, {port: 9}]".formatted(1 + random.nextInt(2)));
        var kept = fields.subList(1, fields.size());
        Collections.shuffle(kept, random);
        return "{flag: true, %s}"
                .formatted(String.join(", ", kept.subList(0, random.nextInt(5))))
                .replace(", }", "}");
    }

    private static List<String> some(Random random, String... values) {
        var shuffled = new ArrayList<>(List.of(values));
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, 1 + random.nextInt(values.length));
    }

    private static String pick(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
