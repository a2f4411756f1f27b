package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was acknowledged survives a process that is killed while it writes.
class CrashIT {
    private static final int ROUNDS = 20;
    private static final int CREATES = 200;
    private static final int WRITERS = 4;
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir private Path folder;

    @Test
    void losesNothingThatItAcknowledged() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var acknowledged = new TreeSet<String>();
        for (int round = 0; round < ROUNDS; round++) {
            try (var server = Server.start(folder.resolve("data"));
                    var api = server.client()) {
                assertThat(stored(api))
                        .as("seed %d, round %d", seed, round)
                        .containsAll(acknowledged);
                acknowledged.addAll(
                        createUntilKilled(server, api, round, 1 + random.nextInt(CREATES)));
            }
        }
        try (var server = Server.start(folder.resolve("data"));
                var api = server.client()) {
            assertThat(stored(api)).as("seed %d", seed).containsAll(acknowledged);
        }
        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
    }

    /// Creates from several clients, kills after so many answers, and returns the names that were acknowledged.
    private static Set<String> createUntilKilled(
            Server server, HttpApiClient api, int round, int answers) {
        var acknowledged = new ConcurrentSkipListSet<String>();
        var next = new AtomicInteger();
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WRITERS; i++) {
                writers.execute(() -> {
                    for (var n = next.getAndIncrement(); n < CREATES; n = next.getAndIncrement()) {
                        if (!create(api, "r%d-%d".formatted(round, n), acknowledged)) {
                            return;
                        }
                    }
                });
            }
            server.eventually("so many answers", () -> acknowledged.size() >= answers);
            server.kill();
        }
        return acknowledged;
    }

    private static boolean create(HttpApiClient api, String name, Set<String> acknowledged) {
        try {
            api.json(
                    Call.with(
                            "POST",
                            CONFIG_MAPS,
                            Map.of(
                                    "apiVersion",
                                    "v1",
                                    "kind",
                                    "ConfigMap",
                                    "metadata",
                                    Map.of("name", name))));
            acknowledged.add(name);
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static Set<String> stored(HttpApiClient api) {
        var names = new TreeSet<String>();
        for (var item : Json.list(api.json(Call.get(CONFIG_MAPS)), "items")) {
            names.add(String.valueOf(Json.at(item, "metadata", "name")));
        }
        return names;
    }
}
