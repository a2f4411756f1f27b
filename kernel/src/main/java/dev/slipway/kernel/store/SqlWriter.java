package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Appends to the log over one connection, a group of revisions in one transaction. For one thread.
final class SqlWriter implements AutoCloseable {
    private final Connection connection;
    private final SqlTables tables;
    private final SqlReader reader;
    private final Statement control;
    private final PreparedStatement insert;
    private final PreparedStatement head;
    private final PreparedStatement tip;

    SqlWriter(Connection connection, SqlTables tables) throws SQLException {
        this.connection = connection;
        this.tables = tables;
        this.reader = new SqlReader(connection, tables.lock());
        this.control = connection.createStatement();
        this.insert =
                connection.prepareStatement(
                        "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?)");
        this.head =
                connection.prepareStatement(
                        """
                        INSERT INTO head VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (cluster, api_group, plural, namespace, name) DO UPDATE
                        SET number = excluded.number, checksum = excluded.checksum, body = excluded.body\
                        """);
        this.tip = connection.prepareStatement("UPDATE tip SET number = ?, digest = ?");
    }

    /// All or none; on the disk when it returns.
    void append(long known, Database.Decision decision) throws SQLException {
        control.execute(tables.begin());
        try {
            var before = reader.tip();
            missed(known, before.number(), decision);
            var revisions = decision.decide(before.epoch());
            if (!revisions.isEmpty()) {
                write(revisions, before.digest());
            }
            control.execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            rollBack(e);
            throw e;
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

    private void missed(long known, long newest, Database.Decision decision) throws SQLException {
        for (var at = known; at < newest; ) {
            var page = reader.entries(at, Ledger.PAGE).stream().map(Entry::revision).toList();
            if (page.isEmpty()) {
                throw SqlRows.damaged("revision %d is missing in the log".formatted(at + 1));
            }
            decision.missed(page);
            at = page.getLast().number();
        }
    }

    private void write(List<Revision> revisions, byte[] before) throws SQLException {
        Map<ResourceKey, Long> written = new HashMap<>();
        var digest = before;
        for (var revision : revisions) {
            var entry = Entry.after(digest, revision, link(revision, written));
            insert(entry);
            advance(revision);
            digest = entry.digest();
            written.put(revision.key(), revision.number());
        }
        insert.executeBatch();
        head.executeBatch();
        tip.setLong(1, revisions.getLast().number());
        tip.setBytes(2, digest);
        tip.executeUpdate();
    }

    /// @param written what this append has written so far
    private long link(Revision revision, Map<ResourceKey, Long> written) throws SQLException {
        if (revision.operation() != Operation.CREATE) {
            return revision.previous();
        }
        var before = written.get(revision.key());
        return before == null ? reader.head(revision.key()) : before;
    }

    private void insert(Entry entry) throws SQLException {
        var revision = entry.revision();
        insert.setLong(1, revision.number());
        SqlRows.bind(insert, 2, revision.key());
        insert.setString(7, revision.uid());
        insert.setString(8, revision.operation().name());
        insert.setLong(9, entry.link());
        insert.setString(10, revision.attribution().actor());
        insert.setString(11, entry.causes());
        insert.setString(12, revision.attribution().note());
        insert.setLong(13, entry.micros());
        insert.setLong(14, revision.batch());
        insert.setBytes(15, entry.digest());
        insert.setBytes(16, revision.body());
        insert.addBatch();
    }

    private void advance(Revision revision) throws SQLException {
        SqlRows.bind(head, 1, revision.key());
        head.setLong(6, revision.number());
        if (revision.operation() == Operation.DELETE) {
            head.setLong(7, 0);
            head.setBytes(8, null);
        } else {
            head.setLong(7, Entry.checksum(revision.key(), revision.number(), revision.body()));
            head.setBytes(8, revision.body());
        }
        head.addBatch();
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
