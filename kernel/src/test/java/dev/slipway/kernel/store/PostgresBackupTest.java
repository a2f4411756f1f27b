package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.SERVICES;
import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.secret;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.testbed.Postgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log is copied from a server and written anew on one, and moves from a file to a server and back.
@Tag("postgres")
class PostgresBackupTest {
    private static final KindKey LEASES = KindKey.of("coordination.k8s.io", "leases");
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir private Path folder;

    private final StoreContract.SteppingClock clock = new StoreContract.SteppingClock(START);
    private final PostgresLogs logs = new PostgresLogs();
    private DataFolder data;

    @BeforeEach
    void take() {
        data = DataFolder.open(folder.resolve("data"));
    }

    @AfterEach
    void letGo() {
        data.close();
    }

    @Test
    void movesAStoreFromAFileToAServerAndBack() throws Exception {
        try (var store = inAFile()) {
            fill(store, ((SqliteStore) store).compactor(Retention.defaults(), clock));
            Backup.ofSqlite(data.resolve(DataFolder.DATABASE), clock, List.of(), _ -> {})
                    .to(file());

            logs.reserve();
            var moved = restore(new Moment.Newest());
            assertThat(moved.lost()).isEmpty();
            assertThat(checkup().findings()).isEmpty();
            try (var server = onTheServer()) {
                same(server, store);
            }
        }
        backup();
        Files.delete(data.resolve(DataFolder.DATABASE));
        new SqliteRestore(data, file(), false, clock, _ -> {}).to(new Moment.Newest());
        try (var store = inAFile();
                var server = onTheServer()) {
            same(store, server);
            assertThat(store.commit(commit(creation(service("new"), "one"))))
                    .isInstanceOfSatisfying(
                            Outcome.Committed.class,
                            done ->
                                    assertThat(done.revisions().getFirst().number())
                                            .isGreaterThan(2 * Restore.LEAP));
        }
    }

    @Test
    void restoresARevisionAndGoesOnBehindAllThatWereSeen() throws Exception {
        try (var store = logs.open(clock, StoreSettings.defaults())) {
            store.commit(commit(creation(service("a"), "one")));
            store.commit(commit(update(service("a"), "two")));
            store.commit(commit(secret(Operation.CREATE, service("lost"), "uid-lost", "shredded")));
            store.commit(commit(secret(Operation.DELETE, service("lost"), "uid-lost", "")));
        }
        backup();
        logs.reserve();
        var done = restore(new Moment.At(3));

        assertThat(done.lost()).containsExactly("services default/lost");
        assertThat(checkup().findings()).isEmpty();
        try (var store = onTheServer()) {
            assertThat(store.state().list(SERVICES)).hasSize(1);
            assertThat(store.history(service("a"), 10)).hasSize(2);
            store.commit(commit(update(service("a"), "three")));
            assertThat(store.state().revision()).isEqualTo(done.next()).isGreaterThan(Restore.LEAP);
        }
    }

    @Test
    void copiesOneStateBesideWriters() throws Exception {
        var stop = new AtomicBoolean();
        try (var store = logs.open(clock, StoreSettings.defaults());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer =
                    threads.submit(() -> {
                        for (int i = 0; !stop.get(); i++) {
                            store.commit(commit(creation(service("w" + i), "one")));
                        }
                    });
            while (store.state().revision() < 300) {
                Thread.sleep(1);
            }
            var summary = backup();
            stop.set(true);
            writer.get();
            assertThat(summary.newest()).isGreaterThanOrEqualTo(300);
            var expected = store.past(SERVICES, summary.newest()).list(SERVICES);
            logs.reserve();
            restore(new Moment.Newest());
            try (var after = onTheServer()) {
                assertThat(after.state().list(SERVICES)).hasSameSizeAs(expected);
            }
        }
    }

    @Test
    void copiesWithNoRightButToRead() throws Exception {
        logs.open(clock, StoreSettings.defaults()).close();
        logs.run(
                "CREATE USER copier PASSWORD 'copy'",
                "GRANT USAGE ON SCHEMA \"%s\" TO copier".formatted(logs.schema()),
                "GRANT SELECT ON ALL TABLES IN SCHEMA \"%s\" TO copier".formatted(logs.schema()));
        var address =
                PostgresAddress.of(
                        Postgres.address(Postgres.shared().port(), logs.schema())
                                .replace(Postgres.USER + "@", "copier@"));
        var summary =
                Backup.ofPostgres(address, Optional.of("copy"), clock, List.of(), _ -> {})
                        .to(file());
        assertThat(summary.newest()).isZero();
    }

    @Test
    void refusesASchemaThatHoldsAnything() throws Exception {
        try (var store = logs.open(clock, StoreSettings.defaults())) {
            store.commit(commit(creation(service("a"), "one")));
            backup();
            refused("holds a store already; name an empty one with ?currentSchema=");
            assertThat(store.fresh().revision()).isEqualTo(1);
        }
        logs.reserve();
        logs.run("CREATE SCHEMA \"%s\"".formatted(logs.schema()), "CREATE TABLE head (notes TEXT)");
        refused("holds tables of another program");
    }

