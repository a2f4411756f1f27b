package dev.slipway.kernel.store;

import java.time.Clock;

class MemoryStoreTest extends StoreContract {
    @Override
    Store open(Clock clock, StoreSettings settings) {
        return new MemoryStore(clock, settings);
    }
}
