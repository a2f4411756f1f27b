package dev.slipway.kernel.store;

import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The connection that compaction looks along a log with: made when it is first needed, kept, and made anew when it is
/// lost. Safe for any thread.
final class PostgresSurvey implements AutoCloseable {
    /// A look at some of the log, all at one moment.
    interface Look<T> {
        T at(SqlSurvey survey) throws SQLException;
    }

    private final PostgresServer server;
    private final ReentrantLock looking = new ReentrantLock();
    private @Nullable SqlSurvey survey;

    PostgresSurvey(PostgresServer server) {
        this.server = server;
    }

    /// What is found; looked for a second time where the connection had gone stale.
    <T> T look(Look<T> look) throws SQLException {
        looking.lock();
        try {
            return once(look);
        } catch (SQLException e) {
            if (!PostgresFailure.passing(e)) {
                throw e;
            }
            return once(look);
        } finally {
            looking.unlock();
        }
    }

    @Override
    public void close() {
        looking.lock();
        try {
            drop();
        } finally {
            looking.unlock();
        }
    }

    private <T> T once(Look<T> look) throws SQLException {
        var seen = false;
        try {
            var open = open();
            var found = look.at(open);
            open.done();
            seen = true;
            return found;
        } finally {
            if (!seen) {
                drop();
            }
        }
    }

    private SqlSurvey open() throws SQLException {
        var open = survey;
        if (open == null) {
            open = new SqlSurvey(server.reader());
            survey = open;
        }
        return open;
    }

    /// A connection that cannot be closed is one that is gone.
    private void drop() {
        var dropped = survey;
        survey = null;
        try {
            if (dropped != null) {
                dropped.close();
            }
        } catch (SQLException _) {
            return;
        }
    }
}
