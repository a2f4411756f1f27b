package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/// A database in memory whose next append fails, before or after it has kept the revisions, or waits.
final class FaultyDatabase implements Database {
    private final MemoryDatabase database = new MemoryDatabase();
    private Fault fault = Fault.NONE;
    volatile CountDownLatch gate = new CountDownLatch(0);

    /// What reads of the past wait for.
    volatile CountDownLatch past = new CountDownLatch(0);

    /// One permit for each of them that has begun.
    final Semaphore read = new Semaphore(0);

    /// One permit for each append that has begun.
    final Semaphore begun = new Semaphore(0);

    /// How many of the next questions for the newest time are not answered.
    int deafTo;

    enum Fault {
        NONE,
        LOST,
        KEPT
    }

    void failNext(Fault next) {
        fault = next;
    }

    @Override
    public void append(long known, Decision decision) {
        var now = fault;
        fault = Fault.NONE;
        begun.release();
        await(gate);
        database.append(known, now == Fault.LOST ? new Lost(decision) : decision);
        if (now != Fault.NONE) {
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "the disk is full").exception();
        }
    }

    /// Decides and keeps nothing of it.
    private record Lost(Decision decision) implements Decision {
        @Override
        public void missed(List<Revision> page) {
            decision.missed(page);
        }

        @Override
        public List<Revision> decide(long epoch) {
            decision.decide(epoch);
            return List.of();
        }
    }

    @Override
    public StateView load() {
        return database.load();
    }

    @Override
    public long newest() {
        return database.newest();
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
    public List<Revision> history(ResourceKey key, long before, int limit) {
        return database.history(key, before, limit);
    }

    @Override
    public Optional<Revision> at(ResourceKey key, long number) {
        return database.at(key, number);
    }

    @Override
    public List<Revision> past(KindKey kind, long number) {
        read.release();
        await(past);
        return database.past(kind, number);
    }

    @Override
    public long numberAt(Instant time) {
        return database.numberAt(time);
    }

    @Override
    public Instant newestTime() {
        if (deafTo-- > 0) {
            throw Problem.of(Reason.SERVICE_UNAVAILABLE, "nobody answers").exception();
        }
        return database.newestTime();
    }

    @Override
    public Horizon horizon(KindKey kind) {
        return database.horizon(kind);
    }

    @Override
    public Horizon horizon() {
        return database.horizon();
    }

    @Override
    public void close() {
        database.close();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted at the gate", e);
        }
    }
}
