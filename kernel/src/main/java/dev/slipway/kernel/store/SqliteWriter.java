package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.List;

/// Writes both tables over one connection, a group of revisions in one transaction. For one thread.
///
/// After a failure it must be thrown away: what the next entry follows is then no longer known.
final class SqliteWriter implements AutoCloseable {
    private final Connection connection;
    private final SqliteReader reader;
    private final Statement control;
    private final PreparedStatement insert;
    private final PreparedStatement head;
    private byte[] newest;

    SqliteWriter(Connection connection) throws SQLException {
        this.connection = connection;
        this.reader = new SqliteReader(connection);
        this.control = connection.createStatement();
        this.insert =
                connection.prepareStatement(
                        "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.head =
                connection.prepareStatement(
                        """
                        INSERT INTO head VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT DO UPDATE SET number = excluded.number,
                            checksum = excluded.checksum, body = excluded.body\
                        """);
        this.newest = reader.entry(reader.newest()).map(Entry::digest).orElse(Entry.GENESIS);
    }

    /// All or none; on the disk when it returns.
    void append(List<Revision> revisions) throws SQLException {
        control.execute("BEGIN IMMEDIATE");
        try {
            var digest = newest;
            for (var revision : revisions) {
                var entry = Entry.after(digest, revision, link(revision));
                insert(entry);
                advance(revision);
                digest = entry.digest();
            }
            control.execute("COMMIT");
            newest = digest;
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

    private long link(Revision revision) throws SQLException {
        return revision.operation() == Operation.CREATE
                ? reader.head(revision.key())
                : revision.previous();
    }

    private void insert(Entry entry) throws SQLException {
        var revision = entry.revision();
        insert.setLong(1, revision.number());
        SqliteReader.bind(insert, 2, revision.key());
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
        insert.executeUpdate();
    }

    private void advance(Revision revision) throws SQLException {
        SqliteReader.bind(head, 1, revision.key());
        head.setLong(6, revision.number());
        if (revision.operation() == Operation.DELETE) {
            head.setLong(7, 0);
            head.setNull(8, Types.BLOB);
        } else {
            head.setLong(7, Entry.checksum(revision.key(), revision.number(), revision.body()));
            head.setBytes(8, revision.body());
        }
        head.executeUpdate();
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
