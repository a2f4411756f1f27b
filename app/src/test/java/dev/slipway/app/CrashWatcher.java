package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// One client that watches, loses its connection and goes on after the last revision that it saw.
final class CrashWatcher {
    /// One event: what, of which object, at which revision.
    record Seen(String type, String name, long revision) {}

    private final long begun;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private long last;

    CrashWatcher(long begun) {
        this.begun = begun;
        this.last = begun;
    }

    long begun() {
        return begun;
    }

    List<Seen> seen() {
        return seen;
    }

    List<Long> revisions() {
        return seen.stream().map(Seen::revision).toList();
    }

    boolean saw(String name) {
        return seen.stream().anyMatch(one -> one.name().equals(name));
    }

    /// Watches until the server is killed.
    void watch(ApiClient api, CountDownLatch killed) {
        while (killed.getCount() > 0) {
            follow(api, Long.MAX_VALUE);
        }
    }

    /// Watches until a revision was seen.
    void catchUp(ApiClient api, long newest) {
        if (last < newest) {
            follow(api, newest);
        }
        assertThat(last).isGreaterThanOrEqualTo(newest);
    }

    private void follow(ApiClient api, long newest) {
        var target =
                CrashWriter.CONFIG_MAPS
                        + "?watch=1&allowWatchBookmarks=true&resourceVersion="
                        + last;
        try (var reply = api.send(Call.get(target));
                var lines =
                        new BufferedReader(
                                new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
            assertThat(reply.status()).isEqualTo(200);
            for (var line = lines.readLine();
                    line != null && line.endsWith("}");
                    line = last < newest ? lines.readLine() : null) {
                take(Json.readObject(line));
            }
        } catch (IOException | ProblemException e) {
            // Broken off: whoever follows goes on from the last revision.
        }
    }

    private void take(Map<String, Object> event) {
        var object = new Resource(Json.object(event, "object"));
        var revision = Long.parseLong(object.resourceVersion());
        var type = Json.string(event, "type");
        if (!type.equals("BOOKMARK")) {
            assertThat(revision).isGreaterThan(last);
            seen.add(new Seen(type, object.name(), revision));
        }
        last = Math.max(last, revision);
    }
}
