package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ResourceKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A log on a PostgreSQL server, which several processes append to, one after the other.
///
/// One connection writes, a few read, one is asked for the newest number, and one looks for what may go. A connection
/// that was lost is made anew; whether a commit that it was lost in was kept is then looked up in the log.
final class PostgresDatabase implements Database, Compactable {
    /// How long an append is tried again while the server cannot be reached.
    static final Duration TRIES = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String CANNOT_WRITE = "the store cannot write, nothing was stored";

    private final PostgresServer server;
    private final Vault vault;
    private final PostgresReaders readers;
    private final PostgresSurvey survey;

    /// What the ledger was given; moved on only once a question was answered whole. Guarded by being used in appends,
    /// folds and loads only, of which there is one at a time.
    private final Seen seen = new Seen();

    private @Nullable SqlWriter writer;
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable SqlReader asker;

    /// Everything that exists, and where the log ended when it was read.
    private record Loaded(StateView state, SqlReader.Tip tip) {}

    private PostgresDatabase(PostgresServer server, Vault vault) {
        this.server = server;
        this.vault = vault;
        this.readers = new PostgresReaders(server, vault);
        this.survey = new PostgresSurvey(server);
    }

    /// Opens the log on a server, made where it is missing; throws [CannotOpenException].
    static PostgresDatabase open(PostgresServer server, Keyring keyring) {
        server.prepare();
        try (var connection = server.connect()) {
            return new PostgresDatabase(server, keyring.unlock(connection, SqlTables.POSTGRES));
        } catch (SQLException e) {
            throw server.cannotOpen(e);
        }
    }

    @Override
    public StateView load() {
        var loaded = ask((reader, _) -> new Loaded(reader.state(), reader.tip()));
        seen.at(loaded.tip());
        return loaded.state();
    }

    @Override
    public long newest() {
        asking.lock();
        try {
            return asked();
        } catch (SQLException e) {
            throw PostgresFailure.problem("the store cannot read", e);
        } finally {
            asking.unlock();
        }
    }

    @Override
    public List<Revision> following(long known, int limit) {
        seen.expect(known);
        var page =
                ask((reader, _) -> {
                    var tip = reader.tip();
                    seen.check(reader, tip);
                    var read = reader.entries(known, limit);
                    OutrunException.refuseGaps(reader, known, read, tip.number());
                    return read;
                });
        if (!page.isEmpty()) {
            seen.at(page.getLast());
        }
        return page.stream().map(Entry::revision).toList();
    }

    /// Where the connection is lost on the way, the next one looks whether the log has kept what was written; what it
    /// has not is decided anew.
    @Override
    public void append(long known, Decision decision) {
        seen.expect(known);
        var end = System.nanoTime() + TRIES.toNanos();
        Optional<SqlReader.Tip> doubtful = Optional.empty();
        while (true) {
            try {
                if (doubtful.isPresent() && kept(doubtful.get())) {
                    return;
                }
                doubtful = Optional.empty();
                writer().append(seen.number(), decision);
                return;
            } catch (SQLException e) {
                doubtful = doubtful.or(this::written);
                dropWriter();
                if (!PostgresFailure.passing(e) || System.nanoTime() > end) {
                    throw PostgresFailure.problem(
                            doubtful.isPresent()
                                    ? "the store lost its server while it wrote"
                                    : CANNOT_WRITE,
                            e);
                }
                pause();
            }
        }
    }

    @Override
    public Optional<Revision> revision(long number) {
        return ask((reader, _) -> reader.entry(number)).map(Entry::revision);
    }

    /// All in one question.
    @Override
    public Map<Long, Revision> revisions(Collection<Long> numbers) {
        if (numbers.isEmpty()) {
            return Map.of();
        }
        return ask((reader, _) ->
                reader.bodies()
                        .together(
                                List.of(),
                                () -> {
                                    var found = HashMap.<Long, Revision>newHashMap(numbers.size());
                                    for (var number : numbers) {
                                        reader.entry(number)
                                                .ifPresent(entry ->
                                                        found.put(number, entry.revision()));
                                    }
                                    return found;
                                }));
    }

