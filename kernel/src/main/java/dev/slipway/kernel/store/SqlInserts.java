package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/// Adds entries to the log and moves heads to them, in batches, in the transaction that its connection is in. For one
/// thread.
final class SqlInserts {
    private final PreparedStatement revision;
    private final PreparedStatement head;

    SqlInserts(Connection connection) throws SQLException {
        this.revision =
                connection.prepareStatement(
                        "INSERT INTO revision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        this.head =
                connection.prepareStatement(
                        """
                        INSERT INTO head VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (cluster, api_group, plural, namespace, name) DO UPDATE
                        SET number = excluded.number, checksum = excluded.checksum, body = excluded.body\
                        """);
    }

    /// Forgets what an attempt that failed has left.
    void clear() throws SQLException {
        revision.clearBatch();
        head.clearBatch();
    }

    /// Adds an entry to the batch.
    void add(Entry entry) throws SQLException {
        var one = entry.revision();
        revision.setLong(1, one.number());
        SqlRows.bind(revision, 2, one.key());
        revision.setString(7, one.uid());
        revision.setString(8, one.operation().name());
        revision.setLong(9, entry.link());
        revision.setString(10, one.attribution().actor());
        revision.setString(11, entry.causes());
        revision.setString(12, one.attribution().kept());
        revision.setLong(13, entry.micros());
        revision.setLong(14, one.batch());
        revision.setBytes(15, entry.digest());
        if (entry.kept() == entry.link()) {
            revision.setNull(16, Types.BIGINT);
        } else {
            revision.setLong(16, entry.kept());
        }
        revision.setBytes(17, entry.stored());
        revision.addBatch();
    }

    /// Adds to the batch that an entry is the newest of its key; once for each key.
    void head(Entry entry) throws SQLException {
        var one = entry.revision();
        SqlRows.bind(head, 1, one.key());
        head.setLong(6, one.number());
        if (one.operation() == Operation.DELETE) {
            head.setLong(7, 0);
            head.setBytes(8, null);
        } else {
            head.setLong(7, Entry.checksum(one.key(), one.number(), entry.stored()));
            head.setBytes(8, entry.stored());
        }
        head.addBatch();
    }

    void flushLog() throws SQLException {
        revision.executeBatch();
    }

    void flushHeads() throws SQLException {
        head.executeBatch();
    }
}
