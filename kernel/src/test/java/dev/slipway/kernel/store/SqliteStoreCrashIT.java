package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.SERVICES;
import static dev.slipway.kernel.store.Changes.service;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged is there after the process was killed at any moment, and what is there is whole.
class SqliteStoreCrashIT {
    private static final int ROUNDS = 20;
    private static final int PAIRS = 100;

    @TempDir Path folder;

    @Test
    void losesNothingAcknowledgedWhenItIsKilled() throws Exception {
        var seed = System.nanoTime();
        var chance = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var acknowledged = new ArrayList<String>();
        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(killed(round, chance));
            verify("seed %d, round %d".formatted(seed, round), acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
    }

    /// Runs a writer and kills it after some acknowledgements; returns all that it has printed.
    private List<String> killed(int round, RandomGenerator chance) throws Exception {
        var process = start(round, 1 + chance.nextInt(8));
        var printed = new ArrayList<String>();
        try (var lines = process.inputReader()) {
            var wanted = chance.nextInt(PAIRS);
            for (int i = 0; i < wanted; i++) {
                var line = lines.readLine();
                if (line == null) {
                    throw new AssertionError("the writer ended: " + Files.readString(errors()));
                }
                printed.add(line);
            }
            Thread.sleep(0, chance.nextInt(1_000_000));
            process.toHandle().destroyForcibly();
            printed.addAll(lines.readAllLines());
        } finally {
            process.destroyForcibly().waitFor();
        }
        return printed.stream()
                .filter(line -> line.endsWith(CrashingWriter.ACKNOWLEDGED))
                .map(line -> line.replace(CrashingWriter.ACKNOWLEDGED, ""))
                .toList();
    }

    private void verify(String where, List<String> acknowledged) {
        try (var store =
                SqliteStore.open(database(), StoreContract.NOON, StoreSettings.defaults())) {
            var state = store.state();
            for (var name : acknowledged) {
                assertThat(state.get(service(name))).as(where + ": " + name).isPresent();
            }
            for (var object : state.list(SERVICES)) {
                var name = object.key().name();
                var twin = name.endsWith("-twin") ? name.replace("-twin", "") : name + "-twin";
                assertThat(state.get(service(twin))).as(where + ": twin of " + name).isPresent();
            }
            assertThat(store.log(0, Integer.MAX_VALUE))
                    .as(where)
                    .hasSize(state.count(SERVICES))
                    .hasSize((int) state.revision());
        }
    }

    private Process start(int round, int writers) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        database().toString(),
                        "round" + round,
                        Integer.toString(PAIRS),
                        Integer.toString(writers))
                .redirectError(errors().toFile())
                .start();
    }

    private Path database() {
        return folder.resolve("slipway.db");
    }

    private Path errors() {
        return folder.resolve("errors.txt");
    }
}
