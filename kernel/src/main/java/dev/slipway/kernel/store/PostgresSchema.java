package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The schema that a log's tables are in: made where it is missing, refused where it is not ours. In one transaction.
final class PostgresSchema {
    /// Held while the tables of a schema are made, so that two first starts at the same time do not both make them:
    /// "Slip", and the schema.
    private static final int MAKING = 0x536c6970;

    private static final List<String> WRITING = List.of("SELECT", "INSERT", "UPDATE", "DELETE");

    private final Connection connection;
    private final PostgresAddress address;

    PostgresSchema(Connection connection, PostgresAddress address) {
        this.connection = connection;
        this.address = address;
    }

    /// Throws [CannotOpenException] where the tables are not ours, not of our layout or not ours to write.
    void prepare() throws SQLException {
        begin();
        if (tables("layout") == 1) {
            refuseClosed();
            refuseOtherLayouts();
            refuseUngranted(WRITING);
        } else {
            refuseOthers();
            make();
        }
    }

    /// Makes the tables where there are none yet; throws [CannotOpenException] where there are.
    void prepareEmpty() throws SQLException {
        begin();
        if (tables("layout") == 1) {
            throw refused(
                    "schema %s holds a store already; name an empty one with ?currentSchema=, or take that one away: DROP SCHEMA \"%s\" CASCADE"
                            .formatted(address.schema(), address.schema()));
        }
        refuseOthers();
        make();
    }

    /// Throws [CannotOpenException] where there is no log that can be read; makes and changes nothing.
    void refuseUnreadable() throws SQLException {
        if (tables("layout") == 0) {
            refuseOthers();
            throw refused(
                    "schema %s holds no store; name the right one with ?currentSchema="
                            .formatted(address.schema()));
        }
        refuseClosed();
        refuseUngranted(List.of("SELECT"));
        refuseOtherLayouts();
    }

    /// Why the server would not start here; empty where it would.
    Optional<String> missingRights() throws SQLException {
        return isGranted(WRITING) ? Optional.empty() : Optional.of(ungranted(WRITING));
    }

    private void begin() throws SQLException {
        var name = address.schema();
        execute("SELECT pg_advisory_xact_lock(%d, hashtext('%s'))".formatted(MAKING, name));
        if (number("SELECT count(*) FROM pg_namespace WHERE nspname = ?", name).orElse(0L) == 0) {
            execute("CREATE SCHEMA \"" + name + "\"");
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

    /// A schema that may not be used looks as if it were empty.
    private void refuseClosed() throws SQLException {
        var name = address.schema();
        if (number("SELECT has_schema_privilege(?, 'USAGE')::int", name).orElse(0L) == 0) {
            throw refused(
                    "user %s may not look into schema %s; GRANT USAGE ON SCHEMA \"%s\" TO \"%s\""
                            .formatted(address.user(), name, name, address.user()));
        }
    }

    /// Tables that somebody else has made need to be granted.
    private void refuseUngranted(List<String> rights) throws SQLException {
        if (!isGranted(rights)) {
            throw refused(ungranted(rights));
        }
    }

    /// The layout is written by whoever makes the tables, and by nobody else.
    private boolean isGranted(List<String> rights) throws SQLException {
        var all =
                rights.stream()
                        .map("has_table_privilege(c.oid, '%s')"::formatted)
                        .collect(Collectors.joining(" AND "));
        var missing =
                number(
                        """
                        SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                        WHERE n.nspname = ? AND c.relkind = 'r' AND NOT (has_table_privilege(c.oid, 'SELECT')
                            AND (c.relname = 'layout' OR (%s)))\
                        """
                                .formatted(all),
                        address.schema());
        return missing.orElse(0L) == 0;
    }

    private String ungranted(List<String> rights) {
        return "user %s may not %s the tables in schema %s; GRANT %s ON ALL TABLES IN SCHEMA \"%s\" TO \"%s\""
                .formatted(
                        address.user(),
                        rights.equals(WRITING) ? "write" : "read",
                        address.schema(),
                        String.join(", ", rights),
                        address.schema(),
                        address.user());
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
