package dev.slipway.cluster.pod;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Listing;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How much of each node the pods take that are on it or on their way to it, and which pods wait for room: a view of the
/// state, brought up to date by whoever asks. Safe to use from any thread.
public final class Room {
    private record Held(String uid, String node, Demand demand) {}

    private final Map<ResourceKey, Held> held = new HashMap<>();
    private final Map<ResourceKey, Held> assumed = new HashMap<>();
    private final Map<String, Demand> taken = new HashMap<>();
    private final Set<ResourceKey> waiting = new LinkedHashSet<>();
    private Listing known = Listing.EMPTY;

    /// The pods that found no room, who may find some now.
    public synchronized List<ResourceKey> waiting() {
        var all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /// Takes room for a pod on the first node that has it.
    ///
    /// @param state read anew here, so that what leaves from now on wakes the pod
    /// @param most what each node has in all
    /// @param nodes in the order in which they are liked
    synchronized Optional<String> take(
            Supplier<State> state, ResourceKey key, Resource pod, Demand most, List<String> nodes) {
        waiting.add(key);
        fold(state.get().list(ClusterKinds.PODS));
        var demand = Demand.of(pod.spec());
        var found =
                nodes.stream()
                        .filter(node -> demand.lacking(most, taken(node)).isEmpty())
                        .findFirst();
        found.ifPresent(node -> {
            waiting.remove(key);
            hold(assumed, key, new Held(pod.uid(), node, demand));
        });
        return found;
    }

    /// What is taken of a node.
    synchronized Demand taken(String node) {
        return taken.getOrDefault(node, Demand.NONE);
    }

    /// A pod did not get where it was to go.
    synchronized void release(ResourceKey key) {
        drop(assumed, key);
    }

    private void fold(Listing pods) {
        known.differences(
                pods, (before, after) -> after.or(() -> before).ifPresent(one -> fold(one, after)));
        known = pods;
    }

    private void fold(StoredObject any, Optional<StoredObject> pod) {
        var key = any.key();
        var uid = pod.map(one -> one.field("metadata.uid")).orElse("");
        var node =
                pod.filter(one -> !isOver(one)).map(one -> one.field("spec.nodeName")).orElse("");
        if (!node.isEmpty() || pod.isEmpty() || !isOf(assumed.get(key), uid)) {
            drop(assumed, key);
        }
        var before = held.get(key);
        if (before != null && isOf(before, uid) && before.node().equals(node)) {
            return;
        }
        drop(held, key);
        if (!node.isEmpty()) {
            hold(held, key, new Held(uid, node, Demand.of(pod.orElseThrow().resource().spec())));
        }
        if (pod.isEmpty()) {
            waiting.remove(key);
        }
    }

    private static boolean isOf(@Nullable Held one, String uid) {
        return one != null && one.uid().equals(uid);
    }

    /// Whether a pod needs its node no more.
    static boolean isOver(StoredObject pod) {
        var phase = pod.field("status.phase");
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private void hold(Map<ResourceKey, Held> where, ResourceKey key, Held one) {
        drop(where, key);
        where.put(key, one);
        taken.merge(one.node(), one.demand(), Demand::plus);
    }

    private void drop(Map<ResourceKey, Held> where, ResourceKey key) {
        var one = where.remove(key);
        if (one != null) {
            taken.computeIfPresent(one.node(), (_, all) -> all.minus(one.demand()));
        }
    }
}
