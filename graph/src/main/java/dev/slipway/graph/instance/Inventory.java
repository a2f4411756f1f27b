package dev.slipway.graph.instance;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Every resource that an instance has, or may have, made: written on the instance before the first of them is applied.
///
/// So deletion and pruning need neither the definition nor a search. An immutable value, in the order of first entry.
record Inventory(List<Member> members) {
    /// Where it is kept on the instance.
    static final String ANNOTATION = "slipway.dev/inventory";

    private static final Logger LOG = System.getLogger(Inventory.class.getName());

    Inventory {
        members = List.copyOf(members);
    }

    /// What is recorded on an instance; where that cannot be read, or was taken away, what bears the labels of its set.
    static Inventory of(Resource instance, State state) {
        var text = instance.annotation(ANNOTATION);
        if (text.isEmpty()) {
            return instance.finalizers().contains(Recorder.FINALIZER)
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
        if (Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof List<?> entries) {
            return new Inventory(entries.stream().map(Inventory::member).toList());
        }
        throw malformed();
    }

    private static Member member(Object entry) {
        if (entry instanceof Map<?, ?> map) {
            return Member.of(Json.cast(map));
        }
        throw malformed();
    }

    private static MalformedException malformed() {
        return new MalformedException(
                "the annotation %s is not a list of objects".formatted(ANNOTATION), null);
    }

    String text() {
        return Json.text(members.stream().map(Member::tree).toList());
    }

    Optional<Member> find(ResourceKey key) {
        return members.stream().filter(member -> member.key().equals(key)).findFirst();
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
