package dev.slipway.kernel.store;

import dev.slipway.testbed.Postgres;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/// Nobody follows the log here but who is asked to: as a process whose way to the server was cut.
@Tag("postgres")
class PostgresSleepTest extends SleepContract {
    private final PostgresLogs logs = new PostgresLogs();

    PostgresSleepTest() {
        logs.reserve();
    }

    @Override
    Database open() {
        var server = new PostgresServer(logs.address(), Optional.of(Postgres.PASSWORD));
        return PostgresDatabase.open(server, PostgresLogs.KEYS);
    }
}
