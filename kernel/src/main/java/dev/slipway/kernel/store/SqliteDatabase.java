package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// A log in one SQLite file: one connection that reads, under a lock, and one that writes.
final class SqliteDatabase implements Database, Compactable {
    private static final int SECONDS_TO_RETRY = 5;

    private final SqliteFile file;
    private final Vault vault;
    private final SqlReader reader;
    private final SqlPast past;
    private final ReentrantLock reading = new ReentrantLock();

    private final ReentrantLock surveying = new ReentrantLock();

    /// Absent until compaction begins.
    private @Nullable SqlSurvey survey;

    /// Absent after a failure, until the next append opens it again.
    private @Nullable SqlWriter writer;

    private SqliteDatabase(SqliteFile file, Vault vault, SqlReader reader, SqlWriter writer)
            throws SQLException {
        this.file = file;
        this.vault = vault;
        this.reader = reader;
        this.past = new SqlPast(reader);
        this.writer = writer;
    }

    /// Opens a file, made when it is missing; throws [CannotOpenException].
    static SqliteDatabase open(SqliteFile file, Keyring keyring) {
        file.refuseEmptied(keyring.isUsed());
        if (file.isFormer()) {
            new Migration(file, keyring, Disk.REAL).run();
        }
        file.prepare();
        try {
            var connection = file.writer();
            var vault = keyring.unlock(connection, SqlTables.SQLITE);
            var writer = new SqlWriter(connection, SqlTables.SQLITE, vault);
            var reader = new SqlReader(file.reader(), "", vault);
            return new SqliteDatabase(file, vault, reader, writer);
        } catch (SQLException e) {
            throw file.cannotOpen(e);
        }
    }

    @Override
    public StateView load() {
        return read(SqlReader::state);
    }

    @Override
    public long newest() {
        return read(SqlReader::tip).number();
    }

    @Override
    public void append(long known, Decision decision) {
        try {
            writer().append(known, decision);
        } catch (SQLException e) {
            dropWriterAfter(e);
            throw problem(
                    isUnconfirmed(e)
                            ? "the store cannot write, and cannot tell whether this was stored"
                            : "the store cannot write, nothing was stored",
                    e);
        }
    }

    @Override
    public Optional<Revision> revision(long number) {
        return read(from -> from.entry(number)).map(Entry::revision);
    }

    @Override
    public List<Revision> log(long after, int limit) {
        return read(from -> from.entries(after, limit)).stream().map(Entry::revision).toList();
    }

    /// The tip is read first: what is appended meanwhile is no gap.
    @Override
    public List<Revision> following(long known, int limit) {
        return read(from -> {
            var newest = from.tip().number();
            var page = from.entries(known, limit);
            OutrunException.refuseGaps(from, known, page, newest);
            return page.stream().map(Entry::revision).toList();
        });
    }

    @Override
    public List<Revision> history(ResourceKey key, long before, int limit) {
        return read(_ -> past.history(key, before, limit));
    }

    @Override
    public Optional<Revision> at(ResourceKey key, long number) {
        return read(_ -> past.at(key, number));
    }

    @Override
    public List<Revision> past(KindKey kind, long number) {
        return read(_ -> past.past(kind, number));
    }

    @Override
    public long numberAt(Instant time) {
        return read(_ -> past.numberAt(time));
    }

    @Override
    public Instant newestTime() {
        return read(_ -> past.newestTime());
    }

    @Override
    public Horizon horizon(KindKey kind) {
        return read(from -> from.horizon(kind));
    }

    @Override
    public Horizon horizon() {
        return read(SqlReader::horizon);
    }

    @Override
    public Findings survey(Retention retention, Duration period, long after, Instant now) {
        surveying.lock();
        try {
            return survey().examine(retention, period, after, now);
        } catch (SQLException e) {
            throw problem("the store cannot look for what it may let go", e);
        } finally {
            surveying.unlock();
        }
    }

    @Override
    public int remove(List<Removal> removals) {
        try {
            return writer().remove(removals);
        } catch (SQLException e) {
            dropWriterAfter(e);
            throw problem("the store cannot let go of what is old", e);
        }
    }

    @Override
    public Packable packable(Duration age, long after, Instant now) {
        surveying.lock();
        try {
            return survey().packable(age, after, now);
        } catch (SQLException e) {
            throw problem("the store cannot look for what it may pack", e);
        } finally {
            surveying.unlock();
        }
    }

    @Override
    public long pack(List<Repacking> repackings) {
        try {
            return writer().pack(repackings);
        } catch (SQLException e) {
            dropWriterAfter(e);
            throw problem("the store cannot pack what is old", e);
        }
    }

    @Override
    public boolean shrink() {
        try {
            return writer().shrink();
        } catch (SQLException e) {
            dropWriterAfter(e);
            throw problem("the store cannot give room back", e);
        }
    }

    @Override
    public void close() {
        reading.lock();
        surveying.lock();
        try {
            reader.close();
            if (survey != null) {
                survey.close();
            }
            dropWriter();
        } catch (SQLException e) {
            throw problem("the database cannot be closed", e);
        } finally {
            surveying.unlock();
            reading.unlock();
        }
    }

    private SqlSurvey survey() throws SQLException {
        var open = survey;
        if (open == null) {
            open = new SqlSurvey(file.reader());
            survey = open;
        }
        return open;
    }

    /// The connection that writes, opened again after a failure.
    SqlWriter writer() throws SQLException {
        var open = writer;
        if (open == null) {
            open = new SqlWriter(file.writer(), SqlTables.SQLITE, vault);
            writer = open;
        }
        return open;
    }

    private void dropWriter() throws SQLException {
        var dropped = writer;
        writer = null;
        if (dropped != null) {
            dropped.close();
        }
    }

    private void dropWriterAfter(SQLException failure) {
        try {
            dropWriter();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private <T> T read(Read<T> read) {
        reading.lock();
        try {
            return read.from(reader);
        } catch (SQLException e) {
            throw problem("the store cannot read", e);
        } finally {
            reading.unlock();
        }
    }

    /// Whether all was written, and the disk did not say that it will last: it may be found there after a crash.
    private static boolean isUnconfirmed(SQLException e) {
        return e instanceof SQLiteException known
                && known.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_FSYNC;
    }

    /// Whether there is no room for what was to be written.
    static boolean isFull(SQLException e) {
        return e instanceof SQLiteException known
                && known.getResultCode() == SQLiteErrorCode.SQLITE_FULL;
    }

    private static ProblemException problem(String what, SQLException e) {
        var full = isFull(e);
        var problem =
                Problem.of(
                                full ? Reason.INSUFFICIENT_STORAGE : Reason.SERVICE_UNAVAILABLE,
                                what + ": " + (full ? "the disk is full" : e.getMessage()))
                        .retryAfter(SECONDS_TO_RETRY)
                        .exception();
        problem.initCause(e);
        return problem;
    }

    private interface Read<T> {
        T from(SqlReader reader) throws SQLException;
    }
}
