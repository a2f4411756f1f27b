package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Appends to the log over one connection, a group of revisions in one transaction. For one thread.
final class SqlWriter implements AutoCloseable {
    private final Connection connection;
    private final SqlTables tables;
    private final Seen seen;
    private final SqlReader reader;
    private final SqlHeads heads;
    private final Statement control;
    private final SqlInserts inserts;
    private final PreparedStatement tip;
    private final SqlKeys keys;

    /// The end of the log as the last append would have it; null where that one wrote nothing.
    private SqlReader.@Nullable Tip written;

    SqlWriter(Connection connection, SqlTables tables, Vault vault) throws SQLException {
        this(connection, tables, vault, new Seen());
    }

    /// @param seen what is known of the log, which each append looks at and moves on
    SqlWriter(Connection connection, SqlTables tables, Vault vault, Seen seen) throws SQLException {
        this.connection = connection;
        this.tables = tables;
        this.seen = seen;
        this.reader = new SqlReader(connection, tables.lock(), vault);
        this.heads = new SqlHeads(reader, tables);
        this.control = connection.createStatement();
        this.inserts = new SqlInserts(connection);
        this.tip = connection.prepareStatement(tables.advance());
        this.keys = new SqlKeys(connection, vault);
    }

    /// All or none; on the disk when it returns.
    void append(long known, Database.Decision decision) throws SQLException {
        written = null;
        tables.begin(control);
        try {
            var before = reader.tip();
            seen.check(reader, before);
            missed(known, before.number(), decision);
            var revisions = decision.decide(before.epoch());
            if (!revisions.isEmpty()) {
                refuseGap(before, revisions.getFirst().number());
                written = write(revisions, before);
            }
            control.execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
        written().ifPresent(seen::at);
    }

    /// The end of the log as the last append would have it, also where it cannot be told whether it was committed.
    Optional<SqlReader.Tip> written() {
        return Optional.ofNullable(written);
    }

    /// Takes revisions out of the log, all or none; how many went.
    int remove(List<Removal> removals) throws SQLException {
        return alone(() -> {
            try (var change = new SqlRemovals(reader, tables)) {
                return change.remove(removals);
            }
        });
    }

    /// Packs bodies, all or none; how many bytes were saved.
    long pack(List<Repacking> repackings) throws SQLException {
        return alone(() -> {
            try (var change = new SqlRepackings(connection, tables)) {
                return change.pack(repackings);
            }
        });
    }

    /// Gives some free pages back, where there are many; whether there are more.
    boolean shrink() throws SQLException {
        return new SqliteRoom(control).shrink();
    }

    /// Whether the log holds an entry, looked up while nobody else can append.
    boolean holds(SqlReader.Tip entry) throws SQLException {
        tables.begin(control);
        try {
            if (reader.tip().number() < entry.number()) {
                return false;
            }
            var there = reader.digest(entry.number());
            return MessageDigest.isEqual(
                    entry.digest(),
                    there.orElseThrow(() ->
                            SqlRows.damaged(
                                    "it cannot be told what became of revision "
                                            + entry.number())));
        } finally {
            control.execute("ROLLBACK");
        }
    }

    /// Takes a bound on the file's size, to see what happens when it is reached.
    void limitPages(long pages) throws SQLException {
        control.execute("PRAGMA max_page_count = " + pages);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// Does something in one transaction, while nobody else can append.
    private <T> T alone(Work<T> work) throws SQLException {
        tables.begin(control);
        try {
            reader.tip();
            var done = work.run();
            control.execute("COMMIT");
            return done;
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
        }
    }

    private interface Work<T> {
        T run() throws SQLException;
    }

    private void missed(long known, long newest, Database.Decision decision) throws SQLException {
        for (var at = known; at < newest; ) {
            var page = reader.entries(at, Ledger.PAGE);
            OutrunException.refuseGaps(reader, at, page, newest);
            decision.missed(page.stream().map(Entry::revision).toList());
            seen.at(page.getLast());
            at = page.getLast().revision().number();
        }
    }

    /// Numbers that do not follow the newest were given on a state that is not the one of the log.
    private static void refuseGap(SqlReader.Tip newest, long first) {
        if (first != newest.number() + 1) {
            throw new RewoundException(
                    "it ends with revision %d, what is to follow was numbered %d"
                            .formatted(newest.number(), first));
        }
    }

    private SqlReader.Tip write(List<Revision> revisions, SqlReader.Tip before)
            throws SQLException {
        var links = heads.of(created(revisions));
        Map<ResourceKey, Entry> newest = new LinkedHashMap<>();
        var digest = before.digest();
        inserts.clear();
        keys.begin();
        for (var revision : revisions) {
            var link = link(revision, newest, links);
            var entry = Entry.after(digest, revision, link, keys.stored(revision));
            inserts.add(entry);
            digest = entry.digest();
            newest.put(revision.key(), entry);
        }
        inserts.flushLog();
        for (var entry : newest.values()) {
            inserts.head(entry);
        }
        inserts.flushHeads();
        keys.flush();
        return advance(new SqlReader.Tip(revisions.getLast().number(), digest, before.epoch()));
    }

    private SqlReader.Tip advance(SqlReader.Tip to) throws SQLException {
        tip.setLong(1, to.number());
        tip.setBytes(2, to.digest());
        tip.execute();
        return to;
    }

    private static List<ResourceKey> created(List<Revision> revisions) {
        return revisions.stream()
                .filter(revision -> revision.operation() == Operation.CREATE)
                .map(Revision::key)
                .distinct()
                .toList();
    }

    /// @param newest what this append has written so far
    /// @param links what was there before it
    private static long link(
            Revision revision, Map<ResourceKey, Entry> newest, Map<ResourceKey, Long> links) {
        if (revision.operation() != Operation.CREATE) {
            return revision.previous();
        }
        var before = newest.get(revision.key());
        return before == null ? links.getOrDefault(revision.key(), 0L) : before.revision().number();
    }

    /// Some failures have rolled back by themselves; then this one fails, which says nothing new.
    private void rollBack(Exception failure) {
        try {
            control.execute("ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
