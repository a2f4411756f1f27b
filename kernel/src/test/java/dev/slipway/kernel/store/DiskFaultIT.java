package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.secret;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.testbed.Fault;
import dev.slipway.testbed.FaultyDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each write, each sync and each change of a file's size in a short life fails once, below SQLite and Java: what was
/// acknowledged is there, nothing is there in part, the store opens again and is sound.
///
/// The first ones each and then some; all of them with `-Dfaults=all` and where everything is tested.
@EnabledOnOs(OS.LINUX)
class DiskFaultIT {
    /// More faults than a short life can have, so that the loop ends in any case.
    private static final int MOST = 5_000;

    /// Up to where each one is tried, and how many are left out after that where not all are.
    private static final int EACH = 40;

    private static final int SOME = 5;

    private static final boolean ALL =
            "all".equals(System.getProperty("faults"))
                    || "all".equals(System.getenv("SLIPWAY_TEST"));

    private static final Duration A_YEAR = Duration.ofDays(365);
    private static final KindKey SECRETS = KindKey.of("", "secrets");
    private static final List<Commit> SCRIPT =
            List.of(
                    commit(creation(service("a"), "one")),
                    commit(creation(service("b"), "x".repeat(50_000)), creation(service("c"), "1")),
                    commit(
                            secret(
                                    Operation.CREATE,
                                    SECRETS.resource("default", "s"),
                                    "s",
                                    "sesame")),
                    commit(update(service("a"), "two")),
                    commit(deletion(service("c"), "1")),
                    commit(secret(Operation.DELETE, SECRETS.resource("default", "s"), "s", "")),
                    commit(update(service("a"), "y".repeat(50_000))),
                    commit(update(service("a"), "three")));

    /// The disk that fails, and beside it what a kill would have left there.
    @TempDir private Path folder;

    private Path home;
    private FaultyDisk disk;
    private final List<Write> writes = new ArrayList<>();

    /// What was tried, and what was said of it.
    private record Write(Commit commit, Answer answer) {}

    private enum Answer {
        STORED,
        NOT_STORED,
        UNKNOWN
    }

    @BeforeEach
    void standBetween() throws IOException {
        home = Files.createDirectories(folder.resolve("disk/first"));
        // What is to be changed has to be loaded.
        open(home).close();
        disk = new FaultyDisk(folder.resolve("disk"), "libsqlitejdbc", "libnio");
    }

