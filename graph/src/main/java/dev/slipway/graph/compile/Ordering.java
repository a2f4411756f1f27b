package dev.slipway.graph.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// The order of nodes by what they read: each after those that it reads, else as they were written.
///
/// @param order the ids of all nodes, unless there are cycles
/// @param waves for each id in order the wave that it is applied in, from 1; what nothing depends on is in the last
/// @param cycles each as the ids along it, its first repeated at its end
record Ordering(List<String> order, Map<String, Integer> waves, List<List<String>> cycles) {
    /// @param dependencies the ids that each node reads, nodes in the order they were written
    static Ordering of(Map<String, Set<String>> dependencies) {
        var left = new LinkedHashMap<>(dependencies);
        var order = new ArrayList<String>();
        var cycles = new ArrayList<List<String>>();
        while (order.size() < dependencies.size() && !left.isEmpty()) {
            order.addAll(free(left));
            if (!left.isEmpty()) {
                var cycle = cycle(left);
                cycles.add(cycle);
                cycle.forEach(left::remove);
            }
        }
        return new Ordering(
                List.copyOf(order),
                cycles.isEmpty() ? waves(order, dependencies) : Map.of(),
                List.copyOf(cycles));
    }

    /// Takes out of `left`, in order, what depends on nothing that is left.
    private static List<String> free(Map<String, Set<String>> left) {
        var positions = new ArrayList<>(left.keySet());
        var missing = new HashMap<String, Integer>();
        var dependents = new HashMap<String, List<String>>();
        left.forEach((id, reads) -> {
            var open = reads.stream().filter(left::containsKey).toList();
            missing.put(id, open.size());
            open.forEach(read -> dependents.computeIfAbsent(read, _ -> new ArrayList<>()).add(id));
        });
        var index = new HashMap<String, Integer>();
        positions.forEach(id -> index.put(id, index.size()));
        var ready = new PriorityQueue<String>(Comparator.comparing(index::get));
        positions.stream().filter(id -> missing.getOrDefault(id, 0) == 0).forEach(ready::add);
        var order = new ArrayList<String>();
        while (!ready.isEmpty()) {
            var id = ready.remove();
            order.add(id);
            left.remove(id);
            for (var dependent : dependents.getOrDefault(id, List.of())) {
                if (missing.merge(dependent, -1, Integer::sum) == 0) {
                    ready.add(dependent);
                }
            }
        }
        return order;
    }

    /// Some cycle among nodes of which each reads one that is left.
    private static List<String> cycle(Map<String, Set<String>> left) {
        var walked = new LinkedHashSet<String>();
        var here = left.keySet().iterator().next();
        while (walked.add(here)) {
            here =
                    left.getOrDefault(here, Set.of()).stream()
                            .filter(left::containsKey)
                            .findFirst()
                            .orElseThrow();
        }
        var way = new ArrayList<>(walked);
        var cycle = new ArrayList<>(way.subList(way.indexOf(here), way.size()));
        cycle.add(here);
        return List.copyOf(cycle);
    }

    private static Map<String, Integer> waves(
            List<String> order, Map<String, Set<String>> dependencies) {
        var behind = new HashMap<String, Integer>();
        for (var id : order.reversed()) {
            var depth = behind.getOrDefault(id, 0);
            for (var read : dependencies.getOrDefault(id, Set.of())) {
                behind.merge(read, depth + 1, Math::max);
            }
        }
        var last = 1 + behind.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        var waves = new LinkedHashMap<String, Integer>();
        order.forEach(id -> waves.put(id, last - behind.getOrDefault(id, 0)));
        return waves;
    }
}
