package dev.slipway.kernel.store;

import java.sql.SQLException;
import java.sql.Statement;

/// The free pages of a SQLite file. New revisions fill them first; what is too much goes back to the disk.
final class SqliteRoom {
    /// How many pages go back at once.
    private static final int PAGES = 64;

    /// How many free pages may stay: 16 MB of 16 KiB pages, or a fifth of the file where that is more.
    private static final long SPARE = 1_024;

    private final Statement statement;

    SqliteRoom(Statement statement) {
        this.statement = statement;
    }

    /// Gives some pages back; whether there are more.
    boolean shrink() throws SQLException {
        var free = number("PRAGMA freelist_count");
        if (!isTooMuch(free)) {
            return false;
        }
        statement.execute("PRAGMA incremental_vacuum(%d)".formatted(PAGES));
        var left = number("PRAGMA freelist_count");
        return left < free && isTooMuch(left);
    }

    private boolean isTooMuch(long free) throws SQLException {
        return free > Math.max(SPARE, number("PRAGMA page_count") / 5);
    }

    private long number(String sql) throws SQLException {
        try (var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
