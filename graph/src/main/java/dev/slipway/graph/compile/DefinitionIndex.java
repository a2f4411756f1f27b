package dev.slipway.graph.compile;

import dev.slipway.control.Occurrence;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Which definitions define and use which kinds: folded from the log by the controllers' reader.
///
/// Seeing the same event twice changes nothing. Safe to use from any thread.
public final class DefinitionIndex {
    /// Where custom resource definitions are stored.
    public static final KindKey CRDS =
            KindKey.of("apiextensions.k8s.io", "customresourcedefinitions");

    /// What is known of a definition: as it was at a revision.
    private record Known(
            Definition definition,
            String revision,
            KindKey instances,
            Set<String> uses,
            Optional<User> maker) {}

    private final Map<String, Known> known = new HashMap<>();

    /// The names of the definitions of each kind, in order.
    private volatile Map<KindKey, Set<String>> kinds = Map.of();

    /// Takes note of everything that is there.
    public synchronized void load(State state) {
        known.clear();
        state.list(Definition.KIND).forEach(stored -> put(stored.resource()));
        publish();
    }

    /// Takes note of an event.
    public void see(Occurrence occurrence) {
        if (occurrence.key().kind().equals(Definition.KIND)) {
            if (occurrence.operation() == Operation.DELETE) {
                remove(occurrence.key().name());
            } else {
                put(occurrence.object());
            }
        }
    }

    private synchronized void put(Resource resource) {
        var definition = new Definition(resource);
        known.put(
                definition.name(),
                new Known(
                        definition,
                        resource.resourceVersion(),
                        definition.instances(),
                        uses(definition),
                        definition.maker()));
        publish();
    }

    private synchronized void remove(String name) {
        known.remove(name);
        publish();
    }

    private void publish() {
        kinds =
                known.entrySet().stream()
                        .collect(
                                Collectors.groupingBy(
                                        entry -> entry.getValue().instances(),
                                        Collectors.mapping(
                                                Map.Entry::getKey,
                                                Collectors.toCollection(TreeSet::new))));
    }

    private static Set<String> uses(Definition definition) {
        return definition.bodies().stream()
                .map(Resource::new)
                .map(body -> groupKind(body.group(), body.kind()))
                .collect(Collectors.toSet());
    }

    private static String groupKind(String group, String kind) {
        return kind + "." + group;
    }

    /// Whether resources of this kind are instances of some graph.
    public boolean isInstance(KindKey kind) {
        return kinds.containsKey(kind);
    }

    /// The kinds that definitions define.
    public Set<KindKey> kinds() {
        return kinds.keySet();
    }

    /// The definitions of a kind; more than one where they are in conflict.
    public Set<String> definitionsOf(KindKey instances) {
        return kinds.getOrDefault(instances, Set.of());
    }

    /// The definitions whose generated kind or whose templates a change of a kind concerns.
    public synchronized Set<String> concernedBy(String crdName, String group, String kind) {
        return names(one ->
                one.instances().groupResource().equals(crdName)
                        || one.uses().contains(groupKind(group, kind)));
    }

    /// The kinds whose instances are made within the rights of such a user.
    public synchronized Set<KindKey> madeBy(Predicate<User> user) {
        return known.values().stream()
                .filter(one -> one.maker().filter(user).isPresent())
                .map(Known::instances)
                .collect(Collectors.toSet());
    }

    private Set<String> names(Predicate<Known> filter) {
        return known.entrySet().stream()
                .filter(entry -> filter.test(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The definition that serves a kind: the one that its custom resource definition belongs to.
    public Optional<Definition> of(KindKey instances, State state) {
        var crd = state.get(crd(instances));
        return definitionsOf(instances).stream()
                .filter(name -> crd.filter(found -> Labels.isOf(found, name)).isPresent())
                .flatMap(name -> state.get(Definition.KIND.resource("", name)).stream())
                .map(this::read)
                .findFirst();
    }

    /// The same by the state alone, for where events are not followed; none where its name does not fit into a label.
    public Optional<Definition> serving(KindKey instances, State state) {
        return state.get(crd(instances))
                .flatMap(Labels::definitionOf)
                .flatMap(name -> state.get(Definition.KIND.resource("", name)))
                .map(this::read)
                .filter(definition -> definition.instances().equals(instances));
    }

    /// A definition that is still what it was is not parsed again.
    private synchronized Definition read(StoredObject stored) {
        var one = known.get(stored.key().name());
        return one != null && one.revision().equals(Long.toString(stored.revision()))
                ? one.definition()
                : new Definition(stored.resource());
    }

    /// Where the custom resource definition of a kind is stored.
    public static ResourceKey crd(KindKey instances) {
        return CRDS.resource("", instances.groupResource());
    }
}
