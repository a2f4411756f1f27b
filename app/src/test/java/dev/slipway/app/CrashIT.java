package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.kernel.model.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed while it is written to and watched loses nothing, halves nothing and repeats nothing.
///
/// 6 kills, 30 where everything is tested, or as many as `-Dcrash.kills=N` says.
class CrashIT {
    private static final int KILLS =
            Integer.getInteger("crash.kills", "all".equals(System.getenv("SLIPWAY_TEST")) ? 30 : 6);
    private static final int WRITERS = 8;
    private static final int WATCHERS = 4;

    /// How many answers come at most before the next kill.
    private static final int ANSWERS = 300;

    @TempDir private Path folder;

    @Test
    void losesHalvesAndRepeatsNothing() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var answers = new AtomicInteger();
        var writers =
                IntStream.range(0, WRITERS)
                        .mapToObj(i -> new CrashWriter("w" + i, random.nextLong(), answers))
                        .toList();
        List<CrashWatcher> watchers = List.of();
        for (int kill = 0; kill < KILLS; kill++) {
            try (var server = Server.start(folder.resolve("data"));
                    var api = server.client()) {
                if (watchers.isEmpty()) {
                    watchers = watchers(revision(api.json(Call.get(CrashWriter.CONFIG_MAPS))));
                }
                check(api, writers, "seed %d, kill %d".formatted(seed, kill));
                var wanted = answers.get() + 1 + random.nextInt(ANSWERS);
                writeUntilKilled(server, writers, watchers, answers, wanted);
            }
        }
        compare(writers, watchers, "seed " + seed);
        assertThat(answers).hasPositiveValue();
    }

    private static void check(HttpApiClient api, List<CrashWriter> writers, String where) {
        var list = api.json(Call.get(CrashWriter.CONFIG_MAPS));
        writers.forEach(writer -> writer.check(list, where));
    }

    private static List<CrashWatcher> watchers(long revision) {
        return IntStream.range(0, WATCHERS).mapToObj(_ -> new CrashWatcher(revision)).toList();
    }

    private static void writeUntilKilled(
            Server server,
            List<CrashWriter> writers,
            List<CrashWatcher> watchers,
            AtomicInteger answers,
            int wanted) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var api = server.client()) {
            var killed = new CountDownLatch(1);
            watchers.forEach(one -> threads.execute(() -> one.watch(api, killed)));
            writers.forEach(one -> threads.execute(() -> one.write(api)));
            server.eventually("so many answers", () -> answers.get() >= wanted);
            server.kill();
            killed.countDown();
        }
    }

    /// All saw the same: what one sees who watches from the beginning now, all that was answered among it.
    private void compare(List<CrashWriter> writers, List<CrashWatcher> watchers, String where) {
        try (var server = Server.start(folder.resolve("data"));
                var api = server.client()) {
            check(api, writers, where);
            var newest = revision(api.json(Call.get(CrashWriter.CONFIG_MAPS)));
            var fresh = new CrashWatcher(watchers.getFirst().begun());
            fresh.catchUp(api, newest);
            for (var watcher : watchers) {
                watcher.catchUp(api, newest);
                assertThat(watcher.seen()).as(where).isEqualTo(fresh.seen());
            }
            var answered = new ArrayList<Long>();
            writers.forEach(writer -> answered.addAll(writer.revisions()));
            assertThat(answered).as(where).doesNotHaveDuplicates();
            assertThat(fresh.revisions()).as(where).containsAll(answered).doesNotHaveDuplicates();
        }
    }

    private static long revision(Map<String, Object> list) {
        return Long.parseLong(Json.string(Json.object(list, "metadata"), "resourceVersion"));
    }
}
