package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A log that lives as long as the process. Safe for any thread.
final class MemoryDatabase implements Database {
    /// The revision of number n lies at n - 1.
    private final List<Revision> log = new ArrayList<>();

    private final Map<ResourceKey, List<Revision>> histories = new HashMap<>();

    @Override
    public synchronized StateView load() {
        var state = StateView.EMPTY;
        for (var revision : log) {
            state = state.with(revision);
        }
        return state;
    }

    @Override
    public synchronized void append(List<Revision> revisions) {
        for (var revision : revisions) {
            log.add(revision);
            histories.computeIfAbsent(revision.key(), _ -> new ArrayList<>()).add(revision);
        }
    }

    @Override
    public synchronized Optional<Revision> revision(long number) {
        return number < 1 || number > log.size()
                ? Optional.empty()
                : Optional.of(log.get((int) number - 1));
    }

    @Override
    public synchronized List<Revision> log(long after, int limit) {
        var from = (int) Math.min(after, log.size());
        return List.copyOf(log.subList(from, from + Math.min(limit, log.size() - from)));
    }

    @Override
    public synchronized List<Revision> history(ResourceKey key, int limit) {
        var history = histories.getOrDefault(key, List.of()).reversed();
        return List.copyOf(history.subList(0, Math.min(limit, history.size())));
    }

    @Override
    public void close() {}
}
