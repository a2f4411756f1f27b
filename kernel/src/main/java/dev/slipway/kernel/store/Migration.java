package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ProblemException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Brings a file of layout 1 to the present one: writes another file beside it, reads that back, and puts it in the
/// old one's place, which is kept under another name.
///
/// Until the last step the old file is the database: whatever ends the process, the next start begins anew. The folder
/// must be taken.
final class Migration {
    /// What the new file is called until it is whole.
    static final String UNFINISHED = ".migrating";

    /// How many names are tried for the copy before somebody has to tidy up.
    private static final int MAX_COPIES = 100;

    private static final int PAGE = 256;

    /// From how many revisions on it is said how far it has come, and how often.
    private static final int PROGRESS = 50_000;

    private static final Logger LOG = System.getLogger(Migration.class.getName());

    private final SqliteFile old;
    private final SqliteFile fresh;
    private final Keyring keyring;
    private final Disk disk;

    Migration(SqliteFile old, Keyring keyring, Disk disk) {
        this.old = old;
        this.fresh = new SqliteFile(sibling(old.path(), UNFINISHED));
        this.keyring = keyring;
        this.disk = disk;
    }

    /// On return the file has the present layout; throws [CannotOpenException], and leaves the old file as it is.
    void run() {
        try {
            removeFresh();
            var revisions = write();
            check();
            var copy = swap();
            LOG.log(
                    Level.WARNING,
                    "%s was brought to layout %d, with all %d revisions. The file as it was is kept as %s and holds secrets"
                                    .formatted(old.path(), SqlTables.LAYOUT, revisions, copy)
                            + " in the clear: delete it once you need it no more (rm '%s')"
                                    .formatted(copy));
        } catch (SQLException e) {
            throw failed(SqliteDatabase.isFull(e) ? "the disk is full" : reason(e), e);
        } catch (IOException e) {
            throw failed(CannotOpenException.reason(e), e);
        } catch (ProblemException | CannotOpenException e) {
            throw failed(reason(e), e);
        }
    }

    /// Writes all revisions anew: chained as now, sealed where they are confidential.
    private long write() throws SQLException {
        fresh.prepare();
        try (var log = FormerLog.open(old);
                var writer = writer()) {
            var newest = log.newest();
            long known = 0;
            for (var page = log.next(PAGE); !page.isEmpty(); page = log.next(PAGE)) {
                writer.append(known, new Copied(page));
                known = page.getLast().number();
                progress("written", known, newest);
            }
            return newest;
        }
    }

