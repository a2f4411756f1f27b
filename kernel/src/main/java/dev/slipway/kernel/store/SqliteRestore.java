package dev.slipway.kernel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Restores a backup into a folder that the caller has taken. What is there is touched only once the new database was
/// written beside it, looked through and found sound.
public final class SqliteRestore {
    /// What came of it.
    ///
    /// @param revision the newest one that was restored
    /// @param time as of which the store is now
    /// @param next the number that the next revision gets
    /// @param lost the resources that could not come back, because their keys were destroyed
    /// @param kept where the database is now that was there before
    /// @param hints what the caller should know of the keys
    public record Done(
            long revision,
            Instant time,
            long next,
            List<String> lost,
            Optional<Path> kept,
            List<String> hints) {
        public Done {
            lost = List.copyOf(lost);
            hints = List.copyOf(hints);
        }
    }

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
    public Done to(Moment moment) {
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

    private Done restored(Moment moment) throws IOException {
        var summary = Backup.summary(backup);
        var restore = new Restore(backup, clock, progress);
        var upTo = restore.number(moment, summary);
        var beside = folder.resolve(BESIDE);
        try {
            remove(beside);
            var lost = write(restore, beside, summary.newest(), upTo);
            var hints = putKeys(restore.keyFiles());
            var kept = putAside();
            Files.move(beside, database(), StandardCopyOption.ATOMIC_MOVE);
            DataFolder.sync(folder.path());
            var next = summary.newest() + Restore.LEAP + 1;
            return new Done(restore.newest(), restore.time(), next, lost, kept, hints);
        } finally {
            remove(beside);
        }
    }

    private List<String> write(Restore restore, Path beside, long newest, long upTo) {
        var file = new SqliteFile(beside);
        file.prepare();
        try (var connection = file.writer();
                var statement = connection.createStatement()) {
            var lost = restore.write(connection, SqlTables.SQLITE, newest, upTo);
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            refuseUnsound(new SqliteCheckup(beside, _ -> {}).run());
            return lost;
        } catch (SQLException e) {
            throw file.cannotOpen(e);
        }
    }

    private void refuseUnsound(Diagnosis diagnosis) {
        if (!diagnosis.sound()) {
            var first = diagnosis.findings().getFirst();
            throw new CannotOpenException(
                    "what was restored from %s is not sound: %s %s; nothing was changed"
                            .formatted(backup, first.place(), first.what()));
        }
    }

    private void refuseFilled() {
        if (!replace && Files.exists(database())) {
            throw new CannotOpenException(
                    "there is a database in %s already; restore into an empty folder, or add --force, which keeps it as a copy"
                            .formatted(folder.path()));
        }
    }

    /// The keys of the target stay; what it does not have comes from the backup.
    private List<String> putKeys(Map<String, byte[]> files) throws IOException {
        var keys = folder.resolve(DataFolder.KEYS);
        var hints = new ArrayList<String>();
        if (files.isEmpty() && !Files.exists(keys.resolve(Keyring.FILE))) {
            hints.add(
                    "The backup holds no keys: put the %s of the old folder into %s before the start, else its secrets cannot be read."
                            .formatted(Keyring.FILE, keys));
        }
        for (var file : files.entrySet()) {
            if (Path.of(file.getKey()).getNameCount() == 1) {
                putKey(keys, file.getKey(), file.getValue()).ifPresent(hints::add);
            }
        }
        return hints;
    }

    private static Optional<String> putKey(Path keys, String name, byte[] content)
            throws IOException {
        var file = keys.resolve(name);
        if (!Files.exists(file)) {
            DataFolder.writePrivate(file, content);
            return Optional.empty();
        }
        if (Arrays.equals(Files.readAllBytes(file), content) || !name.equals(Keyring.FILE)) {
            return Optional.empty();
        }
        DataFolder.writePrivate(keys.resolve(Keyring.OLD), content);
        return Optional.of(
                "The key of the backup lies in %s: the next start wraps the secrets with the folder's own key."
                        .formatted(keys.resolve(Keyring.OLD)));
    }

    private Optional<Path> putAside() throws IOException {
        if (!Files.exists(database())) {
            return Optional.empty();
        }
        var stamp = clock.instant().toString().replaceAll("[:.]", "-");
        var kept = folder.resolve(DataFolder.DATABASE + ".before-" + stamp);
        for (var companion : COMPANIONS) {
            var from = Path.of(database() + companion);
            if (Files.exists(from)) {
                Files.move(from, Path.of(kept + companion), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return Optional.of(kept);
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
