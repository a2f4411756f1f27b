package dev.slipway.graph.instance;

import dev.slipway.control.Occurrence;
import dev.slipway.kernel.kind.LabelSelection;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which instances look at which resources, made or merely awaited, so that each change wakes whom it concerns.
///
/// Built by the passes themselves, the first of which run at the start of the process. Safe to use from any thread.
final class Interests {
    private final Map<ResourceKey, Set<ResourceKey>> byInstance = new HashMap<>();
    private final Map<ResourceKey, Set<ResourceKey>> byResource = new HashMap<>();
    private final Map<ResourceKey, Map<String, Selection>> selections = new HashMap<>();
    private final Map<KindKey, Set<ResourceKey>> selecting = new HashMap<>();

    /// Resources found by their labels.
    ///
    /// @param namespace where; empty: everywhere
    /// @param selector a `LabelSelector`
    record Selection(KindKey kind, String namespace, Map<String, Object> selector) {
        private static final String MATCH_LABELS = "matchLabels";
        private static final String MATCH_EXPRESSIONS = "matchExpressions";

        /// The operators that nothing meets without the label.
        private static final Set<String> ASKS = Set.of("In", "Exists");

        boolean concerns(Occurrence occurrence) {
            return occurrence.key().kind().equals(kind)
                    && (namespace.isEmpty() || namespace.equals(occurrence.key().namespace()))
                    && (isEverything()
                            || finds(occurrence.object().labels())
                            || occurrence
                                    .previous()
                                    .filter(old -> finds(old.labels()))
                                    .isPresent());
        }

        /// What it finds in a state.
        List<StoredObject> in(State state) {
            var found =
                    term().map(term -> state.list(kind, term)).orElseGet(() -> state.list(kind));
            var there = namespace.isEmpty() ? found : found.in(namespace);
            return isEverything()
                    ? List.copyOf(there)
                    : there.stream().filter(stored -> finds(stored.labels())).toList();
        }

        private boolean isEverything() {
            return Json.object(selector, MATCH_LABELS).isEmpty()
                    && Json.list(selector, MATCH_EXPRESSIONS).isEmpty();
        }

        /// What everything that it finds has in common, if there is an index for it.
        private Optional<Term> term() {
            return Json.object(selector, MATCH_LABELS).entrySet().stream()
                    .filter(label -> label.getValue() instanceof String)
                    .<Term>map(label ->
                            new Term.Label(label.getKey(), String.valueOf(label.getValue())))
                    .findFirst()
                    .or(this::labelled);
        }

        private Optional<Term> labelled() {
            return Json.list(selector, MATCH_EXPRESSIONS).stream()
                    .map(expression -> Json.cast((Map<?, ?>) expression))
                    .filter(expression -> ASKS.contains(Json.string(expression, "operator")))
                    .<Term>map(expression -> new Term.Labelled(Json.string(expression, "key")))
                    .findFirst();
        }

        boolean finds(Map<String, ?> labels) {
            return LabelSelection.matches(selector, labels);
        }
    }

    /// The instances that look at a resource.
    synchronized Collection<ResourceKey> in(ResourceKey resource) {
        return Set.copyOf(byResource.getOrDefault(resource, Set.of()));
    }

    /// The resources that an instance looks at.
    synchronized Set<ResourceKey> of(ResourceKey instance) {
        return Set.copyOf(byInstance.getOrDefault(instance, Set.of()));
    }

    /// An instance looks at one more resource, from before it reads it.
    synchronized void add(ResourceKey instance, ResourceKey resource) {
        if (byInstance.computeIfAbsent(instance, _ -> new HashSet<>()).add(resource)) {
            byResource.computeIfAbsent(resource, _ -> new HashSet<>()).add(instance);
        }
    }

    /// An instance no longer looks at anything but these.
    synchronized void retain(ResourceKey instance, Set<ResourceKey> resources) {
        for (var resource : Set.copyOf(byInstance.getOrDefault(instance, Set.of()))) {
            if (!resources.contains(resource)) {
                remove(instance, resource);
            }
        }
    }

    /// An instance looks at all resources that these selectors find, from before it reads them, and no longer at those
    /// that earlier ones found.
    synchronized void select(ResourceKey instance, Map<String, Selection> selections) {
        var before = this.selections.getOrDefault(instance, Map.of());
        before.values().forEach(selection -> drop(selecting, selection.kind(), instance));
        if (selections.isEmpty()) {
            this.selections.remove(instance);
        } else {
            this.selections.put(instance, Map.copyOf(selections));
            selections
                    .values()
                    .forEach(selection ->
                            selecting
                                    .computeIfAbsent(selection.kind(), _ -> new HashSet<>())
                                    .add(instance));
        }
    }

    /// The instances one of whose selectors finds a resource as it is, or found it as it was.
    synchronized Collection<ResourceKey> selecting(Occurrence occurrence) {
        var candidates = selecting.getOrDefault(occurrence.key().kind(), Set.of());
        return candidates.stream()
                .filter(instance ->
                        selections.getOrDefault(instance, Map.of()).values().stream()
                                .anyMatch(selection -> selection.concerns(occurrence)))
                .toList();
    }

    private void remove(ResourceKey instance, ResourceKey resource) {
        drop(byInstance, instance, resource);
        drop(byResource, resource, instance);
    }

    private static <K> void drop(Map<K, Set<ResourceKey>> map, K key, ResourceKey value) {
        var values = map.get(key);
        if (values != null && values.remove(value) && values.isEmpty()) {
            map.remove(key);
        }
    }
}
