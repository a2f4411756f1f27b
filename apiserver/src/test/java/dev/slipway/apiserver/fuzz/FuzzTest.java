package dev.slipway.apiserver.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The inputs that are kept in `src/test/resources/fuzz`, each found once by the fuzzer or thought of by somebody, and
/// some more that are made from them and from a seed.
class FuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20);
    private static final int MADE = Integer.getInteger("fuzz.inputs", 60);
    private static final int LONGEST = 400;

    @ParameterizedTest
    @EnumSource
    void answersAsItMust(Target target) throws IOException, URISyntaxException {
        var door = new Door();
        var kept = kept(target);
        for (var input : kept) {
            check(target, door, input);
        }
        var random = new Random(SEED);
        for (int i = 0; i < MADE; i++) {
            check(target, door, made(kept, random));
        }
    }

    private static void check(Target target, Door door, byte[] input) {
        assertThatCode(() -> target.run(door, input))
                .as("%s, input %s, seed %d", target, HexFormat.of().formatHex(input), SEED)
                .doesNotThrowAnyException();
    }

    private static List<byte[]> kept(Target target) throws IOException, URISyntaxException {
        URL folder =
                Objects.requireNonNull(
                        FuzzTest.class.getResource("/fuzz/" + target.folder()), target.folder());
        List<byte[]> kept = new ArrayList<>();
        try (var files = Files.list(Path.of(folder.toURI()))) {
            for (var file : files.sorted().toList()) {
                kept.add(Files.readAllBytes(file));
            }
        }
        return kept;
    }

    /// Bytes out of nothing, or a kept input with some bytes changed.
    private static byte[] made(List<byte[]> kept, Random random) {
        if (random.nextInt(3) > 0) {
            var bytes = new byte[1 + random.nextInt(LONGEST)];
            random.nextBytes(bytes);
            return bytes;
        }
        var input = kept.get(random.nextInt(kept.size()));
        var changed = Arrays.copyOf(input, input.length + random.nextInt(3));
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            changed[random.nextInt(changed.length)] = (byte) (32 + random.nextInt(95));
        }
        return changed;
    }
}
