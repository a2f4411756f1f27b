package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.SQLException;

/// A log on a PostgreSQL server, to be read as a whole with no right but to read it.
record PostgresSource(PostgresServer server) implements Source {
    @Override
    public void refuseForeign() {
        try (var connection = server.connect()) {
            server.refuseUnfit(connection);
            new PostgresSchema(connection, server.address()).refuseUnreadable();
        } catch (SQLException e) {
            throw cannotOpen(e);
        }
    }

    @Override
    public Connection snapshot() throws SQLException {
        return server.wholeReader();
    }

    @Override
    public CannotOpenException cannotOpen(SQLException e) {
        return server.cannotOpen(e);
    }
}
