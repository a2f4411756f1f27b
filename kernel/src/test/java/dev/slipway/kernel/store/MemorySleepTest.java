package dev.slipway.kernel.store;

class MemorySleepTest extends SleepContract {
    private final MemoryDatabase database = new MemoryDatabase();

    @Override
    Database open() {
        return database;
    }
}
