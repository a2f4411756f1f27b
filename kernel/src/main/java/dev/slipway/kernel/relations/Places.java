package dev.slipway.kernel.relations;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.relations.Relation.Target;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where targets point under the kinds of one moment: an immutable value.
final class Places {
    private final Kinds kinds;
    private final Map<String, Set<Kind>> byName = new HashMap<>();

    Places(Kinds kinds) {
        this.kinds = kinds;
        for (var kind : kinds.all()) {
            names(kind).forEach(name -> named(fold(name)).add(kind));
        }
    }

    /// The kinds that this was made of.
    Kinds kinds() {
        return kinds;
    }

    /// The key that a target means; empty where no kind, or more than one, fits. The name is as written.
    Optional<ResourceKey> key(Target target) {
        return kind(target)
                .filter(_ -> !target.name().isEmpty())
                .map(kind ->
                        kind.key()
                                .resource(
                                        kind.namespaced() ? target.namespace() : "",
                                        target.name()));
    }

    /// A target by the names of its kind, or as it is where no kind fits.
    Target canonical(Target target) {
        return kind(target)
                .map(kind -> target(kind, target.namespace(), target.name()))
                .orElse(target);
    }

    /// A key as a target; by its plural where its kind is not served.
    Target target(ResourceKey key) {
        return kinds.byKey(key.kind())
                .map(kind -> target(kind, key.namespace(), key.name()))
                .orElseGet(
                        () -> new Target(key.group(), key.plural(), key.namespace(), key.name()));
    }

    /// A key as every target that can mean it, under all names of its kind.
    List<Target> targets(ResourceKey key) {
        var kind = kinds.byKey(key.kind());
        return kind.isEmpty()
                ? List.of(target(key))
                : names(kind.get())
                        .map(name -> new Target(key.group(), name, key.namespace(), key.name()))
                        .toList();
    }

    private static Stream<String> names(Kind kind) {
        return Stream.concat(Stream.of(kind.names()), kind.aliases().stream()).map(Names::kind);
    }

    private static Target target(Kind kind, String namespace, String name) {
        return new Target(
                kind.group(), kind.names().kind(), kind.namespaced() ? namespace : "", name);
    }

    private Optional<Kind> kind(Target target) {
        var named = byName.getOrDefault(fold(target.kind()), Set.of());
        return target.group().equals(Target.ANY_GROUP)
                ? named.stream().findFirst().filter(_ -> named.size() == 1)
                : named.stream().filter(kind -> kind.group().equals(target.group())).findFirst();
    }

    private Set<Kind> named(String name) {
        return byName.computeIfAbsent(name, _ -> new LinkedHashSet<>());
    }

    /// Texts that differ by case only fold to the same one.
    static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
