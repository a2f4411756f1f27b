package dev.slipway.control.core;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which of the names that a CRD asks for it gets: those that no other CRD of its group has, or asked for before it.
///
/// @param accepted as `status.acceptedNames` lists them
/// @param clash the last name that it did not get
record NameClaim(Map<String, Object> accepted, Optional<Clash> clash) {
    /// A name that somebody else has, as a condition tells it.
    record Clash(String reason, String message) {}

    /// @param others the other CRDs of the group
    static NameClaim of(Resource crd, List<Resource> others) {
        Set<String> plurals = new HashSet<>();
        Set<String> kinds = new HashSet<>();
        for (var other : others) {
            use(Json.object(other.status(), "acceptedNames"), plurals, kinds);
            if (before(other, crd)) {
                use(Json.object(other.spec(), "names"), plurals, kinds);
            }
        }
        return of(
                Json.object(crd.spec(), "names"),
                Json.object(crd.status(), "acceptedNames"),
                plurals,
                kinds);
    }

    private static void use(Map<String, Object> names, Set<String> plurals, Set<String> kinds) {
        plurals.add(Json.string(names, "plural"));
        plurals.add(Json.string(names, "singular"));
        Json.list(names, "shortNames").forEach(name -> plurals.add(String.valueOf(name)));
        kinds.add(Json.string(names, "kind"));
        kinds.add(Json.string(names, "listKind"));
    }

    private static NameClaim of(
            Map<String, Object> wanted,
            Map<String, Object> had,
            Set<String> plurals,
            Set<String> kinds) {
        var accepted = new LinkedHashMap<>(Json.copy(had));
        accepted.putIfAbsent("plural", "");
        accepted.putIfAbsent("kind", "");
        var clashes = new ArrayList<Clash>();
        claim("plural", wanted, accepted, plurals).ifPresent(clashes::add);
        claim("singular", wanted, accepted, plurals).ifPresent(clashes::add);
        shortNames(wanted, accepted, plurals).ifPresent(clashes::add);
        claim("kind", wanted, accepted, kinds).ifPresent(clashes::add);
        claim("listKind", wanted, accepted, kinds).ifPresent(clashes::add);
        if (wanted.containsKey("categories")) {
            accepted.put("categories", wanted.get("categories"));
        } else {
            accepted.remove("categories");
        }
        return new NameClaim(
                accepted, clashes.isEmpty() ? Optional.empty() : Optional.of(clashes.getLast()));
    }

    private static Optional<Clash> claim(
            String field,
            Map<String, Object> wanted,
            Map<String, Object> accepted,
            Set<String> used) {
        var name = Json.string(wanted, field);
        if (!name.isEmpty() && !name.equals(accepted.get(field)) && used.contains(name)) {
            return Optional.of(clash(field, name));
        }
        if (!name.isEmpty()) {
            accepted.put(field, name);
        }
        return Optional.empty();
    }

    private static Optional<Clash> shortNames(
            Map<String, Object> wanted, Map<String, Object> accepted, Set<String> used) {
        var names = Json.list(wanted, "shortNames");
        var had = Json.list(accepted, "shortNames");
        var refused =
                names.stream()
                        .map(String::valueOf)
                        .filter(name -> !had.contains(name) && used.contains(name))
                        .findFirst();
        if (refused.isEmpty() && names.isEmpty()) {
            accepted.remove("shortNames");
        } else if (refused.isEmpty()) {
            accepted.put("shortNames", names);
        }
        return refused.map(name -> clash("shortNames", name));
    }

    private static Clash clash(String field, String name) {
        return new Clash(
                Character.toUpperCase(field.charAt(0)) + field.substring(1) + "Conflict",
                "\"%s\" is already in use".formatted(name));
    }

    /// The older one asked first; of the same age the one whose name comes first.
    private static boolean before(Resource one, Resource other) {
        var when = String.valueOf(one.metadata().get("creationTimestamp"));
        var then = String.valueOf(other.metadata().get("creationTimestamp"));
        return when.equals(then)
                ? one.name().compareTo(other.name()) < 0
                : when.compareTo(then) < 0;
    }
}
