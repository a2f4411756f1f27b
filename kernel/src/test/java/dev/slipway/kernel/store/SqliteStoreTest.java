package dev.slipway.kernel.store;

import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreContract {
    @TempDir Path folder;

    private int opened;

    @Override
    Store open(Clock clock, StoreSettings settings) {
        opened++;
        return SqliteStore.open(folder.resolve("store-" + opened + "/slipway.db"), clock, settings);
    }
}
