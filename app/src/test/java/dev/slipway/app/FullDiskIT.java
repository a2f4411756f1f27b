package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full: writes are refused with the reason, all else goes on, and room is all it takes to go on.
class FullDiskIT {
    private static final int MEGABYTES = 24;
    private static final String CONFIG_MAPS = CrashWriter.CONFIG_MAPS;

    @TempDir private Path folder;

    /// None where a small disk cannot be made, unless all tests are required.
    @TestFactory
    Stream<DynamicTest> disks() throws IOException, InterruptedException {
        return "all".equals(System.getenv("SLIPWAY_TEST")) || canMount()
                ? Stream.of(
                        DynamicTest.dynamicTest("refuses writes until there is room", this::run))
                : Stream.of();
    }

    private static boolean canMount() throws InterruptedException {
        try {
            return new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void run() throws IOException {
        try (var server =
                        Server.startOnDisk(
                                Files.createDirectory(folder.resolve("data")), MEGABYTES);
                var api = server.client();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var killed = new CountDownLatch(1);
            var watcher = new CrashWatcher(newest(api));
            threads.execute(() -> watcher.watch(api, killed));
            var kept = new ArrayList<String>();
            create(api, "first");
            kept.add("first");

            var ballast = server.data().resolve("ballast");
            fill(ballast);
            var refused = createUntilRefused(api, kept);
            assertThat(refused.problem().reason().code()).isEqualTo("InsufficientStorage");
            assertThat(refused.problem().reason().status()).isEqualTo(507);
            assertThat(refused.problem().message()).contains("the disk is full");
            assertThat(api.find(path("refused"))).isEmpty();
            assertThat(kept).allSatisfy(name -> assertThat(api.find(path(name))).isPresent());

            Files.delete(ballast);
            server.eventually("writes are accepted again", () -> accepts(api));
            kept.add("refused");
            server.eventually("the watch goes on", () -> watcher.saw("refused"));
            assertThat(watcher.seen()).extracting(CrashWatcher.Seen::name).containsAll(kept);
            assertThat(watcher.revisions()).isSorted().doesNotHaveDuplicates();
            killed.countDown();
            server.kill();
        }
    }

    /// A watch from here on hears of revisions in their order; one that begins with what exists does not.
    private static long newest(ApiClient api) {
        var list = api.json(Call.get(CrashWriter.CONFIG_MAPS));
        return Long.parseLong(Json.string(Json.object(list, "metadata"), "resourceVersion"));
    }

    /// Takes all the room that is left.
    private static void fill(Path ballast) throws IOException {
        try (var out = Files.newOutputStream(ballast)) {
            var block = new byte[4_096];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /// The room that the files already hold is used up first.
    private static ProblemException createUntilRefused(ApiClient api, List<String> kept) {
        for (int i = 0; i < 1_000; i++) {
            try {
                create(api, "large-" + i);
                kept.add("large-" + i);
            } catch (ProblemException e) {
                assertThat(api.find(path("large-" + i))).isEmpty();
                return refusedAgain(api);
            }
        }
        throw new AssertionError("a full disk takes everything");
    }

    private static ProblemException refusedAgain(ApiClient api) {
        try {
            create(api, "refused");
        } catch (ProblemException e) {
            return e;
        }
        throw new AssertionError("a full disk takes some writes and not others");
    }

    private static boolean accepts(ApiClient api) {
        try {
            create(api, "refused");
            return true;
        } catch (ProblemException e) {
            return false;
        }
    }

    private static void create(ApiClient api, String name) {
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
                                Map.of("name", name),
                                "data",
                                Map.of("text", "x".repeat(100_000)))));
    }

    private static String path(String name) {
        return CONFIG_MAPS + "/" + name;
    }
}
