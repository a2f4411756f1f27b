package dev.slipway.kernel.store;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The lease in the row of the tip: taken when it has expired by the server's clock, renewed three times in its life,
/// each holder in an epoch of its own. One thread seeks and renews it.
///
/// What this process holds ends by its own clock, counted from before it last asked: never later than by the server's.
final class PostgresLease implements Lease {
    private static final Logger LOG = System.getLogger(PostgresLease.class.getName());
    private static final String NOW = "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint";
    private static final String TAKE =
            "UPDATE tip SET epoch = epoch + 1, holder = ?, until = %s + ? WHERE until < %s RETURNING epoch"
                    .formatted(NOW, NOW);
    private static final String RENEW =
            "UPDATE tip SET until = %s + ? WHERE holder = ? AND epoch = ? RETURNING epoch"
                    .formatted(NOW);
    private static final String RELEASE = "UPDATE tip SET until = 0 WHERE holder = ? AND epoch = ?";

    /// How often it is asked for within its life.
    private static final int TIMES = 3;

    private final PostgresServer server;
    private final String holder;
    private final Duration life;
    private final LongSupplier nanos;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// Guarded by the lock.
    private OptionalLong held = OptionalLong.empty();

    /// When it ends, by `nanos`; guarded by the lock.
    private long end;

    private volatile boolean closed;

    private PostgresLease(PostgresServer server, String holder, Duration life, LongSupplier nanos) {
        this.server = server;
        this.holder = holder;
        this.life = life;
        this.nanos = nanos;
        this.thread = Thread.ofPlatform().name("store-lease").daemon().unstarted(this::run);
    }

    static PostgresLease seek(PostgresServer server, String holder, Duration life) {
        var lease = new PostgresLease(server, holder, life, System::nanoTime);
        lease.thread.start();
        return lease;
    }

    @Override
    public OptionalLong epoch() {
        lock.lock();
        try {
            return held.isPresent() && end - nanos.getAsLong() > 0 ? held : OptionalLong.empty();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public OptionalLong await(OptionalLong known, Duration patience) throws InterruptedException {
        lock.lock();
        try {
            var until = nanos.getAsLong() + patience.toNanos();
            for (var left = patience.toNanos();
                    left > 0 && epoch().equals(known);
                    left = until - nanos.getAsLong()) {
                changed.awaitNanos(Math.min(left, lasting()));
            }
            return epoch();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(life);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (var connection = server.connect()) {
                seek(connection);
            } catch (SQLException e) {
                LOG.log(
                        Level.WARNING,
                        "the lease cannot be asked for: {0}",
                        PostgresFailure.reason(e));
                pause();
            }
        }
    }

    private void seek(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = " + life.dividedBy(TIMES).toMillis());
        }
        while (!closed) {
            var asked = nanos.getAsLong();
            var known = held();
            var now = known.isPresent() ? renew(connection, known.getAsLong()) : take(connection);
            become(now, asked + life.toNanos());
            if (now.isPresent() || known.isEmpty()) {
                pause();
            }
        }
        release(connection);
    }

    private OptionalLong take(Connection connection) throws SQLException {
        try (var take = connection.prepareStatement(TAKE)) {
            take.setString(1, holder);
            take.setLong(2, life.toNanos() / 1_000);
            try (var rows = take.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private OptionalLong renew(Connection connection, long epoch) throws SQLException {
        try (var renew = connection.prepareStatement(RENEW)) {
            renew.setLong(1, life.toNanos() / 1_000);
            renew.setString(2, holder);
            renew.setLong(3, epoch);
            try (var rows = renew.executeQuery()) {
                return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /// Once: `held` is empty afterwards.
    private void release(Connection connection) throws SQLException {
        var known = held();
        if (known.isPresent()) {
            become(OptionalLong.empty(), nanos.getAsLong());
            try (var release = connection.prepareStatement(RELEASE)) {
                release.setString(1, holder);
                release.setLong(2, known.getAsLong());
                release.executeUpdate();
            }
        }
    }

    private OptionalLong held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    private void become(OptionalLong now, long until) {
        lock.lock();
        try {
            if (!now.equals(held)) {
                LOG.log(
                        Level.INFO,
                        now.isPresent()
                                ? "this process holds the lease, in epoch " + now.getAsLong()
                                : "this process no longer holds the lease");
            }
            held = now;
            end = until;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// How long it lasts unless it is renewed; long where it is not held.
    private long lasting() {
        return held.isPresent() ? Math.max(1, end - nanos.getAsLong()) : TimeUnit.HOURS.toNanos(1);
    }

    private void pause() {
        try {
            Thread.sleep(
                    closed ? Duration.ZERO : life.dividedBy(TIMES).truncatedTo(ChronoUnit.MILLIS));
        } catch (InterruptedException _) {
            // Closing: the loops look at that.
            return;
        }
    }
}
