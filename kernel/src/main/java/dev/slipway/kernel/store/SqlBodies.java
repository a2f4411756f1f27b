package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// The bodies of the log as they were written, however they are packed. Over one connection, for one thread; where
/// others write meanwhile, in one transaction with whatever found the packed ones.
final class SqlBodies {
    private final PreparedStatement one;

    SqlBodies(Connection connection) throws SQLException {
        this.one = connection.prepareStatement("SELECT body FROM revision WHERE number = ?");
    }

    /// The entry with its body unpacked.
    Entry unpacked(Entry entry) throws SQLException {
        var stored = entry.stored();
        return Packing.isAlone(stored) || Packing.isDelta(stored)
                ? entry.unpacked(unpacked(stored, 0))
                : entry;
    }

    byte[] unpacked(byte[] stored) throws SQLException {
        return unpacked(stored, 0);
    }

    /// As it lies in the log.
    byte[] stored(long number) throws SQLException {
        one.setLong(1, number);
        try (var rows = one.executeQuery()) {
            if (!rows.next()) {
                throw SqlRows.damaged(
                        "revision %d is missing, which others are packed against"
                                .formatted(number));
            }
            return rows.getBytes(1);
        }
    }

    /// How many deltas have to be read before this one.
    int depth(byte[] stored) throws SQLException {
        var depth = 0;
        for (var at = stored; Packing.isDelta(at) && depth <= Packing.DEEPEST; depth++) {
            at = stored(Packing.base(at));
        }
        return depth;
    }

    private byte[] unpacked(byte[] stored, int depth) throws SQLException {
        if (Packing.isAlone(stored)) {
            return Packing.unpacked(stored);
        }
        if (!Packing.isDelta(stored)) {
            return stored;
        }
        if (depth > Packing.DEEPEST) {
            throw SqlRows.damaged("packed bodies lead to no whole one");
        }
        var base = stored(Packing.base(stored));
        return Packing.unpacked(stored, unpacked(base, depth + 1));
    }
}
