package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.SERVICES;
import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private final Instant start = StoreContract.NOON.instant();

    @TempDir Path folder;

    private final StoreContract.SteppingClock clock = new StoreContract.SteppingClock(start);

    @Test
    void bringsEverythingBack() throws Exception {
        fill();
        var summary = backup();

        assertThat(summary.revisions()).isEqualTo(6);
        assertThat(summary.newest()).isEqualTo(6);
        var done = restore(new Moment.Newest());
        assertThat(done.revision()).isEqualTo(6);
        try (var before = open("live");
                var after = open("restored")) {
            assertThat(described(after.log(0, 100))).isEqualTo(described(before.log(0, 100)));
            assertThat(after.state().list(SERVICES).stream().map(StoredObject::bytes))
                    .containsExactlyElementsOf(
                            before.state().list(SERVICES).stream()
                                    .map(StoredObject::bytes)
                                    .toList());
            assertThat(after.history(service("b"), 10)).hasSize(3);
        }
    }

    @Test
    void neverGivesANumberOutAgain() throws Exception {
        fill();
        backup();
        var done = restore(new Moment.At(3));

        try (var store = open("restored")) {
            var committed = store.commit(commit(creation(service("new"), "one")));
            assertThat(((Outcome.Committed) committed).revisions().getFirst().number())
                    .isEqualTo(done.next())
                    .isGreaterThan(1_000_000_000L);
            assertThat(store.log(3, 5)).hasSize(1);
            assertThatThrownBy(
                            () -> {
                                try (var watch = store.watch(new Scope.OfKind(SERVICES), 5)) {
                                    watch.poll();
                                }
                            })
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().reason()).isEqualTo(Reason.EXPIRED));
            assertThat(store.past(SERVICES, 2).list(SERVICES)).hasSize(2);
        }
        assertThat(checkup("restored").findings()).isEmpty();
    }

    @Test
    void neverGivesANumberOutAgainWhenRestoredAgain() throws Exception {
        fill();
        backup();
        restore(new Moment.Newest());
        long written;
        try (var store = open("restored")) {
            store.commit(commit(creation(service("after"), "one")));
            written = store.state().revision();
        }
        assertThat(replace(new Moment.At(5)).next()).isGreaterThan(written);

        Files.writeString(database("restored"), "not a database");
        assertThat(replace(new Moment.At(5)).next()).isGreaterThan(written);
    }

    /// Nothing is left that could tell how far the numbers had come.
    @Test
    void neverGivesANumberOutAgainWhenTheFolderWasEmptied() throws Exception {
        fill();
        backup();
        for (long before = 6, i = 0; i < 3; i++) {
            assertThat(restore(new Moment.Newest()).next()).isGreaterThan(before);
            try (var store = open("restored")) {
                store.commit(commit(creation(service("after"), "one")));
                store.commit(commit(update(service("after"), "two")));
                before = store.state().revision();
            }
            Files.delete(database("restored"));
            clock.now = clock.now.plusSeconds(1);
        }
    }

    /// A clock that was set back, or stands before 1970, makes no difference.
    @Test
    void goesOnFarBehindWhatTheBackupHasWhateverTheClockSays() throws Exception {
        fill();
        backup();
        clock.now = Instant.EPOCH.minusSeconds(1);
        assertThat(restore(new Moment.Newest()).next()).isEqualTo(6 + Restore.LEAP + 1);
    }

    /// What was let go of one kind keeps no other kind from being restored as it was.
    @Test
    void restoresWhatIsLeftOfAKindThatWasCompacted() throws Exception {
        var lease = KindKey.of("coordination.k8s.io", "leases").resource("default", "leader");
        try (var store = SqliteStore.open(database("live"), clock, StoreSettings.defaults())) {
            store.commit(commit(creation(service("a"), "one"), creation(lease, "one")));
            store.commit(commit(update(lease, "two")));
            store.commit(commit(update(service("a"), "two")));
            store.commit(commit(update(lease, "three")));
            clock.now = clock.now.plusSeconds(3_600);
            var compactor = store.compactor(Retention.defaults(), clock);
            while (compactor.step()) {}
            assertThat(compactor.removed()).isEqualTo(2);
        }
        backup();
        var done = restore(new Moment.At(3));

        assertThat(done.incomplete()).containsExactly("leases.coordination.k8s.io");
        try (var store = open("restored")) {
            assertThat(names(store)).containsExactly("a one");
            assertThat(store.state().get(lease)).isEmpty();
            assertThat(store.history(service("a"), 9)).hasSize(1);
        }
        assertThat(checkup("restored").findings()).isEmpty();
        assertThat(replace(new Moment.Newest()).incomplete()).isEmpty();
    }

    @Test
    void keepsAlsoTheNewestWritesOfWhatWasThere() throws Exception {
        fill();
        backup();
        Files.createDirectories(folder.resolve("restored"));
        try (var store = open("live")) {
            store.commit(commit(creation(service("newest"), "one")));
            for (var end : List.of("", "-wal")) {
                Files.copy(Path.of(database("live") + end), Path.of(database("restored") + end));
            }
        }
        var kept = replace(new Moment.At(1)).kept().orElseThrow();

        assertThat(new SqliteCheckup(kept, Optional.empty(), _ -> {}).run().newest()).isEqualTo(7);
        try (var store = open("restored")) {
            assertThat(names(store)).containsExactly("a one");
        }
    }

    /// A key that a restore finds in the folder may be the only one to another backup.
    @Test
    void losesNoKeyThatWasInTheFolder() throws Exception {
        var live = folder.resolve("live/keys");
        var keys = folder.resolve("restored/keys");
        try (var store = open("live")) {
            store.commit(commit(secret(Operation.CREATE, "door", "open-sesame")));
        }
        Backup.ofSqlite(database("live"), clock, List.of(live.resolve(Keyring.FILE)), _ -> {})
                .to(file());
        Files.createDirectories(keys);
        Files.write(keys.resolve(Keyring.FILE), "3".repeat(32).getBytes(StandardCharsets.UTF_8));
        Files.write(keys.resolve(Keyring.OLD), "2".repeat(32).getBytes(StandardCharsets.UTF_8));
        restore(new Moment.Newest());
        replace(new Moment.Newest());

        assertThat(keys.resolve(Keyring.FILE)).hasContent("3".repeat(32));
        assertThat(keys.resolve(Keyring.OLD)).hasContent("2".repeat(32));
        assertThat(keys.resolve(Keyring.OLD + "-2"))
                .hasSameBinaryContentAs(live.resolve(Keyring.FILE));
        assertThat(keys.resolve(Keyring.OLD + "-3")).doesNotExist();
        try (var store = open("restored")) {
            assertThat(names(store)).containsExactly("door open-sesame");
        }
    }

    @Test
    void restoresAnyRevisionAndTime() throws Exception {
        fill();
        backup();

        restore(new Moment.At(4));
        try (var store = open("restored")) {
            assertThat(names(store)).containsExactly("a two", "b one");
        }
        replace(new Moment.Until(start.plusSeconds(25)));
        try (var store = open("restored")) {
            assertThat(names(store)).containsExactly("a one", "b one");
        }
        replace(new Moment.At(1));
        try (var store = open("restored")) {
            assertThat(names(store)).containsExactly("a one");
        }
    }

    @Test
    void refusesAMomentThatItDoesNotHold() throws Exception {
        fill();
        backup();

        for (var moment :
                List.of(
                        new Moment.At(7),
                        new Moment.At(0),
                        new Moment.Until(start.minusMillis(1)),
                        new Moment.Until(clock.now.plusMillis(1)))) {
            assertThatThrownBy(() -> restore(moment))
                    .isInstanceOf(CannotOpenException.class)
                    .hasMessageContaining("to any revision from 1 to 6")
                    .hasMessageContaining("any time from %s to %s", start, clock.now)
                    .hasMessageContaining("not to " + moment);
        }
        assertThat(folder.resolve("restored/slipway.db")).doesNotExist();
    }

    @Test
    void refusesToReplaceUnlessToldAndKeepsWhatWasThere() throws Exception {
        fill();
        backup();
        restore(new Moment.Newest());

        assertThatThrownBy(() -> restore(new Moment.Newest()))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining("--force");
        var replaced = checkup("restored").newest();
        var kept = replace(new Moment.At(1)).kept().orElseThrow();
        assertThat(new SqliteCheckup(kept, Optional.empty(), _ -> {}).run().newest())
                .isEqualTo(replaced)
                .isGreaterThan(6);
    }

    @Test
    void replacesNothingButABackup() throws Exception {
        fill();
        var key = folder.resolve("live/keys/secrets.key");
        for (var other : List.of(database("live"), key)) {
            var before = Files.readAllBytes(other);
            assertThatThrownBy(() ->
                            Backup.ofSqlite(database("live"), clock, List.of(), _ -> {}).to(other))
                    .isInstanceOf(CannotOpenException.class)
                    .hasMessage(
                            other
                                    + " is no backup and will not be replaced by one; name another file");
            assertThat(other).hasBinaryContent(before);
        }
        Files.write(file(), new byte[0]);
        backup();
        assertThat(backup().revisions()).isEqualTo(6);
    }

    @Test
    void noticesEveryByteThatIsMissingOrWrong() throws Exception {
        fill();
        backup();
        var whole = Files.readAllBytes(file());
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file(), Arrays.copyOf(whole, length));
            refusesTheBackup();
        }
        for (int at = 0; at < whole.length; at += 11) {
            var flipped = whole.clone();
            flipped[at] ^= 0x10;
            Files.write(file(), flipped);
            if (!harmless(at)) {
                refusesTheBackup();
            }
        }
    }

    @Test
    void copiesOneStateBesideWriters() throws Exception {
        fill();
        var stop = new AtomicBoolean();
        try (var store = open("live");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var writer =
                    threads.submit(() -> {
                        for (int i = 0; !stop.get(); i++) {
                            store.commit(commit(creation(service("w" + i), "one")));
                        }
                    });
            while (store.state().revision() < 40) {
                Thread.onSpinWait();
            }
            var summary = backup();
            stop.set(true);
            writer.get();
            assertThat(summary.newest()).isGreaterThanOrEqualTo(40);
            restore(new Moment.Newest());
            try (var after = open("restored")) {
                assertThat(after.state().list(SERVICES))
                        .hasSameSizeAs(store.past(SERVICES, summary.newest()).list(SERVICES));
            }
        }
    }

    @Test
    void makesNewestStatesAnewFromTheLog() throws Exception {
        fill();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database("live"));
                var statement = connection.createStatement()) {
            statement.execute("UPDATE head SET body = x'7b7d' WHERE name = 'a'");
        }
        assertThat(checkup("live").sound()).isFalse();
        backup();
        restore(new Moment.Newest());

        assertThat(checkup("restored").findings()).isEmpty();
        try (var store = open("restored")) {
            assertThat(names(store)).containsExactly("a three");
        }
    }

    /// The newest number of a restored log is one that was never given out, and has no time of its own.
    @Test
    void keepsTimeFromRunningBackwardsAfterwards() throws Exception {
        fill();
        backup();
        restore(new Moment.Newest());
        clock.now = clock.now.minusSeconds(3_600);
        try (var store = open("restored")) {
            store.commit(commit(update(service("a"), "four")));
        }
        assertThat(checkup("restored").findings()).isEmpty();
    }

    /// The second backup must not lead back to numbers that were given out after it was made.
    @Test
    void bringsARestoredStoreBackAgain() throws Exception {
        fill();
        backup();
        var first = restore(new Moment.Newest());
        Backup.ofSqlite(database("restored"), clock, List.of(), _ -> {}).to(file());
        var second = replace(new Moment.Newest());

        assertThat(second.revision()).isEqualTo(6);
        assertThat(second.next()).isEqualTo(first.next() + Restore.LEAP);
        assertThat(checkup("restored").findings()).isEmpty();
        try (var store = open("restored")) {
            assertThat(names(store)).containsExactly("a three");
            assertThat(store.history(service("b"), 10)).hasSize(3);
        }
    }

    @Test
    void leavesOutASecretWhoseKeyWasDestroyed() throws Exception {
        try (var store = open("live")) {
            store.commit(
                    commit(
                            secret(Operation.CREATE, "door", "open-sesame"),
                            secret(Operation.CREATE, "lost", "shredded")));
            store.commit(commit(secret(Operation.DELETE, "lost", "")));
        }
        var keys = List.of(folder.resolve("live/keys/" + Keyring.FILE));
        Backup.ofSqlite(database("live"), clock, keys, _ -> {}).to(file());
        assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1))
                .doesNotContain("open-sesame");
        var done = restore(new Moment.At(2));

        assertThat(done.lost()).containsExactly("services default/lost");
        try (var store = open("restored")) {
            assertThat(names(store)).containsExactly("door open-sesame");
        }
        assertThat(checkup("restored").findings()).isEmpty();
    }

    /// In the header of gzip, which says nothing of the content: the time and the system of its making.
    private static boolean harmless(int at) {
        var inGzip = at - BackupWriter.MAGIC.length;
        return inGzip >= 4 && inGzip < 10;
    }

    private void refusesTheBackup() {
        assertThatThrownBy(() -> restore(new Moment.Newest()))
                .isInstanceOf(CannotOpenException.class)
                .hasMessageContaining(file().toString());
        assertThat(folder.resolve("restored/slipway.db")).doesNotExist();
    }

    private void fill() {
        try (var store = open("live")) {
            for (var commit :
                    List.of(
                            commit(creation(service("a"), "one")),
                            commit(creation(service("b"), "one")),
                            commit(update(service("b"), "one")),
                            commit(update(service("a"), "two")),
                            commit(deletion(service("b"), "gone")),
                            commit(update(service("a"), "three")))) {
                store.commit(commit);
                clock.now = clock.now.plusSeconds(10);
            }
        }
    }

    private static Change secret(Operation operation, String name, String text) {
        var key = service(name);
        return new Change(key, operation, "uid-" + name, Changes.body(key, text), true);
    }

    private Backup.Summary backup() {
        return Backup.ofSqlite(database("live"), clock, List.of(), _ -> {}).to(file());
    }

    private Restored restore(Moment moment) {
        return restore(moment, false);
    }

    /// A moment later, because what was there is kept under a name with the time.
    private Restored replace(Moment moment) {
        clock.now = clock.now.plusMillis(1);
        return restore(moment, true);
    }

    private Restored restore(Moment moment, boolean replace) {
        try (var target = DataFolder.open(folder.resolve("restored"))) {
            return new SqliteRestore(target, file(), replace, clock, _ -> {}).to(moment);
        }
    }

    private Diagnosis checkup(String name) {
        return new SqliteCheckup(database(name), Optional.empty(), _ -> {}).run();
    }

    private Store open(String name) {
        return SqliteStore.open(database(name), clock, StoreSettings.defaults());
    }

    private Path database(String name) {
        return folder.resolve(name).resolve("slipway.db");
    }

    private Path file() {
        return folder.resolve("copy.backup");
    }

    private static List<String> described(List<Revision> revisions) {
        return revisions.stream()
                .map(one -> "%s %s".formatted(StoreModel.described(one), one.time()))
                .toList();
    }

    private static List<String> names(Store store) {
        return store.state().list(SERVICES).stream()
                .map(object -> object.key().name() + " " + object.resource().at("text"))
                .toList();
    }
}
