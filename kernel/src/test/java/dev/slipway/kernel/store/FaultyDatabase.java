package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/// A database in memory whose next append fails, before or after it has kept the revisions, or waits.
final class FaultyDatabase implements Database {
    private final MemoryDatabase database = new MemoryDatabase();
    private Fault fault = Fault.NONE;
    volatile CountDownLatch gate = new CountDownLatch(0);

    /// One permit for each append that has begun.
    final Semaphore begun = new Semaphore(0);

    enum Fault {
        NONE,
        LOST,
        KEPT
    }

    void failNext(Fault next) {
        fault = next;
    }

    @Override
    public void append(List<Revision> revisions) {
        var now = fault;
        fault = Fault.NONE;
        begun.release();
        await();
        if (now != Fault.LOST) {
            database.append(revisions);
        }
        if (now != Fault.NONE) {
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "the disk is full").exception();
        }
    }

    @Override
    public StateView load() {
        return database.load();
    }

    @Override
    public Optional<Revision> revision(long number) {
        return database.revision(number);
    }

    @Override
    public List<Revision> log(long after, int limit) {
        return database.log(after, limit);
    }

    @Override
    public List<Revision> history(ResourceKey key, int limit) {
        return database.history(key, limit);
    }

    @Override
    public void close() {
        database.close();
    }

    private void await() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted at the gate", e);
        }
    }
}
