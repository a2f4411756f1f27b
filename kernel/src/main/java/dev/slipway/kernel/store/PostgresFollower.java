package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ProblemException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.postgresql.PGConnection;

/// The thread that hears what other processes append, and takes it in. Should it hear nothing, it asks once a second.
final class PostgresFollower implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PostgresFollower.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final PostgresServer server;
    private final Ledger ledger;
    private final Thread thread;
    private volatile boolean closed;
    private volatile Optional<String> trouble = Optional.empty();

    private PostgresFollower(PostgresServer server, Ledger ledger) {
        this.server = server;
        this.ledger = ledger;
        this.thread = Thread.ofPlatform().name("store-follower").daemon().unstarted(this::run);
    }

    static PostgresFollower start(PostgresServer server, Ledger ledger) {
        var follower = new PostgresFollower(server, ledger);
        follower.thread.start();
        return follower;
    }

    /// Why the server cannot be followed now; empty while it is.
    Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(PATIENCE.multipliedBy(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (var connection = server.connect()) {
                follow(connection);
            } catch (SQLException e) {
                lost(PostgresFailure.reason(e));
            } catch (ProblemException e) {
                lost(e.problem().message());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "following the log failed", e);
                lost(e.toString());
            }
        }
    }

    /// A server that was away may be another one now: what is known of the log is compared with it first.
    private void follow(Connection connection) throws SQLException {
        try (var reader = new SqlReader(connection, "", Vault.locked());
                var statement = connection.createStatement()) {
            statement.execute("LISTEN " + SqlTables.CHANNEL);
            ledger.catchUp();
            found();
            while (!closed) {
                var heard = heard(connection.unwrap(PGConnection.class));
                ledger.catchUp(heard ? Long.MAX_VALUE : reader.tip().number());
            }
        }
    }

    /// Whether anybody has told of a revision that is not there yet.
    private boolean heard(PGConnection connection) throws SQLException {
        var notifications = connection.getNotifications((int) PATIENCE.toMillis());
        if (notifications == null) {
            return false;
        }
        for (var notification : notifications) {
            if (number(notification.getParameter()) > ledger.state().revision()) {
                return true;
            }
        }
        return false;
    }

    private void found() {
        if (trouble.isPresent()) {
            LOG.log(Level.INFO, "{0} is followed again", server.address());
        }
        trouble = Optional.empty();
    }

    private void lost(String why) {
        if (closed) {
            return;
        }
        if (trouble.isEmpty()) {
            LOG.log(Level.WARNING, "{0} cannot be followed: {1}", server.address(), why);
        }
        trouble = Optional.of(why);
        pause();
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PATIENCE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
