package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A log that lives as long as the process; several ledgers may share it. Never compacted. Safe for any thread.
final class MemoryDatabase implements Database {
    private final StateView base;

    /// The revision of number n lies at n - 1 behind that of the base.
    private final List<Revision> log = new ArrayList<>();

    private final Map<ResourceKey, List<Revision>> histories = new HashMap<>();
    private long epoch;

    MemoryDatabase() {
        this(StateView.EMPTY);
    }

    /// @param base what is there already; how it came about is not known here
    MemoryDatabase(StateView base) {
        this.base = base;
    }

    /// Passes the lease on.
    synchronized long nextEpoch() {
        return ++epoch;
    }

    @Override
    public synchronized StateView load() {
        var state = base;
        for (var revision : log) {
            state = state.with(revision);
        }
        return state;
    }

    @Override
    public synchronized long newest() {
        return base.revision() + log.size();
    }

    @Override
    public synchronized void append(long known, Decision decision) {
        var missed = log(known, Integer.MAX_VALUE);
        if (!missed.isEmpty()) {
            decision.missed(missed);
        }
        for (var revision : decision.decide(epoch)) {
            log.add(revision);
            histories.computeIfAbsent(revision.key(), _ -> new ArrayList<>()).add(revision);
            if (revision.operation() == Operation.DELETE) {
                shred(revision);
            }
        }
    }

    @Override
    public synchronized Optional<Revision> revision(long number) {
        return number <= base.revision() || number > newest()
                ? Optional.empty()
                : Optional.of(log.get(index(number)));
    }

    @Override
    public synchronized List<Revision> log(long after, int limit) {
        var from = index(Math.clamp(after, base.revision(), newest()) + 1);
        return List.copyOf(log.subList(from, from + Math.min(limit, log.size() - from)));
    }

    @Override
    public synchronized List<Revision> history(ResourceKey key, long before, int limit) {
        return histories.getOrDefault(key, List.of()).reversed().stream()
                .filter(revision -> revision.number() < before)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Revision> at(ResourceKey key, long number) {
        return history(key, number + 1, 1).stream().findFirst();
    }

    @Override
    public synchronized List<Revision> past(KindKey kind, long number) {
        return histories.keySet().stream()
                .filter(key -> key.kind().equals(kind))
                .flatMap(key -> at(key, number).stream())
                .filter(revision -> revision.operation() != Operation.DELETE)
                .toList();
    }

    @Override
    public synchronized long numberAt(Instant time) {
        return log.reversed().stream()
                .filter(revision -> !revision.time().isAfter(time))
                .mapToLong(Revision::number)
                .findFirst()
                .orElse(0);
    }

    @Override
    public synchronized Instant newestTime() {
        return log.isEmpty() ? Instant.MIN : log.getLast().time();
    }

    @Override
    public Horizon horizon(KindKey kind) {
        return horizon();
    }

    @Override
    public Horizon horizon() {
        return new Horizon(base.revision(), base.revision());
    }

    @Override
    public void close() {}

    private int index(long number) {
        return Math.toIntExact(number - base.revision() - 1);
    }

    /// Nothing is sealed in memory, but what is confidential goes with its resource as it does on disk.
    private void shred(Revision deletion) {
        var history = histories.getOrDefault(deletion.key(), List.of());
        history.replaceAll(revision ->
                revision.seal() == Seal.SEALED && revision.uid().equals(deletion.uid())
                        ? revision.shred()
                        : revision);
        history.forEach(revision -> log.set(index(revision.number()), revision));
    }
}
