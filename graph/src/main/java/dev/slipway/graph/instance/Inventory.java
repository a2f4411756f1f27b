package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Policy.Deletion;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Packed;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Every resource that an instance has, or may have, made: written on the instance before the first of them is applied.
///
/// So deletion and pruning need neither the definition nor a search. An immutable value, in the order of first entry.
record Inventory(List<Member> members) {
    /// Where it is kept on the instance.
    static final String ANNOTATION = "slipway.dev/inventory";

    private static final String NAME = "name";
    private static final String NAMES = "names";
    private static final Logger LOG = System.getLogger(Inventory.class.getName());

    Inventory {
        members = List.copyOf(members);
    }

    /// What is recorded on an instance; where that cannot be read, or was taken away, what bears the labels of its set.
    static Inventory of(Resource instance, State state) {
        var text = instance.annotation(ANNOTATION);
        if (text.isEmpty()) {
            return instance.finalizers().contains(Marks.FINALIZER)
                    ? labelled(instance, state)
                    : new Inventory(List.of());
        }
        try {
            return read(text.get());
        } catch (MalformedException e) {
            LOG.log(
                    Level.WARNING,
                    "the annotation {0} of {1} {2}/{3} cannot be read, its set is found by labels: {4}",
                    ANNOTATION,
                    instance.kind(),
                    instance.namespace(),
                    instance.name(),
                    e.getMessage());
            return labelled(instance, state);
        }
    }

    /// What is recorded on an instance; throws [MalformedException] where that cannot be read.
    static Inventory written(Resource instance) {
        return instance.annotation(ANNOTATION)
                .map(Inventory::read)
                .orElseGet(() -> new Inventory(List.of()));
    }

    /// Looks at everything that there is: right for the rare case, too slow for each pass.
    private static Inventory labelled(Resource instance, State state) {
        return new Inventory(
                state.kinds().stream()
                        .flatMap(kind -> state.list(kind).stream())
                        .flatMap(stored -> labelled(instance, stored).stream())
                        .toList());
    }

    private static Optional<Member> labelled(Resource instance, StoredObject stored) {
        return Optional.of(stored.resource())
                .filter(found -> ApplySet.holds(found, instance))
                .map(found -> Ownership.member(found, stored.key()));
    }

    private static Inventory read(String text) {
        var read = Packed.read(text).getBytes(StandardCharsets.UTF_8);
        if (Json.read(read) instanceof List<?> entries) {
            return new Inventory(entries.stream().flatMap(Inventory::members).toList());
        }
        throw malformed();
    }

    private static Stream<Member> members(Object entry) {
        if (entry instanceof Map<?, ?> map) {
            var tree = Json.cast(map);
            return tree.containsKey(NAMES)
                    ? Json.list(tree, NAMES).stream().map(name -> Member.of(named(tree, name)))
                    : Stream.of(Member.of(tree));
        }
        throw malformed();
    }

    private static Map<String, Object> named(Map<String, Object> tree, Object name) {
        var one = new LinkedHashMap<>(tree);
        one.put(NAME, name);
        return one;
    }

    private static MalformedException malformed() {
        return new MalformedException(
                "the annotation %s is not a list of objects".formatted(ANNOTATION), null);
    }

    /// Items of one node differ by their names only, and are written as one entry; many of them are packed.
    String text() {
        var entries = new LinkedHashMap<Map<String, Object>, List<Object>>();
        for (var member : members) {
            var tree = member.tree();
            var name = tree.remove(NAME);
            entries.computeIfAbsent(tree, _ -> new ArrayList<>()).add(name);
        }
        return Packed.text(
                Json.text(
                        entries.entrySet().stream()
                                .map(entry -> entry(entry.getKey(), entry.getValue()))
                                .toList()));
    }

    private static Map<String, Object> entry(Map<String, Object> tree, List<Object> names) {
        var entry = new LinkedHashMap<>(tree);
        if (names.size() == 1) {
            entry.put(NAME, names.getFirst());
        } else {
            entry.put(NAMES, names);
        }
        return entry;
    }

    /// Whether all of these are among its members as they are.
    boolean holds(Collection<Member> wanted) {
        return wanted.size() == 1
                ? members.contains(wanted.iterator().next())
                : new HashSet<>(members).containsAll(wanted);
    }

    /// Those that are the instance's own, and not others' that it gave fields.
    List<Member> owned() {
        return members.stream().filter(member -> member.deletion() != Deletion.WITHDRAW).toList();
    }

    /// This one and further members, which replace those of the same key.
    Inventory with(Collection<Member> more) {
        var all = new LinkedHashMap<ResourceKey, Member>();
        members.forEach(member -> all.put(member.key(), member));
        more.forEach(member -> all.put(member.key(), member));
        return new Inventory(List.copyOf(all.values()));
    }

    /// Those of its members that are not among `keys`.
    List<Member> without(Set<ResourceKey> keys) {
        return members.stream().filter(member -> !keys.contains(member.key())).toList();
    }
}
