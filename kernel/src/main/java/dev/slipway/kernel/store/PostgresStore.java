package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The store of one of several processes, on a PostgreSQL server that they share. What it acknowledges is on the
/// server's disk, and what the others write arrives by itself.
public final class PostgresStore extends LedgerStore {
    private final PostgresServer server;
    private final PostgresDatabase database;
    private final GroupWriter writer;
    private final PostgresFollower follower;
    private final Shared newest;

    private PostgresStore(
            PostgresServer server,
            PostgresDatabase database,
            Ledger ledger,
            GroupWriter writer,
            PostgresFollower follower) {
        super(ledger);
        this.server = server;
        this.database = database;
        this.writer = writer;
        this.follower = follower;
        this.newest = new Shared(ledger::newest);
    }

    /// Opens the log on a server, made where it is missing; throws [CannotOpenException] with one sentence that says
    /// why not.
    ///
    /// @param password absent where `~/.pgpass` or the server knows better
    /// @param keyring the keys to its secrets, the same for all processes
    public static PostgresStore open(
            PostgresAddress address,
            Optional<String> password,
            Keyring keyring,
            Clock clock,
            StoreSettings settings) {
        var server = new PostgresServer(address, password);
        var database = PostgresDatabase.open(server, keyring);
        try {
            var ledger = new Ledger(database, clock, settings);
            return new PostgresStore(
                    server,
                    database,
                    ledger,
                    GroupWriter.start(ledger, settings),
                    PostgresFollower.start(server, ledger));
        } catch (ProblemException e) {
            database.close();
            throw new CannotOpenException(
                    "cannot open %s: %s".formatted(address, e.getMessage()), e);
        }
    }

    @Override
    public Outcome commit(Commit commit) {
        return writer.commit(commit);
    }

    /// A number lower than one that was seen before means that the log was put back.
    @Override
    public State fresh() {
        var before = ledger.state().revision();
        var number = newest.ask();
        if (number < before) {
            ledger.catchUp();
        } else {
            ledger.catchUp(number);
        }
        return ledger.state();
    }

    @Override
    public Optional<Revision> revision(long number) {
        reach(number);
        return super.revision(number);
    }

    @Override
    public List<Revision> log(long after, int limit) {
        if (limit > 0 && after >= ledger.state().revision() - limit) {
            fresh();
        }
        return super.log(after, limit);
    }

    /// What lies below a number that is known here can no longer change.
    @Override
    public List<Revision> history(ResourceKey key, long before, int limit) {
        reach(before - 1);
        return super.history(key, before, limit);
    }

    @Override
    public long numberAt(Instant time) {
        fresh();
        return super.numberAt(time);
    }

    @Override
    public Optional<Revision> at(ResourceKey key, long number) {
        reach(number);
        return super.at(key, number);
    }

    @Override
    public State past(KindKey kind, long number) {
        reach(number);
        return super.past(kind, number);
    }

    @Override
    public Watch watch(Scope scope, long after) {
        reach(after);
        return super.watch(scope, after);
    }

    /// Begins to seek the lease, which only one process holds at a time, until it is closed.
    ///
    /// @param holder who holds it, in words
    /// @param life how long it is held without being renewed
    public Lease lease(String holder, Duration life) {
        return PostgresLease.seek(server, holder, life);
    }

    /// What lets the past of this log go, step by step; for the process that holds the lease.
    public Compactor compactor(Retention retention, Clock clock) {
        return new Compactor(database, writer, retention, clock);
    }

    /// Why the server cannot be reached; empty while it can.
    public Optional<String> trouble() {
        return follower.trouble();
    }

    /// How often the log was put back behind this process, by a failover or a restored backup, or compacted beyond it.
    public long restarts() {
        return ledger.restarts();
    }

    /// A number that is not known here may have been given by another process.
    private void reach(long number) {
        if (number > ledger.state().revision()) {
            fresh();
        }
    }

    @Override
    public void close() {
        writer.close();
        follower.close();
        ledger.close();
    }
}