    @Test
    void leavesNothingBehindWhenItFails() throws Exception {
        try (var store = logs.open(clock, StoreSettings.defaults())) {
            for (int i = 0; i < 700; i++) {
                store.commit(commit(creation(service("s" + i), "one")));
            }
        }
        backup();
        var whole = Files.readAllBytes(file());
        logs.reserve();

        Files.write(file(), Arrays.copyOf(whole, whole.length - 100));
        refused("is cut short");
        assertThatThrownBy(() -> restore(new Moment.At(701)))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining("is cut short");
        Files.write(file(), whole);
        assertThatThrownBy(() -> restore(new Moment.At(701)))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining("to any revision from 1 to 700");
        assertThatThrownBy(() ->
                        new PostgresRestore(
                                        logs.address(),
                                        Optional.of(Postgres.PASSWORD),
                                        data,
                                        file(),
                                        clock,
                                        _ -> {
                                            throw new IllegalStateException("stopped");
                                        })
                                .to(new Moment.Newest()))
                .hasMessage("stopped");
        assertThat(restore(new Moment.Newest()).revision()).isEqualTo(700);
    }

    @Test
    void keepsSecretsSealedAndBringsTheirKeyAlong() throws Exception {
        try (var store = logs.open(clock, StoreSettings.defaults())) {
            store.commit(
                    commit(secret(Operation.CREATE, service("door"), "uid-door", "open-sesame")));
        }
        var key = Files.readAllBytes(PostgresLogs.KEYS_FOLDER.resolve(Keyring.FILE));
        var keys = List.of(PostgresLogs.KEYS_FOLDER.resolve(Keyring.FILE));
        Backup.ofPostgres(logs.address(), Optional.of(Postgres.PASSWORD), clock, keys, _ -> {})
                .to(file());
        assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1))
                .doesNotContain("open-sesame");
        logs.reserve();
        restore(new Moment.Newest());

        assertThat(data.resolve("keys").resolve(Keyring.FILE)).hasBinaryContent(key);
        try (var store = onTheServer()) {
            assertThat(store.state().get(service("door")).orElseThrow().resource().at("text"))
                    .isEqualTo("open-sesame");
        }
    }

    /// With holes, packed bodies, a secret, and one that was deleted.
    private void fill(Store store, Compactor compactor) {
        var lease = LEASES.resource("default", "x");
        store.commit(commit(creation(lease, "0")));
        for (int i = 1; i < 200; i++) {
            store.commit(commit(update(lease, Integer.toString(i))));
        }
        store.commit(commit(creation(service("a"), "much that stays the same ".repeat(50))));
        store.commit(commit(update(service("a"), "much that stays the same ".repeat(50) + ".")));
        store.commit(commit(creation(service("b"), "one")));
        store.commit(commit(deletion(service("b"), "gone")));
        store.commit(commit(secret(Operation.CREATE, service("door"), "uid-door", "open-sesame")));
        store.commit(commit(secret(Operation.CREATE, service("lost"), "uid-lost", "shredded")));
        store.commit(commit(secret(Operation.DELETE, service("lost"), "uid-lost", "")));
        clock.now = clock.now.plus(Duration.ofDays(1));
        while (compactor.step()) {}
        assertThat(compactor.removed()).isEqualTo(199);
        assertThat(compactor.saved()).isPositive();
    }

    private static void same(Store one, Store other) {
        assertThat(described(one.log(0, 100))).isEqualTo(described(other.log(0, 100))).isNotEmpty();
        for (var name : List.of("a", "b", "door", "lost")) {
            assertThat(described(one.history(service(name), 10)))
                    .isEqualTo(described(other.history(service(name), 10)))
                    .isNotEmpty();
        }
        assertThat(one.state().list(SERVICES).stream().map(StoredObject::bytes))
                .containsExactlyElementsOf(
                        other.state().list(SERVICES).stream().map(StoredObject::bytes).toList())
                .hasSize(2);
    }

    private Store inAFile() {
        return SqliteStore.open(data, PostgresLogs.KEYS, clock, StoreSettings.defaults());
    }

    private PostgresStore onTheServer() {
        return logs.again(clock, StoreSettings.defaults());
    }

    private Backup.Summary backup() {
        return Backup.ofPostgres(
                        logs.address(), Optional.of(Postgres.PASSWORD), clock, List.of(), _ -> {})
                .to(file());
    }

    private Restored restore(Moment moment) {
        return new PostgresRestore(
                        logs.address(),
                        Optional.of(Postgres.PASSWORD),
                        data,
                        file(),
                        clock,
                        _ -> {})
                .to(moment);
    }

    private void refused(String why) throws SQLException {
        assertThatThrownBy(() -> restore(new Moment.Newest()))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining(why);
    }

    private Diagnosis checkup() {
        return new PostgresCheckup(
                        logs.address(), Optional.of(Postgres.PASSWORD), PostgresLogs.KEYS, _ -> {})
                .run();
    }

    private Path file() {
        return folder.resolve("copy.backup");
    }

    private static List<String> described(List<Revision> revisions) {
        return revisions.stream()
                .map(one -> "%s %s %s".formatted(StoreModel.described(one), one.time(), one.seal()))
                .toList();
    }
}
