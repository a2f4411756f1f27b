package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Reads the rows of the tables one after the other, and goes on behind those that cannot be read. For one thread.
final class Rows {
    private static final int PAGE = 256;

    private final SqlBodies bodies;
    private final PreparedStatement log;
    private final PreparedStatement heads;
    private final PreparedStatement head;
    private final Map<String, String> texts = new HashMap<>();

    Rows(Connection connection) throws SQLException {
        this.bodies = new SqlBodies(connection);
        this.log =
                connection.prepareStatement(
                        "SELECT "
                                + SqlRows.ENTRY
                                + " FROM revision WHERE number >= ? ORDER BY number LIMIT ?");
        this.heads = connection.prepareStatement("SELECT " + SqlRows.OBJECT + " FROM head");
        heads.setFetchSize(PAGE);
        this.head =
                connection.prepareStatement(
                        "SELECT "
                                + SqlRows.OBJECT
                                + " FROM head WHERE cluster = ? AND api_group = ? AND plural = ? AND namespace = ? AND name = ?");
    }

    /// Takes numbers that cannot be read.
    interface Unreadable {
        void range(long from, long to, String why);
    }

    /// The newest state of a key as its row tells it.
    ///
    /// @param intact whether the row matches its own checksum
    record Head(ResourceKey key, long number, boolean deleted, long checksum, boolean intact) {}

    /// The newest number that there is a row for; 0 where that cannot be told.
    long newest() {
        try (var statement = log.getConnection().createStatement();
                var rows = statement.executeQuery("SELECT max(number) FROM revision")) {
            return rows.next() ? rows.getLong(1) : 0;
        } catch (SQLException _) {
            return 0;
        }
    }

    /// All entries up to a number.
    void entries(long newest, Consumer<Entry> taker, Unreadable unreadable) {
        for (long from = 1; from <= newest; ) {
            try {
                var page = page(from, PAGE);
                page.forEach(taker);
                from = page.size() < PAGE ? newest + 1 : page.getLast().revision().number() + 1;
            } catch (SQLException | RuntimeException e) {
                from = oneByOne(from, newest, taker, unreadable);
            }
        }
    }

    /// The newest states, until one cannot be read; the sentence why, or nothing where all could be.
    String heads(Consumer<Head> taker) {
        try (var rows = heads.executeQuery()) {
            while (rows.next()) {
                taker.accept(head(rows));
            }
            return "";
        } catch (SQLException | RuntimeException e) {
            return reason(e);
        }
    }

    /// The newest state of one key, found by its name.
    Optional<Head> head(ResourceKey key) throws SQLException {
        SqlRows.bind(head, 1, key);
        try (var rows = head.executeQuery()) {
            return rows.next() ? Optional.of(head(rows)) : Optional.empty();
        }
    }

    private long oneByOne(long first, long newest, Consumer<Entry> taker, Unreadable unreadable) {
        var from = first;
        for (int i = 0; i < PAGE && from <= newest; i++) {
            try {
                var page = page(from, 1);
                if (page.isEmpty()) {
                    return newest + 1;
                }
                taker.accept(page.getFirst());
                from = page.getFirst().revision().number() + 1;
            } catch (SQLException | RuntimeException e) {
                var to = readableAfter(from, newest);
                unreadable.range(from, to - 1, reason(e));
                return to;
            }
        }
        return from;
    }

    /// The first number behind an unreadable one that can be read again; found in a number of tries that grows with
    /// the logarithm of the distance.
    private long readableAfter(long unreadable, long newest) {
        var low = unreadable;
        long high = -1;
        for (long step = 1; high < 0 && low < newest; step *= 2) {
            var next = Math.min(newest, unreadable + step);
            if (at(next) > 0) {
                high = next;
            } else {
                low = next;
            }
        }
        while (high > low + 1) {
            var middle = low + (high - low) / 2;
            if (at(middle) > 0) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high < 0 ? newest + 1 : at(high);
    }

    /// The number of the first row from there on; 0 where it cannot be read or there is none.
    private long at(long from) {
        try {
            var page = page(from, 1);
            return page.isEmpty() ? 0 : page.getFirst().revision().number();
        } catch (SQLException | RuntimeException _) {
            return 0;
        }
    }

    private List<Entry> page(long from, int limit) throws SQLException {
        log.setLong(1, from);
        log.setLong(2, limit);
        var page = new ArrayList<Entry>();
        var last = from - 1;
        try (var rows = log.executeQuery()) {
            while (rows.next()) {
                var entry = SqlRows.entry(rows);
                if (entry.revision().number() <= last) {
                    throw SqlRows.damaged("the numbers of the log are out of order");
                }
                last = entry.revision().number();
                page.add(entry);
            }
        }
        return bodies.unpacked(page);
    }

    private Head head(ResultSet rows) throws SQLException {
        var key = SqlRows.headKey(rows, texts);
        var body = rows.getBytes(8);
        var number = rows.getLong(6);
        var checksum = rows.getLong(7);
        var intact = body == null || Entry.checksum(key, number, body) == checksum;
        return new Head(key, number, body == null, checksum, intact);
    }

    private static String reason(Exception e) {
        var message = String.valueOf(e.getMessage());
        return message.replaceFirst("^the database is damaged: ", "");
    }
}
