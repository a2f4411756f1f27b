package dev.slipway.graph.instance;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
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

    Inventory {
        members = List.copyOf(members);
    }

    /// What is recorded on an instance; throws [MalformedException] rather than guess.
    static Inventory of(Resource instance) {
        var text = instance.annotation(ANNOTATION);
        if (text.isEmpty()) {
            return new Inventory(List.of());
        }
        if (Json.read(text.get().getBytes(StandardCharsets.UTF_8)) instanceof List<?> entries) {
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