    @AfterEach
    void stepAside() {
        disk.close();
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatItAcknowledges(Fault fault) throws IOException {
        var at = 1;
        while (writes(fault, at)) {
            at = after(at);
            assertThat(at).isLessThan(MOST);
        }
        assertThat(at).as("%s happened so often", fault).isGreaterThan(1);
    }

    private static int after(int at) {
        return at + (ALL || at < EACH ? 1 : SOME);
    }

    /// One life with a fault on the way, and the next one after it; false when no fault was reached any more.
    private boolean writes(Fault fault, int at) throws IOException {
        var where = "%s number %d".formatted(fault, at);
        home = folder.resolve("disk").resolve(fault + "-" + at);
        writes.clear();
        disk.arm(fault, at);
        live(store -> {
            SCRIPT.forEach(commit -> write(store, commit));
            copyTo(where);
        });
        var reached = disk.disarm();
        if (Files.exists(folder.resolve(where))) {
            verify(folder.resolve(where), where + ", killed");
        }
        verify(home, where);
        if (!fault.lasts()) {
            assertThat(writes)
                    .filteredOn(write -> write.answer() != Answer.STORED)
                    .as(where)
                    .hasSizeLessThan(2);
        }
        return reached;
    }

    @ParameterizedTest
    @EnumSource
    void letsGoOfNothingElse(Fault fault) throws IOException {
        live(store -> SCRIPT.forEach(commit -> write(store, commit)));
        assertThat(writes).allMatch(write -> write.answer() == Answer.STORED);
        var full = home;
        var at = 1;
        while (letsGo(full, fault, at)) {
            at = after(at);
            assertThat(at).isLessThan(MOST);
        }
        assertThat(at).as("%s happened so often", fault).isGreaterThan(1);
    }

    /// One life in which what is old goes, with a fault on the way, and the next one after it.
    private boolean letsGo(Path full, Fault fault, int at) throws IOException {
        var where = "%s number %d".formatted(fault, at);
        home = folder.resolve("disk").resolve(fault + "-" + at);
        copy(full, home);
        disk.arm(fault, at);
        live(store -> {
            letGo(store);
            copyTo(where);
        });
        var reached = disk.disarm();
        if (Files.exists(folder.resolve(where))) {
            verifyNewest(folder.resolve(where), where + ", killed");
        }
        verifyNewest(home, where);
        return reached;
    }

    /// Opens, does something, and closes; what cannot be done is said.
    private void live(Consumer<SqliteStore> life) {
        try (var store = open(home)) {
            life.accept(store);
        } catch (CannotOpenException e) {
            assertThat(e).hasMessageContaining(home.toString());
        } catch (ProblemException e) {
            assertThat(e).hasMessageContaining("the database cannot be closed");
        }
    }

    private static SqliteStore open(Path home) {
        return SqliteStore.open(
                home.resolve("slipway.db"), StoreContract.NOON, StoreSettings.defaults());
    }

    private void write(Store store, Commit commit) {
        try {
            if (store.commit(commit) instanceof Outcome.Committed) {
                writes.add(new Write(commit, Answer.STORED));
            }
        } catch (ProblemException e) {
            assertThat(e).hasMessageContaining("the store cannot write");
            var unknown = e.getMessage().contains("cannot tell whether this was stored");
            writes.add(new Write(commit, unknown ? Answer.UNKNOWN : Answer.NOT_STORED));
        }
    }

    private static void letGo(SqliteStore store) {
        var later = Clock.offset(StoreContract.NOON, A_YEAR);
        var compactor = store.compactor(Retention.defaults(), later);
        try {
            while (compactor.step()) {}
        } catch (ProblemException e) {
            assertThat(e).hasMessageContaining("the store cannot");
        }
    }

    /// The log is what was written, in order: all that was acknowledged, and each commit as a whole or not at all.
    private void verify(Path home, String where) {
        assertSound(home, where);
        try (var store = open(home)) {
            var log = store.log(0, MOST);
            var at = 0;
            for (var write : writes) {
                var changes = write.commit().changes();
                var next = log.subList(at, Math.min(log.size(), at + changes.size()));
                var there = isLogged(changes, next);
                at += there ? changes.size() : 0;
                assertThat(write.answer())
                        .as(where + ": " + changes.getFirst().key())
                        .isIn(there ? Answer.STORED : Answer.NOT_STORED, Answer.UNKNOWN);
            }
            assertThat(at).as(where).isEqualTo(log.size());
        }
    }

    private static boolean isLogged(List<Change> changes, List<Revision> revisions) {
        return changes.size() == revisions.size()
                && IntStream.range(0, changes.size())
                        .allMatch(i -> isLogged(changes.get(i), revisions.get(i)));
    }

    private static boolean isLogged(Change change, Revision revision) {
        return revision.key().equals(change.key())
                && revision.operation() == change.operation()
                && (revision.shredded() || Arrays.equals(revision.body(), change.body()));
    }

    /// What is there is what the last writes made.
    private void verifyNewest(Path home, String where) {
        assertSound(home, where);
        try (var store = open(home)) {
            assertThat(store.state().list(Changes.SERVICES))
                    .as(where)
                    .extracting(object -> object.key().name())
                    .containsExactly("a", "b");
            assertThat(store.state().get(service("a")).orElseThrow().resource().at("text"))
                    .as(where)
                    .isEqualTo("three");
        }
    }

    private static void assertSound(Path home, String where) {
        // A file that was not made yet is made by the next start.
        open(home).close();
        var diagnosis = new SqliteCheckup(home.resolve("slipway.db"), _ -> {}).run();
        assertThat(diagnosis.findings()).as(where).isEmpty();
    }

    /// What a kill would leave at this moment.
    private void copyTo(String name) {
        try {
            copy(home, folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(file -> !file.toString().endsWith("-shm")).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
