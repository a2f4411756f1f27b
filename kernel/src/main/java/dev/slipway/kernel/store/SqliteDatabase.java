package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A log in one SQLite file: one connection that reads, under a lock, and one that writes.
final class SqliteDatabase implements Database {
    private static final int SECONDS_TO_RETRY = 5;

    private final SqliteFile file;
    private final SqliteReader reader;
    private final ReentrantLock reading = new ReentrantLock();

    /// Absent after a failure, until the next append opens it again.
    private @Nullable SqliteWriter writer;

    private SqliteDatabase(SqliteFile file, SqliteReader reader, SqliteWriter writer) {
        this.file = file;
        this.reader = reader;
        this.writer = writer;
    }

    /// Opens a file, made when it is missing; throws [CannotOpenException].
    static SqliteDatabase open(SqliteFile file) {
        file.prepare();
        try {
            var writer = new SqliteWriter(file.writer());
            return new SqliteDatabase(file, new SqliteReader(file.reader()), writer);
        } catch (SQLException e) {
            throw file.cannotOpen(e);
        }
    }

    @Override
    public StateView load() {
        return read(SqliteReader::state);
    }

    @Override
    public void append(List<Revision> revisions) {
        try {
            writer().append(revisions);
        } catch (SQLException e) {
            dropWriterAfter(e);
            throw unavailable("the store cannot write, nothing was stored", e);
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

    @Override
    public List<Revision> history(ResourceKey key, int limit) {
        return read(from -> {
            var history = new ArrayList<Revision>();
            var entry = from.entry(from.head(key));
            while (entry.isPresent() && history.size() < limit) {
                history.add(entry.get().revision());
                entry = from.entry(entry.get().link());
            }
            return history;
        });
    }

    @Override
    public void close() {
        reading.lock();
        try {
            reader.close();
            dropWriter();
        } catch (SQLException e) {
            throw unavailable("the database cannot be closed", e);
        } finally {
            reading.unlock();
        }
    }

    /// The connection that writes, opened again after a failure.
    SqliteWriter writer() throws SQLException {
        var open = writer;
        if (open == null) {
            open = new SqliteWriter(file.writer());
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
            throw unavailable("the store cannot read", e);
        } finally {
            reading.unlock();
        }
    }

    private static ProblemException unavailable(String what, SQLException e) {
        var problem =
                Problem.of(Reason.SERVICE_UNAVAILABLE, what + ": " + e.getMessage())
                        .retryAfter(SECONDS_TO_RETRY)
                        .exception();
        problem.initCause(e);
        return problem;
    }

    private interface Read<T> {
        T from(SqliteReader reader) throws SQLException;
    }
}
