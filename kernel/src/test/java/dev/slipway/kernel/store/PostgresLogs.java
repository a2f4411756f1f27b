package dev.slipway.kernel.store;

import dev.slipway.testbed.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Logs on the server of the tests, each in a schema of its own.
final class PostgresLogs {
    static final Path KEYS_FOLDER = folder();

    /// What all processes that share a log must have alike.
    static final Keyring KEYS = new Keyring(KEYS_FOLDER, new SecureRandom());

    private static final AtomicInteger MADE = new AtomicInteger();

    private final Postgres server;
    private String schema = "public";

    PostgresLogs() {
        this(Postgres.shared());
    }

    PostgresLogs(Postgres server) {
        this.server = server;
    }

    /// The schema of the log that was opened last.
    String schema() {
        return schema;
    }

    /// The name of a log that is yet to be made.
    String reserve() {
        schema = "log_" + MADE.incrementAndGet();
        return schema;
    }

    /// Where the log is that was opened or reserved last.
    PostgresAddress address() {
        return PostgresAddress.of(server.address(schema));
    }

    /// A store on a new log.
    PostgresStore open(Clock clock, StoreSettings settings) {
        reserve();
        return open(server.port(), clock, settings);
    }

    /// Another store on the log that was opened last.
    PostgresStore again() {
        return again(server.port());
    }

    /// Another store on it, by a port behind which something leads to the server.
    PostgresStore again(int port) {
        return open(port, StoreContract.NOON, StoreSettings.defaults());
    }

    PostgresStore again(Clock clock, StoreSettings settings) {
        return open(server.port(), clock, settings);
    }

    PostgresStore open(int port, Clock clock, StoreSettings settings) {
        return PostgresStore.open(
                PostgresAddress.of(Postgres.address(port, schema)),
                Optional.of(Postgres.PASSWORD),
                KEYS,
                clock,
                settings);
    }

    /// A session beside the stores, in the schema of the log that was opened last.
    Connection session() throws SQLException {
        var connection =
                DriverManager.getConnection(server.jdbc(), Postgres.USER, Postgres.PASSWORD);
        try (var statement = connection.createStatement()) {
            statement.execute("SET search_path = \"" + schema + "\"");
        }
        return connection;
    }

    void run(String... statements) throws SQLException {
        try (var connection = session();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /// Takes away what was written after a number, as a restored backup does.
    void putBackTo(long number) throws SQLException {
        run(
                "DELETE FROM head WHERE number > " + number,
                "DELETE FROM revision WHERE number > " + number,
                "UPDATE tip SET number = %d, digest = (SELECT digest FROM revision WHERE number = %d)"
                        .formatted(number, number));
    }

    private static Path folder() {
        try {
            var folder = Files.createTempDirectory("slipway-keys-");
            folder.toFile().deleteOnExit();
            folder.resolve(Keyring.FILE).toFile().deleteOnExit();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
