package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// A few connections that read; each question sees the log at one moment. Safe for any thread.
final class PostgresReaders implements AutoCloseable {
    /// How many questions are asked at once: what is current is in memory, so few are.
    static final int CONNECTIONS = 4;

    /// How long a question waits for one of them.
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A question to the log.
    interface Question<T> {
        T ask(SqlReader reader, SqlPast past) throws SQLException;
    }

    /// A connection with its statements.
    private record Desk(SqlReader reader, SqlPast past) {}

    private final PostgresServer server;
    private final Vault vault;
    private final Semaphore permits = new Semaphore(CONNECTIONS);
    private final Deque<Desk> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean closed;

    PostgresReaders(PostgresServer server, Vault vault) {
        this.server = server;
        this.vault = vault;
    }

    /// The answer; asked a second time where the connection had gone stale.
    <T> T ask(Question<T> question) throws SQLException {
        acquire();
        try {
            return once(question);
        } catch (SQLException e) {
            if (!PostgresFailure.passing(e)) {
                throw e;
            }
            dropIdle();
            return once(question);
        } finally {
            permits.release();
        }
    }

    /// Closes what is idle, and what is in use once it is done.
    @Override
    public void close() {
        closed = true;
        dropIdle();
    }

    private <T> T once(Question<T> question) throws SQLException {
        var desk = desk();
        var answered = false;
        try {
            var answer = question.ask(desk.reader(), desk.past());
            desk.reader().connection().commit();
            answered = true;
            return answer;
        } catch (ProblemException e) {
            // A refusal says nothing against the connection.
            desk.reader().connection().rollback();
            answered = true;
            throw e;
        } finally {
            if (answered && !closed) {
                idle.push(desk);
            } else {
                drop(desk);
            }
        }
    }

    private Desk desk() throws SQLException {
        var desk = idle.poll();
        if (desk != null) {
            return desk;
        }
        var connection = server.reader();
        try {
            var reader = new SqlReader(connection, "", vault);
            return new Desk(reader, new SqlPast(reader));
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private void dropIdle() {
        for (var desk = idle.poll(); desk != null; desk = idle.poll()) {
            drop(desk);
        }
    }

    /// A connection that cannot be closed is one that is gone.
    private static void drop(Desk desk) {
        try {
            desk.reader().close();
        } catch (SQLException _) {
            return;
        }
    }

    private void acquire() {
        try {
            if (permits.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw Problem.of(
                        Reason.SERVICE_UNAVAILABLE,
                        "the store cannot read: %d questions are asked already"
                                .formatted(CONNECTIONS))
                .retryAfter(1)
                .exception();
    }
}
