package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.LongConsumer;

/// A checkup of a log on a PostgreSQL server: what its user may do, then the log, the newest states and their keys.
/// Changes nothing, and may run beside the processes that write the log.
public final class PostgresCheckup {
    private static final Checkup.Advice ADVICE =
            new Checkup.Advice(
                    "restore a backup into an empty schema: slipway restore FILE --store with another ?currentSchema=, and start the servers with that",
                    "the log tells it: slipway backup FILE, then slipway restore FILE into an empty schema, make it anew");

    private final PostgresServer server;
    private final Source source;
    private final Keyring keyring;
    private final LongConsumer progress;

    /// @param password absent where `~/.pgpass` or the server knows better
    /// @param keyring what should open its secrets
    /// @param progress is told the last number that was read, now and then
    public PostgresCheckup(
            PostgresAddress address,
            Optional<String> password,
            Keyring keyring,
            LongConsumer progress) {
        this.server = new PostgresServer(address, password);
        this.source = new PostgresSource(server);
        this.keyring = keyring;
        this.progress = progress;
    }

    /// Reads everything; throws [CannotOpenException] where there is no log of ours, or it may not be read.
    public Diagnosis run() {
        source.refuseForeign();
        try (var connection = source.snapshot()) {
            var checkup = new Checkup(connection, ADVICE, Optional.of(keyring), progress);
            checkRights(connection, checkup);
            checkDurability(connection, checkup);
            return checkup.run();
        } catch (SQLException e) {
            throw source.cannotOpen(e);
        }
    }

    /// What lies in the tables of a connection, as it sees them before it commits.
    static Diagnosis of(Connection connection) throws SQLException {
        return new Checkup(connection, ADVICE, Optional.empty(), _ -> {}).run();
    }

    private void checkRights(Connection connection, Checkup checkup) throws SQLException {
        var address = server.address();
        new PostgresSchema(connection, address)
                .missingRights()
                .ifPresent(why ->
                        checkup.add(
                                Finding.risk(
                                        "schema " + address.schema(),
                                        "slipway serve does not start with this user",
                                        why)));
    }

    private void checkDurability(Connection connection, Checkup checkup) throws SQLException {
        if (PostgresServer.isCareless(connection)) {
            checkup.add(
                    Finding.risk(
                            server.address().toString(),
                            "the server runs with fsync=off: a crash may lose what was acknowledged",
                            "ALTER SYSTEM SET fsync = on; SELECT pg_reload_conf()"));
        }
    }
}
