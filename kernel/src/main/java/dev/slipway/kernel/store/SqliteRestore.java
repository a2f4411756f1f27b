package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Restores a backup into a folder that the caller has taken. What is there is touched only once the new database was
/// written beside it, looked through and found sound.
public final class SqliteRestore {
    private static final String BESIDE = DataFolder.DATABASE + ".restoring";
    private static final List<String> COMPANIONS = List.of("", "-wal", "-shm");

    private final DataFolder folder;
    private final Path backup;
    private final boolean replace;
    private final Clock clock;
    private final LongConsumer progress;

    /// @param replace whether a database that is there may be put aside
    /// @param progress is told the last number that was written, now and then
    public SqliteRestore(
            DataFolder folder, Path backup, boolean replace, Clock clock, LongConsumer progress) {
        this.folder = folder;
        this.backup = backup;
        this.replace = replace;
        this.clock = clock;
        this.progress = progress;
    }

    /// Restores the store as of a moment; throws [CannotOpenException], and then nothing was changed.
    public Restored to(Moment moment) {
        refuseFilled();
        try {
            return restored(moment);
        } catch (IOException e) {
            throw new CannotOpenException(
                    "cannot restore into %s: %s; nothing was changed"
                            .formatted(folder.path(), CannotOpenException.reason(e)),
                    e);
        }
    }

    private Restored restored(Moment moment) throws IOException {
        var summary = Backup.summary(backup);
        var restore = new Restore(backup, clock, progress);
        var upTo = restore.number(moment, summary);
        var beside = folder.resolve(BESIDE);
        try {
            remove(beside);
            var lost = write(restore, beside, reached(summary), upTo);
            new SqliteFile(beside).refuseScattered();
            var hints = new RestoredKeys(folder).put(restore.keyFiles());
            var kept = keep();
            Files.move(beside, database(), StandardCopyOption.ATOMIC_MOVE);
            DataFolder.sync(folder.path());
            return restore.done(upTo, lost, kept, hints);
        } finally {
            remove(beside);
        }
    }

    private List<String> write(Restore restore, Path beside, long reached, long upTo) {
        var file = new SqliteFile(beside);
        file.prepare();
        try (var connection = file.writer();
                var statement = connection.createStatement()) {
            var lost = restore.write(connection, SqlTables.SQLITE, reached, upTo);
            statement.execute("COMMIT");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            restore.refuseUnsound(new SqliteCheckup(beside, Optional.empty(), _ -> {}).run());
            return lost;
        } catch (SQLException e) {
            throw file.cannotOpen(e);
        }
    }

    private void refuseFilled() {
        if (!replace && Files.exists(database())) {
            throw new CannotOpenException(
                    "there is a database in %s already; restore into an empty folder, or add --force, which keeps it as a copy"
                            .formatted(folder.path()));
        }
    }

    /// The newest number that may have been given out. A database that cannot be read may itself have been restored from
    /// this backup.
    private long reached(Backup.Summary summary) {
        if (!Files.exists(database())) {
            return summary.newest();
        }
        try (var connection = new SqliteFile(database()).reader()) {
            var tip = new SqlReader(connection, "", Vault.locked()).tip();
            return Math.max(summary.newest(), tip.number());
        } catch (SQLException | ProblemException _) {
            return summary.newest() + Restore.LEAP;
        }
    }

    /// Gives what is there a second name, so that the database's own name is never without one.
    private Optional<Path> keep() throws IOException {
        if (!Files.exists(database())) {
            return Optional.empty();
        }
        gather();
        var stamp = clock.instant().toString().replaceAll("[:.]", "-");
        var kept = folder.resolve(DataFolder.DATABASE + ".before-" + stamp);
        for (var companion : COMPANIONS) {
            var from = Path.of(database() + companion);
            if (Files.exists(from)) {
                keep(from, Path.of(kept + companion));
            }
        }
        DataFolder.sync(folder.path());
        Files.deleteIfExists(Path.of(database() + "-wal"));
        Files.deleteIfExists(Path.of(database() + "-shm"));
        return Optional.of(kept);
    }

    /// Brings all that was written into the file itself; one that is damaged stays as it is, with what lies beside it.
    private void gather() {
        try (var connection = new SqliteFile(database()).writer();
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException _) {
            return;
        }
    }

    private static void keep(Path from, Path to) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | FileSystemException _) {
            Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void remove(Path database) throws IOException {
        for (var companion : COMPANIONS) {
            Files.deleteIfExists(Path.of(database + companion));
        }
    }

    private Path database() {
        return folder.resolve(DataFolder.DATABASE);
    }
}