    private SqlWriter writer() throws SQLException {
        var connection = fresh.writer();
        try {
            var vault = keyring.unlock(connection, SqlTables.SQLITE);
            return new SqlWriter(connection, SqlTables.SQLITE, vault);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// Reads the new file as a store would and compares it with the old one, revision by revision and key by key.
    private void check() throws SQLException {
        try (var log = FormerLog.open(old);
                var connection = fresh.writer()) {
            var vault = keyring.unlock(connection, SqlTables.SQLITE);
            var reader = new SqlReader(connection, "", vault);
            var newest = log.newest();
            long known = 0;
            for (var page = log.next(PAGE); !page.isEmpty(); page = log.next(PAGE)) {
                compare(page, written(reader, known, page.size()));
                known = page.getLast().number();
                progress("checked", known, newest);
            }
            reader.state();
            compareHeads(connection);
            try (var statement = connection.createStatement()) {
                statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            }
        }
    }

    private static List<Entry> written(SqlReader reader, long after, int count)
            throws SQLException {
        var written = new ArrayList<>(reader.entries(after, count));
        while (!written.isEmpty() && written.size() < count) {
            var more =
                    reader.entries(written.getLast().revision().number(), count - written.size());
            if (more.isEmpty()) {
                break;
            }
            written.addAll(more);
        }
        return written;
    }

    private static void compare(List<Revision> wanted, List<Entry> written) {
        for (int i = 0; i < wanted.size(); i++) {
            if (i >= written.size() || !same(wanted.get(i), written.get(i).revision())) {
                throw SqlRows.damaged(
                        "revision %d was not written as it was".formatted(wanted.get(i).number()));
            }
        }
    }

    private static boolean same(Revision one, Revision other) {
        return one.number() == other.number()
                && one.key().equals(other.key())
                && one.uid().equals(other.uid())
                && one.operation() == other.operation()
                && one.previous() == other.previous()
                && one.attribution().equals(other.attribution())
                && one.time().equals(other.time())
                && one.batch() == other.batch()
                && (other.shredded() || Arrays.equals(one.body(), other.body()));
    }

    /// The heads of the old file must be those that its log gives: nothing may have been lost at its end.
    private void compareHeads(Connection connection) throws SQLException {
        try (var attach = connection.prepareStatement("ATTACH ? AS former")) {
            attach.setString(1, old.path().toString());
            attach.execute();
        }
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT plural, namespace, name FROM (
                                    SELECT cluster, api_group, plural, namespace, name, number, body IS NULL
                                    FROM former.head
                                    EXCEPT
                                    SELECT cluster, api_group, plural, namespace, name, number, body IS NULL
                                    FROM main.head)
                                UNION ALL
                                SELECT plural, namespace, name FROM (
                                    SELECT cluster, api_group, plural, namespace, name, number, body IS NULL
                                    FROM main.head
                                    EXCEPT
                                    SELECT cluster, api_group, plural, namespace, name, number, body IS NULL
                                    FROM former.head)
                                LIMIT 1\
                                """)) {
            if (rows.next()) {
                throw SqlRows.damaged(
                        "the newest state of %s %s/%s is not the one in the log"
                                .formatted(
                                        rows.getString(1), rows.getString(2), rows.getString(3)));
            }
        }
        try (var statement = connection.createStatement()) {
            statement.execute("DETACH former");
        }
    }

    /// Keeps the old file under another name and puts the new one in its place.
    private Path swap() throws IOException, SQLException {
        try (var connection = old.writer();
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            statement.execute("PRAGMA journal_mode = DELETE");
        }
        old.refuseScattered();
        fresh.refuseScattered();
        var folder = old.path().toAbsolutePath().getParent();
        disk.sync(fresh.path());
        var copy = kept();
        disk.syncNames(folder);
        disk.move(fresh.path(), old.path());
        disk.syncNames(folder);
        return copy;
    }

    /// Another name for the old file, which only its owner reads; one that is already there is another migration's.
    private Path kept() throws IOException {
        for (int i = 1; i <= MAX_COPIES; i++) {
            var copy = sibling(old.path(), ".layout-" + FormerLog.LAYOUT + (i == 1 ? "" : "-" + i));
            if (Files.exists(copy) && Files.isSameFile(copy, old.path())) {
                return copy;
            }
            if (!Files.exists(copy)) {
                DataFolder.keepPrivate(old.path(), "rw-------");
                keep(copy);
                return copy;
            }
        }
        throw new FileAlreadyExistsException(
                sibling(old.path(), ".layout-" + FormerLog.LAYOUT).toString(),
                null,
                "there are %d copies already, delete some".formatted(MAX_COPIES));
    }

    private void keep(Path copy) throws IOException {
        try {
            disk.link(copy, old.path());
        } catch (UnsupportedOperationException | FileSystemException _) {
            var unfinished = sibling(copy, UNFINISHED);
            disk.copy(old.path(), unfinished);
            disk.sync(unfinished);
            disk.move(unfinished, copy);
        }
    }

    private void removeFresh() throws IOException {
        for (var end : List.of("", "-wal", "-shm", "-journal")) {
            disk.delete(sibling(fresh.path(), end));
        }
    }

    private CannotOpenException failed(String why, Exception cause) {
        try {
            removeFresh();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new CannotOpenException(
                "cannot bring the database %s from layout %d to %d, it %s: %s"
                        .formatted(
                                old.path(),
                                FormerLog.LAYOUT,
                                SqlTables.LAYOUT,
                                isSwapped(cause)
                                        ? "has the new one and may not be on the disk yet; start again"
                                        : "is left as it was",
                                why),
                cause);
    }

    /// Whether the new file is in the old one's place already.
    private boolean isSwapped(Exception cause) {
        try {
            return !old.isFormer();
        } catch (CannotOpenException e) {
            cause.addSuppressed(e);
            return false;
        }
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static void progress(String done, long number, long newest) {
        if (newest >= PROGRESS && number / PROGRESS > (number - PAGE) / PROGRESS) {
            LOG.log(
                    Level.WARNING,
                    "bringing the database to layout %d: %d of %d revisions %s"
                            .formatted(SqlTables.LAYOUT, number, newest, done));
        }
    }

    private static Path sibling(Path path, String end) {
        return path.resolveSibling(path.getFileName() + end);
    }

    /// A page that is written as it is.
    private record Copied(List<Revision> page) implements Database.Decision {
        @Override
        public void missed(List<Revision> missed) {
            throw new IllegalStateException("nobody else writes the new file");
        }

        @Override
        public List<Revision> decide(long epoch) {
            return page;
        }
    }
}
