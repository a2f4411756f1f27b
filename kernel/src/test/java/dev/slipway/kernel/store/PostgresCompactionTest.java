package dev.slipway.kernel.store;

import java.sql.SQLException;
import java.time.Clock;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;

@Tag("postgres")
class PostgresCompactionTest extends CompactionContract {
    private final PostgresLogs logs = new PostgresLogs();

    /// One: each takes thousands of round trips.
    static LongStream seeds() {
        return LongStream.of(System.nanoTime());
    }

    @Override
    Store open(Clock clock, StoreSettings settings) {
        return logs.open(clock, settings);
    }

    @Override
    Store reopen(Store store, Clock clock, StoreSettings settings) {
        store.close();
        return logs.again(clock, settings);
    }

    @Override
    void tamper(String sql) throws SQLException {
        logs.run(sql);
    }

    @Override
    Compactor compactor(Store store, Retention retention, Clock clock) {
        return ((PostgresStore) store).compactor(retention, clock);
    }
}
