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
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The view of who owns what, by the owner's uid; and of the uids that went lately. Safe to use from any thread.
final class OwnerIndex {
    /// How many uids of deleted resources are remembered, the newest ones.
    static final int MAX_GONE = 10_000;

    /// How many resources of one chain of owners are looked at.
    static final int MAX_CHAIN = 1_000;

    private static final byte[] MARK = "\"ownerReferences\":[".getBytes(StandardCharsets.US_ASCII);

    private final Map<String, Set<ResourceKey>> dependents = new HashMap<>();
    private final Map<ResourceKey, List<String>> owners = new HashMap<>();
    private final Map<ResourceKey, String> uids = new HashMap<>();
    private final Map<String, List<String>> ownersOf = new HashMap<>();
    private final Set<String> gone =
            java.util.Collections.newSetFromMap(
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                            return size() > MAX_GONE;
                        }
                    });

    /// Reads everything that exists; answers the keys that have owners.
    synchronized Collection<ResourceKey> load(State state) {
        dependents.clear();
        owners.clear();
        uids.clear();
        ownersOf.clear();
        for (var kind : state.kinds()) {
            state.list(kind).stream()
                    .filter(OwnerIndex::hasOwners)
                    .forEach(stored -> put(stored.key(), stored.resource()));
        }
        return List.copyOf(owners.keySet());
    }

    /// Takes in one event.
    synchronized void fold(Occurrence occurrence) {
        if (occurrence.operation() == Operation.DELETE) {
            forget(occurrence.key());
            gone.add(occurrence.object().uid());
        } else if (hasOwners(occurrence.stored())) {
            put(occurrence.key(), occurrence.object());
        } else {
            forget(occurrence.key());
        }
    }

    /// The resources that name this uid as an owner.
    synchronized List<ResourceKey> dependents(String uid) {
        return List.copyOf(dependents.getOrDefault(uid, Set.of()));
    }

    /// Whether the resource with this uid was deleted lately.
    synchronized boolean gone(String uid) {
        return gone.contains(uid);
    }

    /// Whether a resource owns another through any number of others; looks at [#MAX_CHAIN] at most.
    synchronized boolean owns(String owner, String owned) {
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
