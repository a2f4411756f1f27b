package dev.slipway.kernel.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/// A copy of a whole store at one revision in one file, made beside running writers and read back before it counts.
///
/// Sealed bodies stay sealed. What it holds can be restored into any medium, at any revision in it.
public final class Backup {
    /// What a backup holds.
    ///
    /// @param revisions how many
    /// @param first the number of the oldest one, 0 for an empty store
    /// @param firstTime when that was written
    /// @param newest the number that the store had come to, 0 for an empty one
    /// @param newestTime when it was written
    /// @param made when the backup was made
    /// @param bytes of the file
    /// @param keys whether the keys to the secrets are in it
    public record Summary(
            long revisions,
            long first,
            Instant firstTime,
            long newest,
            Instant newestTime,
            Instant made,
            long bytes,
            boolean keys) {}

    private static final String UNFINISHED = ".unfinished";

    /// How many entries are read together, each with its body.
    private static final int PAGE = 64;

    private final Source source;
    private final Clock clock;
    private final LongConsumer progress;
    private final List<Path> keyFiles;

    Backup(Source source, Clock clock, LongConsumer progress, List<Path> keyFiles) {
        this.source = source;
        this.clock = clock;
        this.progress = progress;
        this.keyFiles = List.copyOf(keyFiles);
    }

    /// A copy of a SQLite file, which may be in use.
    ///
    /// @param keyFiles what of the folder with the keys goes into it
    /// @param progress is told the last number that was copied, now and then
    public static Backup ofSqlite(
            Path database, Clock clock, List<Path> keyFiles, LongConsumer progress) {
        return new Backup(new SqliteFile(database), clock, progress, keyFiles);
    }

    /// A copy of a log on a PostgreSQL server, which may be in use; reading it is the only right that is needed.
    ///
    /// @param password absent where `~/.pgpass` or the server knows better
    public static Backup ofPostgres(
            PostgresAddress address,
            Optional<String> password,
            Clock clock,
            List<Path> keyFiles,
            LongConsumer progress) {
        var server = new PostgresServer(address, password);
        return new Backup(new PostgresSource(server), clock, progress, keyFiles);
    }

    /// Writes the file under another name first, and under its own once it was read back.
    public Summary to(Path file) {
        source.refuseForeign();
        refuseToReplaceAnythingElse(file);
        var unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            write(unfinished);
            var summary = summary(unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            DataFolder.sync(file.toAbsolutePath().getParent());
            return summary;
        } catch (SQLException e) {
            throw source.cannotOpen(e);
        } catch (IOException e) {
            throw new CannotOpenException(
                    "cannot write the backup %s: %s".formatted(file, CannotOpenException.reason(e)),
                    e);
        } finally {
            delete(unfinished);
        }
    }

    /// Whatever is replaced is a backup, or one that was cut short: never a database or a key.
    private static void refuseToReplaceAnythingElse(Path file) {
        try {
            if (Files.exists(file) && !BackupReader.isBackup(file)) {
                throw new CannotOpenException(
                        "%s is no backup and will not be replaced by one; name another file"
                                .formatted(file));
            }
        } catch (IOException e) {
            throw new CannotOpenException(
                    "cannot read %s, which is to be replaced: %s"
                            .formatted(file, CannotOpenException.reason(e)),
                    e);
        }
    }

    /// What a backup holds; reads and verifies all of it.
    public static Summary summary(Path file) throws IOException {
        try (var reader = BackupReader.open(file)) {
            var counted = new Count(reader.header());
            for (var record = reader.next(); record.isPresent(); record = reader.next()) {
                counted.add(record.get());
            }
            return counted.summary(Files.size(file));
        }
    }

    private void write(Path file) throws IOException, SQLException {
        Files.deleteIfExists(file);
        Files.createFile(file);
        DataFolder.keepPrivate(file, "rw-------");
        try (var connection = source.snapshot();
                var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            write(connection, Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    /// Does not close the stream, which still has to be brought to the disk.
    private void write(Connection connection, OutputStream file) throws IOException, SQLException {
        var out = new BackupWriter(file);
        var reader = new SqlReader(connection, "", Vault.locked());
        var tip = reader.tip();
        out.add(new BackupRecord.Header(header(tip.number())));
        for (var hole : reader.holes()) {
            out.add(new BackupRecord.Gone(hole));
        }
        for (var reached : reader.horizons().entrySet()) {
            out.add(new BackupRecord.Reached(reached.getKey(), reached.getValue()));
        }
        for (var key : reader.dataKeys().entrySet()) {
            out.add(new BackupRecord.DataKey(key.getKey(), key.getValue()));
        }
        for (var key : keyFiles) {
            out.add(
                    new BackupRecord.KeyFile(
                            key.getFileName().toString(), Files.readAllBytes(key)));
        }
        entries(reader, tip.number(), out);
        out.finish();
    }

    private void entries(SqlReader reader, long newest, BackupWriter out)
            throws IOException, SQLException {
        long at = 0;
        for (var page = reader.entries(at, PAGE);
                !page.isEmpty();
                page = reader.entries(at, PAGE)) {
            for (var entry : page) {
                out.add(new BackupRecord.Logged(entry));
            }
            at = page.getLast().revision().number();
            progress.accept(at);
        }
        if (at < newest && reader.hole(newest).isEmpty()) {
            throw SqlRows.damaged("revision %d is missing in the log".formatted(at + 1));
        }
    }

    private Map<String, Object> header(long newest) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("format", BackupWriter.FORMAT);
        tree.put("layout", (long) SqlTables.LAYOUT);
        tree.put("newest", newest);
        tree.put("made", clock.instant().toString());
        return tree;
    }

    private static void delete(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException _) {
            // What is left over is named as unfinished, and overwritten by the next attempt.
        }
    }

    /// Adds up what a backup holds.
    private static final class Count {
        private long revisions;
        private long first;
        private Instant firstTime = Instant.EPOCH;
        private long newest;
        private Instant time = Instant.EPOCH;
        private final Instant made;
        private boolean keys;

        /// The log may end with numbers that were never given out, or are gone.
        Count(BackupRecord.Header header) {
            newest = header.tree().get("newest") instanceof Long tip ? tip : 0;
            made = made(header);
        }

        void add(BackupRecord record) {
            switch (record) {
                case BackupRecord.Logged(var entry) -> {
                    if (revisions == 0) {
                        first = entry.revision().number();
                        firstTime = entry.revision().time();
                    }
                    revisions++;
                    newest = Math.max(newest, entry.revision().number());
                    time = entry.revision().time();
                }
                case BackupRecord.KeyFile _ -> keys = true;
                case BackupRecord.Header _,
                        BackupRecord.Reached _,
                        BackupRecord.Gone _,
                        BackupRecord.DataKey _,
                        BackupRecord.Trailer _ -> {}
            }
        }

        Summary summary(long bytes) {
            return new Summary(
                    revisions,
                    first,
                    firstTime,
                    newest,
                    time,
                    made.isBefore(time) ? time : made,
                    bytes,
                    keys);
        }

        private static Instant made(BackupRecord.Header header) {
            try {
                return header.tree().get("made") instanceof String text
                        ? Instant.parse(text)
                        : Instant.EPOCH;
            } catch (DateTimeParseException _) {
                return Instant.EPOCH;
            }
        }
    }
}
