package dev.slipway.control.core;

import dev.slipway.control.Occurrence;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The view of who owns what that is folded from the log. Safe to use from any thread.
final class OwnerIndex implements Owners {
    private static final byte[] MARK = "\"ownerReferences\":[".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Set<ResourceKey>> dependents = new HashMap<>();
    private final Map<ResourceKey, List<String>> owners = new HashMap<>();
    private final Map<ResourceKey, String> uids = new HashMap<>();
    private final Map<String, List<String>> ownersOf = new HashMap<>();
    private final Gone gone = new Gone();

    /// Answers what has owners, and what waits to go.
    @Override
    public synchronized Collection<ResourceKey> load(State state) {
        dependents.clear();
        owners.clear();
        uids.clear();
        ownersOf.clear();
        for (var kind : state.kinds()) {
            state.list(kind).stream()
                    .filter(OwnerIndex::hasOwners)
                    .forEach(stored -> put(stored.key(), stored.resource()));
        }
        var keys = new LinkedHashSet<>(owners.keySet());
        for (var kind : state.kinds()) {
            state.list(kind).stream()
                    .filter(GarbageCollector::isTerminating)
                    .forEach(stored -> keys.add(stored.key()));
        }
        return keys;
    }

    @Override
    public synchronized void fold(Occurrence occurrence) {
        if (occurrence.operation() == Operation.DELETE) {
            forget(occurrence.key());
            gone.add(occurrence.object().uid());
        } else if (hasOwners(occurrence.stored())) {
            put(occurrence.key(), occurrence.object());
        } else {
            forget(occurrence.key());
        }
    }

    @Override
    public synchronized List<ResourceKey> dependents(String uid) {
        return List.copyOf(dependents.getOrDefault(uid, Set.of()));
    }

    @Override
    public synchronized boolean gone(String uid) {
        return gone.contains(uid);
    }

    @Override
    public synchronized boolean owns(String owner, String owned) {
        var seen = new HashSet<String>(Set.of(owned));
        var next = new ArrayDeque<>(seen);
        while (!next.isEmpty() && seen.size() < MAX_CHAIN) {
            for (var above : ownersOf.getOrDefault(next.remove(), List.of())) {
                if (above.equals(owner)) {
                    return true;
                }
                if (seen.add(above)) {
                    next.add(above);
                }
            }
        }
        return false;
    }

    private void put(ResourceKey key, Resource object) {
        forget(key);
        var above = object.owners().stream().map(OwnerReference::uid).toList();
        if (!above.isEmpty()) {
            owners.put(key, above);
            uids.put(key, object.uid());
            ownersOf.put(object.uid(), above);
            above.forEach(
                    uid -> dependents.computeIfAbsent(uid, _ -> new LinkedHashSet<>()).add(key));
        }
    }

    private void forget(ResourceKey key) {
        var above = owners.remove(key);
        if (above != null) {
            above.forEach(uid -> forget(uid, key));
            ownersOf.remove(uids.remove(key));
        }
    }

    private void forget(String uid, ResourceKey key) {
        var keys = dependents.get(uid);
        if (keys != null && keys.remove(key) && keys.isEmpty()) {
            dependents.remove(uid);
        }
    }

    /// A look at the bytes spares parsing what has no owners; a false hit costs no more than that.
    static boolean hasOwners(StoredObject stored) {
        var body = stored.body();
        for (int i = 0; i + MARK.length <= body.length; i++) {
            if (body[i] == '"'
                    && java.util.Arrays.equals(body, i, i + MARK.length, MARK, 0, MARK.length)) {
                return true;
            }
        }
        return false;
    }
}
