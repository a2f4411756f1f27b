package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The table of data keys as whoever appends uses it: seals bodies, makes keys and destroys them. For one thread.
final class SqlKeys {
    /// How many data keys are kept unwrapped for the next write of their resources.
    static final int MAX_KNOWN = 1_024;

    /// How many data keys are looked at before one is added: one that is damaged tells nothing of the others.
    private static final int LOOKED_AT = 8;

    private final Vault vault;
    private final PreparedStatement find;
    private final PreparedStatement any;
    private final PreparedStatement insert;
    private final PreparedStatement delete;

    /// Of keys that were read, never of such that were made and may not have been stored.
    private final Map<String, byte[]> known = new LinkedHashMap<>();

    private final Map<String, byte[]> made = new HashMap<>();
    private boolean deleted;

    SqlKeys(Connection connection, Vault vault) throws SQLException {
        this.vault = vault;
        this.find = connection.prepareStatement("SELECT wrapped FROM data_key WHERE uid = ?");
        this.any = connection.prepareStatement("SELECT wrapped FROM data_key LIMIT " + LOOKED_AT);
        this.insert =
                connection.prepareStatement(
                        """
                        INSERT INTO data_key (uid, wrapped) VALUES (?, ?)
                        ON CONFLICT (uid) DO UPDATE SET wrapped = excluded.wrapped\
                        """);
        this.delete = connection.prepareStatement("DELETE FROM data_key WHERE uid = ?");
    }

    /// Forgets what an append that failed has left.
    void begin() throws SQLException {
        made.clear();
        deleted = false;
        insert.clearBatch();
        delete.clearBatch();
    }

    /// What is to be stored as the body of a revision. With a deletion the resource's key goes.
    byte[] stored(Revision revision) throws SQLException {
        if (revision.operation() == Operation.DELETE) {
            delete.setString(1, revision.uid());
            delete.addBatch();
            deleted = true;
            known.remove(revision.uid());
        }
        return revision.seal() == Seal.SEALED
                ? SealedBody.close(revision, dataKey(revision.uid()), vault.random())
                : revision.body();
    }

    /// Stores the keys that were made, then destroys those of what was deleted.
    void flush() throws SQLException {
        if (!made.isEmpty()) {
            insert.executeBatch();
        }
        if (deleted) {
            delete.executeBatch();
        }
    }

    /// Where the one that is there is damaged, another takes its place: what it sealed before nobody can read anyway.
    private byte[] dataKey(String uid) throws SQLException {
        var there = made.getOrDefault(uid, known.get(uid));
        if (there != null) {
            return there;
        }
        var found = wrapped(uid).flatMap(wrapped -> vault.dataKey(uid, wrapped));
        return found.isPresent() ? remember(uid, found.get()) : make(uid);
    }

    private byte[] make(String uid) throws SQLException {
        vault.refuseOther(some());
        var key = MasterKey.fresh(vault.random());
        insert.setString(1, uid);
        insert.setBytes(2, vault.wrap(uid, key));
        insert.addBatch();
        made.put(uid, key);
        return key;
    }

    private List<byte[]> some() throws SQLException {
        var found = new ArrayList<byte[]>();
        try (var rows = any.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getBytes(1));
            }
        }
        return found;
    }

    private Optional<byte[]> wrapped(String uid) throws SQLException {
        find.setString(1, uid);
        try (var rows = find.executeQuery()) {
            return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
        }
    }

    private byte[] remember(String uid, byte[] key) {
        if (known.size() >= MAX_KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
        known.put(uid, key);
        return key;
    }
}