    @Override
    public List<Revision> log(long after, int limit) {
        return ask((reader, _) -> reader.entries(after, limit)).stream()
                .map(Entry::revision)
                .toList();
    }

    @Override
    public List<Revision> history(ResourceKey key, long before, int limit) {
        return ask((_, past) -> past.history(key, before, limit));
    }

    @Override
    public Optional<Revision> at(ResourceKey key, long number) {
        return ask((_, past) -> past.at(key, number));
    }

    @Override
    public List<Revision> past(KindKey kind, long number) {
        return ask((_, past) -> past.past(kind, number));
    }

    @Override
    public long numberAt(Instant time) {
        return ask((_, past) -> past.numberAt(time));
    }

    @Override
    public Instant newestTime() {
        return ask((_, past) -> past.newestTime());
    }

    @Override
    public Horizon horizon(KindKey kind) {
        return ask((reader, _) -> reader.horizon(kind));
    }

    @Override
    public Horizon horizon() {
        return ask((reader, _) -> reader.horizon());
    }

    @Override
    public Findings survey(Retention retention, Duration period, long after, Instant now) {
        try {
            return survey.look(look -> look.examine(retention, period, after, now));
        } catch (SQLException e) {
            throw PostgresFailure.problem("the store cannot look for what it may let go", e);
        }
    }

    @Override
    public int remove(List<Removal> removals) {
        try {
            return writer().remove(removals);
        } catch (SQLException e) {
            dropWriter();
            throw PostgresFailure.problem("the store cannot let go of what is old", e);
        }
    }

    @Override
    public Packable packable(Duration age, long after, Instant now) {
        try {
            return survey.look(look -> look.packable(age, after, now));
        } catch (SQLException e) {
            throw PostgresFailure.problem("the store cannot look for what it may pack", e);
        }
    }

    @Override
    public long pack(List<Repacking> repackings) {
        try {
            return writer().pack(repackings);
        } catch (SQLException e) {
            dropWriter();
            throw PostgresFailure.problem("the store cannot pack what is old", e);
        }
    }

    /// The server does that by itself.
    @Override
    public boolean shrink() {
        return false;
    }

    @Override
    public void close() {
        readers.close();
        survey.close();
        dropWriter();
        asking.lock();
        try {
            dropAsker();
        } finally {
            asking.unlock();
        }
    }

    private <T> T ask(PostgresReaders.Question<T> question) {
        try {
            return readers.ask(question);
        } catch (SQLException e) {
            throw PostgresFailure.problem("the store cannot read", e);
        }
    }

    private long asked() throws SQLException {
        try {
            return asker().tip().number();
        } catch (SQLException e) {
            dropAsker();
            if (!PostgresFailure.passing(e)) {
                throw e;
            }
            return asker().tip().number();
        }
    }

    /// Whether the log holds what an append would have written. Under the lock of the tip, so that the append is over.
    private boolean kept(SqlReader.Tip doubtful) throws SQLException {
        var kept = writer().holds(doubtful);
        if (kept) {
            seen.at(doubtful);
        }
        return kept;
    }

    private Optional<SqlReader.Tip> written() {
        return Optional.ofNullable(writer).flatMap(SqlWriter::written);
    }

    private SqlWriter writer() throws SQLException {
        var open = writer;
        if (open == null) {
            open = new SqlWriter(server.writer(), SqlTables.POSTGRES, vault, seen);
            writer = open;
        }
        return open;
    }

    private SqlReader asker() throws SQLException {
        var open = asker;
        if (open == null) {
            open = new SqlReader(server.connect(), "", vault);
            asker = open;
        }
        return open;
    }

    private void dropWriter() {
        var dropped = writer;
        writer = null;
        drop(dropped);
    }

    private void dropAsker() {
        var dropped = asker;
        asker = null;
        drop(dropped);
    }

    /// A connection that cannot be closed is one that is gone.
    private static void drop(@Nullable AutoCloseable dropped) {
        try {
            if (dropped != null) {
                dropped.close();
            }
        } catch (Exception _) {
            return;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "the store is closed").exception();
        }
    }
}
