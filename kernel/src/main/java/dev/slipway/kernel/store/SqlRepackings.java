package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// Writes packed bodies in the place of others. For the one transaction that its connection is in.
final class SqlRepackings implements AutoCloseable {
    private static final String FITS =
            " WHERE number = ? AND body = ? AND (? = 0 OR EXISTS (SELECT 1 FROM revision WHERE number = ?))";

    private final SqlTables tables;
    private final PreparedStatement replace;
    private final PreparedStatement take;
    private final PreparedStatement insert;

    SqlRepackings(Connection connection, SqlTables tables) throws SQLException {
        this.tables = tables;
        this.replace = connection.prepareStatement("UPDATE revision SET body = ?" + FITS);
        this.take =
                connection.prepareStatement(
                        "DELETE FROM revision" + FITS + " RETURNING " + SqlTables.REVISION);
        this.insert =
                connection.prepareStatement(
                        "INSERT INTO revision (%s) VALUES (%s)"
                                .formatted(
                                        SqlTables.REVISION,
                                        "?, ".repeat(SqlTables.COLUMNS - 1) + "?"));
    }

    /// Replaces what is still as it was, where that is there that it is packed against; how many bytes were saved.
    long pack(List<Repacking> repackings) throws SQLException {
        long saved = 0;
        for (var repacking : repackings) {
            var replaced =
                    switch (tables) {
                        case SQLITE -> insertAnew(repacking);
                        case POSTGRES -> replace(repacking);
                    };
            if (replaced) {
                saved += repacking.before().length - repacking.after().length;
            }
        }
        return saved;
    }

    @Override
    public void close() throws SQLException {
        replace.close();
        take.close();
        insert.close();
    }

    private boolean replace(Repacking repacking) throws SQLException {
        replace.setBytes(1, repacking.after());
        bindFit(replace, 2, repacking);
        return replace.executeUpdate() == 1;
    }

    /// A file's pages are joined where rows are deleted, not where they get shorter.
    private boolean insertAnew(Repacking repacking) throws SQLException {
        bindFit(take, 1, repacking);
        try (var rows = take.executeQuery()) {
            if (!rows.next()) {
                return false;
            }
            for (int i = 1; i < SqlTables.COLUMNS; i++) {
                insert.setObject(i, rows.getObject(i));
            }
        }
        insert.setBytes(SqlTables.COLUMNS, repacking.after());
        return insert.executeUpdate() == 1;
    }

    private static void bindFit(PreparedStatement statement, int at, Repacking repacking)
            throws SQLException {
        var after = repacking.after();
        var base = Packing.isDelta(after) ? Packing.base(after) : 0;
        statement.setLong(at, repacking.number());
        statement.setBytes(at + 1, repacking.before());
        statement.setLong(at + 2, base);
        statement.setLong(at + 3, base);
    }
}
