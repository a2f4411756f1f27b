package dev.slipway.kernel.store;

import static dev.slipway.kernel.store.Changes.commit;
import static dev.slipway.kernel.store.Changes.creation;
import static dev.slipway.kernel.store.Changes.deletion;
import static dev.slipway.kernel.store.Changes.service;
import static dev.slipway.kernel.store.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.ProblemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each statement and each commit of a short life fails once: what was acknowledged is there, what was refused is not.
class SqliteFaultIT {
    /// More faults than a short life can have, so that the loop ends in any case.
    private static final int MOST = 2_000;

    @TempDir Path folder;

    /// What a life left: the commits that have to be in the log, as often as they are here.
    private final List<Commit> kept = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DISK_IS_FULL")
    void survivesEachFaultInTurn(FaultyDriver.Fault fault) throws SQLException {
        var at = 1;
        while (live(fault, at)) {
            verify(fault, at);
            at++;
            assertThat(at).isLessThan(MOST);
        }
        assertThat(at).as("%s happened so often", fault).isGreaterThan(5);
    }

    /// Opens, writes and reads with one fault on the way; false when there was none any more.
    private boolean live(FaultyDriver.Fault fault, int at) throws SQLException {
        kept.clear();
        try (var faulty = FaultyDriver.open(fault, at)) {
            try (var store = opened(fault, at)) {
                for (var commit : script()) {
                    write(store, commit, fault);
                    read(store);
                }
            } catch (ProblemException e) {
                assertThat(e).as("closing").hasMessageContaining("planted");
            }
            return faulty.reached();
        }
    }

    /// A start that fails says of which file and why, and the next one works.
    private SqliteStore opened(FaultyDriver.Fault fault, int at) {
        try {
            return SqliteStore.open(file(fault, at), StoreContract.NOON, StoreSettings.defaults());
        } catch (CannotOpenException e) {
            assertThat(e).hasMessageContaining("slipway.db").hasMessageContaining("planted");
            return SqliteStore.open(file(fault, at), StoreContract.NOON, StoreSettings.defaults());
        }
    }

    private static List<Commit> script() {
        return List.of(
                commit(creation(service("a"), "one")),
                commit(creation(service("b"), "one"), creation(service("c"), "one")),
                commit(update(service("a"), "two")),
                commit(deletion(service("b"), "one")),
                commit(creation(service("d"), "one")));
    }

    /// A write that fails says why; the next one works, whatever became of the one before.
    private void write(Store store, Commit commit, FaultyDriver.Fault fault) {
        try {
            note(commit, store.commit(commit));
        } catch (ProblemException e) {
            assertThat(e)
                    .hasMessageContaining("the store cannot write")
                    .hasMessageContaining("planted");
            if (fault == FaultyDriver.Fault.COMMIT_LOSES_ITS_ANSWER) {
                kept.add(commit);
            }
            note(commit, store.commit(commit));
        }
    }

    private void note(Commit commit, Outcome outcome) {
        if (outcome instanceof Outcome.Committed) {
            kept.add(commit);
        }
    }

    private static void read(Store store) {
        try {
            assertThat(store.log(0, 100)).isNotEmpty();
            assertThat(store.history(service("a"), 10)).isNotEmpty();
        } catch (ProblemException e) {
            assertThat(e)
                    .hasMessageContaining("the store cannot read")
                    .hasMessageContaining("planted");
        }
    }

    private void verify(FaultyDriver.Fault fault, int at) {
        try (var store =
                SqliteStore.open(file(fault, at), StoreContract.NOON, StoreSettings.defaults())) {
            var where = "%s number %d".formatted(fault, at);
            var log = store.log(0, 100);
            for (var commit : kept) {
                assertThat(times(commit, log))
                        .as(where)
                        .isEqualTo(Collections.frequency(kept, commit));
            }
            assertThat(log)
                    .as(where)
                    .hasSize(kept.stream().mapToInt(commit -> commit.changes().size()).sum())
                    .extracting(Revision::number)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    /// How often all changes of a commit are in a log; some of them without the others are an error.
    private static int times(Commit commit, List<Revision> log) {
        var times =
                commit.changes().stream()
                        .map(change ->
                                log.stream()
                                        .filter(revision ->
                                                revision.key().equals(change.key())
                                                        && revision.operation()
                                                                == change.operation()
                                                        && java.util.Arrays.equals(
                                                                revision.body(), change.body()))
                                        .count())
                        .distinct()
                        .toList();
        assertThat(times).as("%s is kept whole", commit.changes().getFirst().key()).hasSize(1);
        return Math.toIntExact(times.getFirst());
    }

    private Path file(FaultyDriver.Fault fault, int at) {
        return folder.resolve(fault + "-" + at).resolve("slipway.db");
    }
}
