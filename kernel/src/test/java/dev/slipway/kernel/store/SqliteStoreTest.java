package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.COMPONENTS;
import static dev.slipway.kernel.store.Changes.SERVICES;
import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir Path folder;

    private int opened;

    @Override
    Store open(Clock clock, StoreSettings settings) {
        opened++;
        return SqliteStore.open(file(opened), clock, settings);
    }

    @Test
    void keepsEverythingAcrossARestart() {
        committed(commit(creation(service("a"), "one"), creation(service("b"), "one")));
        committed(commit(update(service("a"), "two")));
        committed(commit(deletion(service("b"), "gone")));
        committed(commit(creation(COMPONENTS.resource("x", "c"), "one")));
        reopen();

        assertThat(store.state().revision()).isEqualTo(5);
        assertThat(store.state().kinds()).containsExactlyInAnyOrder(SERVICES, COMPONENTS);
        assertThat(store.state().get(service("a")).orElseThrow().resource().at("text"))
                .isEqualTo("two");
        assertThat(store.state().get(service("b"))).isEmpty();
        assertThat(store.history(service("b"), 10)).hasSize(2);
        assertThat(committed(commit(creation(service("b"), "two"))).getFirst().number())
                .isEqualTo(6);
        assertThat(store.history(service("b"), 10)).hasSize(3);
    }

    @Test
    void goesOnWatchingAcrossARestart() {
        fill(20);
        reopen();
        try (var watch = store.watch(new Scope.Everything(), 15)) {
            fill(0);
            committed(commit(creation(service("new"), "one")));
            assertThat(drain(watch)).containsExactly(range(16, 21));
        }
    }

    @Test
    void refusesAFolderInUse() {
        assertThatThrownBy(() -> openFile(file(1)))
                .isInstanceOf(CannotOpenException.class)
                .hasMessage(
                        "the data folder %s is in use by process %d"
                                .formatted(file(1).getParent(), ProcessHandle.current().pid()));
    }

    @Test
    void letsItsFolderGoWhenItCannotOpen() throws Exception {
        Files.writeString(folder.resolve("slipway.db"), "no database");
        assertThatThrownBy(() -> openFile(folder.resolve("slipway.db")))
                .isInstanceOf(CannotOpenException.class);
        DataFolder.open(folder).close();
    }

    @Test
    void opensTheDatabaseOfAFolderThatIsTaken() {
        try (var taken = DataFolder.open(folder.resolve("taken"));
                var other = SqliteStore.open(taken, NOON, StoreSettings.defaults())) {
            other.commit(commit(creation(service("a"), "one")));
            assertThat(taken.resolve("slipway.db")).exists();
        }
    }

    @Test
    void opensAFileWhateverItsFolderIsCalled() {
        var file = folder.resolve("what? 100% of #1 ü").resolve("slipway.db");
        try (var other = openFile(file)) {
            other.commit(commit(creation(service("a"), "one")));
        }
        assertThat(file).isNotEmptyFile();
        try (var other = openFile(file)) {
            assertThat(other.state().get(service("a"))).isPresent();
        }
    }

    @Test
    void refusesAFolderThatIsNone() throws Exception {
        var plain = Files.writeString(folder.resolve("plain"), "text");

        assertThatThrownBy(() -> openFile(plain.resolve("slipway.db")))
                .isInstanceOf(CannotOpenException.class)
                .hasMessage("cannot use %s as a data folder: it is not a folder".formatted(plain));
        assertThatThrownBy(() -> openFile(plain.resolve("deeper/slipway.db")))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageStartingWith("cannot write into the data folder " + plain + "/deeper");
    }

    @Test
    void refusesAFileThatIsNoDatabaseAndLeavesItAlone() throws Exception {
        var file = folder.resolve("slipway.db");
        Files.writeString(file, "these are my notes, not a database at all");

        assertThatThrownBy(() -> openFile(file))
                .isInstanceOf(CannotOpenException.class)
                .hasMessage(file + " is not a database: it does not begin like one");
        assertThat(file).hasContent("these are my notes, not a database at all");
    }

    @Test
    void refusesADatabaseOfAnotherProgramAndLeavesItAlone() throws Exception {
        var file = folder.resolve("slipway.db");
        run(file, "CREATE TABLE notes (text TEXT)");
        var before = Files.readAllBytes(file);

        assertThatThrownBy(() -> openFile(file))
                .isInstanceOf(CannotOpenException.class)
                .hasMessage(file + " is a database of another program");
        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void refusesAFolderInPlaceOfTheDatabase() throws Exception {
        var file = Files.createDirectory(folder.resolve("slipway.db"));

        assertThatThrownBy(() -> openFile(file))
                .isInstanceOf(CannotOpenException.class)
                .hasMessage(file + " is a folder, not a database");
    }

    @Test
    void refusesANewerLayout() throws Exception {
        store.close();
        run(file(1), "PRAGMA user_version = 3");

        assertThatThrownBy(() -> openFile(file(1)))
                .isInstanceOf(CannotOpenException.class)
                .hasMessage(
                        file(1)
                                + " was written by a newer version: its layout is 3, this one knows up to 2");
    }

    @Test
    void startsAfreshOnAFileWhoseMakingWasCutShort() throws Exception {
        var file = folder.resolve("slipway.db");
        run(file, "PRAGMA page_size = 16384", "PRAGMA journal_mode = WAL");

        try (var other = openFile(file)) {
            assertThat(other.commit(commit(creation(service("a"), "one"))))
                    .isInstanceOf(Outcome.Committed.class);
        }
    }

    @Test
    void refusesToBeginAnewWhereAStoreHasLostItsContent() throws Exception {
        fill(1);
        store.close();
        Files.write(file(1), new byte[0]);
        assertThatThrownBy(() -> openFile(file(1)))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageStartingWith("the database %s has lost its content".formatted(file(1)));

        Files.delete(file(1));
        var wal = Files.writeString(Path.of(file(1) + "-wal"), "what was written last");
        assertThatThrownBy(() -> openFile(file(1)))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageStartingWith("the database %s is missing".formatted(file(1)));
        assertThat(wal).exists();

        Files.delete(wal);
        openFile(file(1)).close();
    }

    @Test
    void refusesADamagedFile() throws Exception {
        fill(200);
        store.close();
        try (var bytes = new RandomAccessFile(file(1).toFile(), "rw")) {
            for (long at = 16_384; at < bytes.length(); at += 16_384) {
                bytes.seek(at);
                bytes.write(new byte[4_096]);
            }
        }

        assertThatThrownBy(() -> openFile(file(1)))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining(file(1).toString());
    }

    @Test
    void namesTheResourceWhoseStateIsDamaged() throws Exception {
        fill(3);
        store.close();
        run(file(1), "UPDATE head SET body = x'7b7d' WHERE name = 's2'");

        assertThatThrownBy(() -> openFile(file(1)))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining("the newest state of services default/s2 does not match");
    }

    @Test
    void namesTheRevisionThatIsDamaged() throws Exception {
        fill(3);
        for (var damage :
                List.of(
                        "UPDATE revision SET actor = 'eve' WHERE number = 2",
                        "UPDATE revision SET operation = 'MEND' WHERE number = 2",
                        "DELETE FROM revision WHERE number = 2")) {
            run(file(1), damage);
            assertThatThrownBy(() -> store.log(1, 5))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> {
                                assertThat(e.problem().reason()).isEqualTo(Reason.INTERNAL_ERROR);
                                assertThat(e.problem().message()).contains("revision 2");
                            });
        }
        assertThat(store.log(0, 1)).hasSize(1);
    }

    @Test
    void servesWhatExistsWhereOldRevisionsAreDamaged() throws Exception {
        fill(9);
        for (var damaged : List.of(3, 9)) {
            store.close();
            run(file(1), "UPDATE revision SET actor = 'eve' WHERE number = " + damaged);
            store = openFile(file(1));

            assertThat(store.state().revision()).isGreaterThanOrEqualTo(9);
            try (var watch = store.watch(new Scope.OfKind(SERVICES), store.state().revision())) {
                store.commit(commit(creation(service("after" + damaged), "one")));
                assertThat(watch.poll())
                        .map(event -> event.object().key().name())
                        .contains("after" + damaged);
            }
            assertThatThrownBy(() -> store.log(damaged - 1, 5))
                    .hasMessageContaining("revision " + damaged);
        }
    }

    @Test
    void tellsAWatchWhatCanBeReadBehindTheDamage() throws Exception {
        fill(9);
        store.close();
        run(file(1), "UPDATE revision SET actor = 'eve' WHERE number = 3");
        store = openFile(file(1));

        try (var watch = store.watch(new Scope.OfKind(SERVICES), 7)) {
            assertThat(watch.poll()).map(Event::revision).contains(8L);
        }
        assertThatThrownBy(
                        () -> {
                            try (var watch = store.watch(new Scope.OfKind(SERVICES), 1)) {
                                watch.poll();
                            }
                        })
                .hasMessageContaining("revision 3");
    }

    @Test
    void readsLargeRevisionsAFewAtATime() {
        var text = "x".repeat((int) SqlReader.MAX_BYTES / 3);
        store.commit(commit(creation(service("large"), text)));
        for (int i = 0; i < 5; i++) {
            store.commit(commit(update(service("large"), text + i)));
        }
        reopen();

        assertThat(store.log(0, 100)).hasSize(3);
        assertThat(store.log(3, 100)).hasSize(3);
        assertThat(store.history(service("large"), 100)).hasSize(3);
        try (var watch = store.watch(new Scope.OfKind(SERVICES), 0)) {
            for (long revision = 1; revision <= 6; revision++) {
                assertThat(watch.poll()).map(Event::revision).contains(revision);
            }
        }
    }

    @Test
    void acknowledgesNothingOnAFullDiskAndGoesOnWhenThereIsRoom() throws Exception {
        var database =
                SqliteDatabase.open(new SqliteFile(folder.resolve("full.db")), Keyring.in(folder));
        try (var ledger = new Ledger(database, NOON, StoreSettings.defaults())) {
            ledger.apply(List.of(commit(creation(service("a"), "one"))));
            database.writer().limitPages(1);
            var large = commit(creation(service("b"), "x".repeat(1_000_000)));

            assertThatThrownBy(() -> ledger.apply(List.of(large)))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> {
                                assertThat(e.problem().reason())
                                        .isEqualTo(Reason.INSUFFICIENT_STORAGE);
                                assertThat(e.problem().message()).contains("full");
                            });
            assertThat(ledger.state().revision()).isEqualTo(1);
            assertThat(ledger.apply(List.of(large)).getFirst())
                    .isInstanceOf(Outcome.Committed.class);
            assertThat(ledger.log(0, 5)).hasSize(2);
        }
    }

    private Path file(int number) {
        return folder.resolve("store-" + number).resolve("slipway.db");
    }

    private static Store openFile(Path file) {
        return SqliteStore.open(file, NOON, StoreSettings.defaults());
    }

    private void reopen() {
        store.close();
        store = openFile(file(1));
    }

    private static void run(Path file, String... statements) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
