package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The bodies of the log as they were written, however they are packed. Over one connection, for one thread; where
/// others write meanwhile, in one transaction with whatever found the packed ones.
final class SqlBodies {
    private final PreparedStatement one;

    /// What was read already of those that are unpacked together.
    private final Map<Long, byte[]> beside = new HashMap<>();

    /// How many readings there are, one in another.
    private int readings;

    SqlBodies(Connection connection) throws SQLException {
        this.one = connection.prepareStatement("SELECT body FROM revision WHERE number = ?");
    }

    /// Entries that were read together, with their bodies unpacked.
    List<Entry> unpacked(List<Entry> read) throws SQLException {
        return together(
                read,
                () -> {
                    var unpacked = new ArrayList<Entry>(read.size());
                    for (var entry : read) {
                        unpacked.add(unpacked(entry));
                    }
                    return unpacked;
                });
    }

    /// Unpacks some of what was read together: what one is packed against is often among the others. All of it is
    /// remembered until the outermost reading is done.
    <T> T together(List<Entry> read, Reading<T> reading) throws SQLException {
        for (var entry : read) {
            beside.put(entry.revision().number(), entry.stored());
        }
        readings++;
        try {
            return reading.read();
        } finally {
            readings--;
            if (readings == 0) {
                beside.clear();
            }
        }
    }

    /// Something that reads entries.
    interface Reading<T> {
        T read() throws SQLException;
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
        var known = beside.get(number);
        if (known != null) {
            return known;
        }
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
