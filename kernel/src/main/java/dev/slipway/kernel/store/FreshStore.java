package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// An empty store that is filled with what another one held, in one transaction on one connection, which the caller
/// commits. For one thread.
///
/// Entries keep their numbers, bodies and digests, so that the chain stays what it was.
final class FreshStore {
    private static final int GROUP = 512;

    private final SqlInserts inserts;
    private final PreparedStatement hole;
    private final PreparedStatement horizon;
    private final PreparedStatement key;
    private final PreparedStatement dropKey;
    private final PreparedStatement tip;

    /// The newest entry of each key since the last flush.
    private final Map<ResourceKey, Entry> newest = new HashMap<>();

    /// The uids of data keys that no entry has used.
    private final Set<String> unused = new HashSet<>();

    private int waiting;

    /// Begins; the tables must be there and empty.
    FreshStore(Connection connection, SqlTables tables) throws SQLException {
        this.inserts = new SqlInserts(connection);
        this.hole = connection.prepareStatement("INSERT INTO hole VALUES (?, ?, ?)");
        this.horizon = connection.prepareStatement("INSERT INTO horizon VALUES (?, ?, ?, ?, ?)");
        this.key = connection.prepareStatement("INSERT INTO data_key VALUES (?, ?)");
        this.dropKey = connection.prepareStatement("DELETE FROM data_key WHERE uid = ?");
        this.tip = connection.prepareStatement("UPDATE tip SET number = ?, digest = ?");
        try (var control = connection.createStatement()) {
            tables.begin(control);
        }
    }

    /// Adds the next entry, which is the newest one of its key for now.
    void add(Entry entry) throws SQLException {
        inserts.add(entry);
        newest.put(entry.revision().key(), entry);
        unused.remove(entry.revision().uid());
        waiting++;
        if (waiting == GROUP) {
            flush();
        }
    }

    void add(Hole gone) throws SQLException {
        hole.setLong(1, gone.last());
        hole.setLong(2, gone.first());
        hole.setBytes(3, gone.digest());
        hole.executeUpdate();
    }

    void add(KindKey kind, Horizon reached) throws SQLException {
        horizon.setString(1, kind.cluster());
        horizon.setString(2, kind.group());
        horizon.setString(3, kind.plural());
        horizon.setLong(4, reached.removed());
        horizon.setLong(5, reached.complete());
        horizon.executeUpdate();
    }

    /// Adds the wrapped data key of a resource.
    void add(String uid, byte[] wrapped) throws SQLException {
        key.setString(1, uid);
        key.setBytes(2, wrapped);
        key.executeUpdate();
        unused.add(uid);
    }

    /// Ends with the newest number and its digest.
    void finish(long number, byte[] digest) throws SQLException {
        flush();
        for (var uid : unused) {
            dropKey.setString(1, uid);
            dropKey.executeUpdate();
        }
        tip.setLong(1, number);
        tip.setBytes(2, digest);
        tip.executeUpdate();
    }

    private void flush() throws SQLException {
        inserts.flushLog();
        for (var entry : newest.values()) {
            inserts.head(entry);
        }
        inserts.flushHeads();
        newest.clear();
        waiting = 0;
    }
}
