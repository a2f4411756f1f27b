package dev.slipway.kernel.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.Backup;
import dev.slipway.kernel.store.Change;
import dev.slipway.kernel.store.Commit;
import dev.slipway.kernel.store.DataFolder;
import dev.slipway.kernel.store.Moment;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.SqliteRestore;
import dev.slipway.kernel.store.SqliteStore;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoreSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogScanTest {
    @TempDir Path folder;

    @Test
    void looksBehindTheLeapOfARestoredLog() {
        try (var store = open("live")) {
            write(store, "a");
            write(store, "b");
        }
        restore();

        try (var store = open("restored")) {
            write(store, "c");
            var newest = store.state().revision();
            var names = new ArrayList<String>();
            LogScan.between(store, 1, newest, revision -> names.add(revision.key().name()));

            assertThat(newest).isGreaterThan(LogScan.MAX_REVISIONS);
            assertThat(names).containsExactly("b", "c");
            assertThat(LogScan.begin(store, newest)).isZero();
        }
    }

    private static void write(Store store, String name) {
        var key = KindKey.of("", "services").resource("default", name);
        var body =
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"%s\"}}"
                        .formatted(name);
        var change =
                new Change(
                        key,
                        Operation.CREATE,
                        "uid-" + name,
                        body.getBytes(StandardCharsets.UTF_8));
        store.commit(Commit.of(change, List.of(), Attribution.of("ann")));
    }

    private void restore() {
        var file = folder.resolve("copy.backup");
        Backup.ofSqlite(database("live"), Clock.systemUTC(), List.of(), _ -> {}).to(file);
        try (var target = DataFolder.open(folder.resolve("restored"))) {
            new SqliteRestore(target, file, false, Clock.systemUTC(), _ -> {})
                    .to(new Moment.Newest());
        }
    }

    private Store open(String name) {
        return SqliteStore.open(database(name), Clock.systemUTC(), StoreSettings.defaults());
    }

    private Path database(String name) {
        return folder.resolve(name).resolve("slipway.db");
    }
}
