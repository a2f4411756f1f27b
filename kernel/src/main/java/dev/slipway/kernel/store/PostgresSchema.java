package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// The schema that a log's tables are in: made where it is missing, refused where it is not ours. In one transaction.
final class PostgresSchema {
    /// Held while the tables are made, so that two first starts at the same time do not both make them: "Slip".
    private static final long MAKING = 0x536c6970L;

    private final Connection connection;
    private final PostgresAddress address;

    PostgresSchema(Connection connection, PostgresAddress address) {
        this.connection = connection;
        this.address = address;
    }

    /// Throws [CannotOpenException] where the tables are not ours, not of our layout or not ours to write.
    void prepare() throws SQLException {
        execute("SELECT pg_advisory_xact_lock(" + MAKING + ")");
        var name = address.schema();
        if (number("SELECT count(*) FROM pg_namespace WHERE nspname = ?", name).orElse(0L) == 0) {
            execute("CREATE SCHEMA \"" + name + "\"");
        }
        if (tables("layout") == 1) {
            refuseOtherLayouts();
            refuseOthersTables();
        } else {
            refuseOthers();
            make();
        }
    }

    private void make() throws SQLException {
        try (var statement = connection.createStatement()) {
            SqlTables.POSTGRES.make(statement);
            statement.executeUpdate("CREATE TABLE layout (number BIGINT PRIMARY KEY)");
            statement.executeUpdate("INSERT INTO layout VALUES (" + SqlTables.LAYOUT + ")");
        }
    }

    private void refuseOthers() throws SQLException {
        if (tables("revision") + tables("head") + tables("tip") > 0) {
            throw refused(
                    "schema %s holds tables of another program; name another one with ?currentSchema="
                            .formatted(address.schema()));
        }
    }

    private void refuseOtherLayouts() throws SQLException {
        var layout = number("SELECT number FROM layout").orElse(0L);
        if (layout != SqlTables.LAYOUT) {
            throw refused(
                    "it was written by %s version: its layout is %d, this one knows %d"
                            .formatted(
                                    layout > SqlTables.LAYOUT ? "a newer" : "an older",
                                    layout,
                                    SqlTables.LAYOUT));
        }
    }

    /// Tables that somebody else has made need to be granted.
    private void refuseOthersTables() throws SQLException {
        var missing =
                number(
                        """
                        SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = ? AND c.relkind = 'r' AND c.relname <> 'layout'
                            AND NOT (has_table_privilege(c.oid, 'SELECT')
                                AND has_table_privilege(c.oid, 'INSERT')
                                AND has_table_privilege(c.oid, 'UPDATE')
                                AND has_table_privilege(c.oid, 'DELETE'))\
                        """,
                        address.schema());
        if (missing.orElse(0L) > 0) {
            throw refused(
                    "user %s may not write the tables in schema %s; GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %s TO %s"
                            .formatted(
                                    address.user(),
                                    address.schema(),
                                    address.schema(),
                                    address.user()));
        }
    }

    private long tables(String name) throws SQLException {
        return number(
                        "SELECT count(*) FROM pg_tables WHERE schemaname = ? AND tablename = ?",
                        address.schema(),
                        name)
                .orElse(0L);
    }

    private CannotOpenException refused(String why) {
        return new CannotOpenException("cannot open %s: %s".formatted(address, why));
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Optional<Long> number(String query, String... values) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (var rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
            }
        }
    }
}
