package dev.slipway.kernel.store;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteCompactionTest extends CompactionContract {
    @TempDir Path folder;

    @Override
    Store open(Clock clock, StoreSettings settings) {
        return SqliteStore.open(folder.resolve("slipway.db"), clock, settings);
    }

    @Override
    Store reopen(Store store, Clock clock, StoreSettings settings) {
        store.close();
        return open(clock, settings);
    }

    @Override
    void tamper(String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("slipway.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    Compactor compactor(Store store, Retention retention, Clock clock) {
        return ((SqliteStore) store).compactor(retention, clock);
    }
}
