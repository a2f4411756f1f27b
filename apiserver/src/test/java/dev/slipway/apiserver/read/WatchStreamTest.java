package dev.slipway.apiserver.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apiserver.access.Identities;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.StoredResources;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.Change;
import dev.slipway.kernel.store.Commit;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Retention;
import dev.slipway.kernel.store.SqliteStore;
import dev.slipway.kernel.store.StoreSettings;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a watch says of a change whose revision before it was compacted: only who selects by content must begin anew,
/// because nobody can tell whether the resource was selected.
class WatchStreamTest {
    private static final ResourceKey NOTES =
            KindKey.of("", "configmaps").resource("default", "notes");

    @TempDir private Path folder;

    private final Passing clock = new Passing();
    private SqliteStore store;

    /// Revision 1 is gone, 2 is the update after it, 3 another resource.
    @BeforeEach
    void fill() {
        store = open();
        commit(NOTES, Operation.CREATE, "a");
        commit(NOTES, Operation.UPDATE, "b");
        commit(NOTES.kind().resource("default", "other"), Operation.CREATE, "a");
        clock.now = clock.now.plus(Duration.ofDays(1));
        forget();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void tellsWhoSelectsNothingOfTheChange() {
        assertThat(watch(1, "")).containsExactly("MODIFIED notes 2", "ADDED other 3");
    }

    @Test
    void tellsWhoSelectsByNameOfTheChange() {
        assertThat(watch(1, "fieldSelector=metadata.name=notes"))
                .containsExactly("MODIFIED notes 2");
    }

    @Test
    void sendsWhoSelectsByContentToBeginAnew() {
        assertThat(watch(1, "labelSelector=app=b")).containsExactly("ERROR 410");
        assertThat(watch(1, "labelSelector=app=a")).containsExactly("ERROR 410");
    }

    @Test
    void tellsWhoSelectsByContentWhatCameAfterTheChange() {
        assertThat(watch(2, "labelSelector=app=a")).containsExactly("ADDED other 3");
    }

    @Test
    void sendsWhoAsksForWhatIsGoneToBeginAnew() {
        commit(NOTES, Operation.UPDATE, "c");
        clock.now = clock.now.plus(Duration.ofDays(1));
        forget();
        assertThat(watch(1, "")).containsExactly("ERROR 410");
    }

    /// The deletion carries what the resource was last.
    @Test
    void tellsWhoSelectsByContentOfADeletion() {
        commit(NOTES, Operation.DELETE, "b");
        clock.now = clock.now.plus(Duration.ofHours(2));
        forget();

        assertThat(watch(3, "labelSelector=app=b")).containsExactly("DELETED notes 4");
        assertThat(watch(3, "labelSelector=app=a")).isEmpty();
    }

    /// What a watch sends until its time is up.
    private List<String> watch(long after, String query) {
        var parameters = new LinkedHashMap<String, List<String>>();
        parameters.put("resourceVersion", List.of(Long.toString(after)));
        parameters.put("timeoutSeconds", List.of("1"));
        for (var one : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            var parts = one.split("=", 2);
            parameters.put(parts[0], List.of(parts[1]));
        }
        var request =
                new WebRequest("GET", "/", parameters, Map.of(), new byte[0], Identities.ADMIN);
        var out = new ByteArrayOutputStream();
        try (var kinds = new KindsView(store, BuiltInKinds.load())) {
            var resources = new StoredResources(store, kinds, List.of(), clock, new Random(1));
            var served = resources.kinds().byKind("v1", "ConfigMap").orElseThrow();
            var response =
                    new Watches(store, resources, clock, new Random(1))
                            .watch(request, served, "default", _ -> {});
            ((WebResponse.Streaming) response).body().write(out);
        } catch (Exception e) {
            throw new AssertionError("the watch failed", e);
        }
        return out.toString(StandardCharsets.UTF_8).lines().map(WatchStreamTest::told).toList();
    }

    private static String told(String line) {
        var event = Json.readObject(line.getBytes(StandardCharsets.UTF_8));
        var object = Json.object(event, "object");
        var what =
                object.containsKey("code")
                        ? object.get("code")
                        : Json.at(object, "metadata", "name")
                                + " "
                                + Json.at(object, "metadata", "resourceVersion");
        return event.get("type") + " " + what;
    }

    private void commit(ResourceKey key, Operation operation, String app) {
        var body =
                """
                {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"%s","namespace":"%s","labels":{"app":"%s"}}}\
                """
                        .formatted(key.name(), key.namespace(), app)
                        .getBytes(StandardCharsets.UTF_8);
        store.commit(
                Commit.of(
                        new Change(key, operation, "uid-" + key.name(), body),
                        List.of(),
                        Attribution.of("ann")));
    }

    /// Lets go what was superseded, and opens the store anew, so that no memory of it is left.
    private void forget() {
        var hour = Duration.ofHours(1);
        var rule = new Retention.Rule(hour, hour, 1, Duration.ofDays(90));
        var compactor = store.compactor(new Retention(rule, Map.of()), clock);
        while (compactor.step()) {}
        store.close();
        store = open();
    }

    private SqliteStore open() {
        return SqliteStore.open(folder.resolve("slipway.db"), clock, StoreSettings.defaults());
    }

    /// Time passes with every look at it, so that no watch lasts.
    private static final class Passing extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        @Override
        public Instant instant() {
            now = now.plusMillis(200);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
