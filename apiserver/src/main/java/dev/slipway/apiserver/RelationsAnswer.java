package dev.slipway.apiserver;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.relations.Related;
import dev.slipway.kernel.relations.RelationsView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Answers `…/NAME/relations`: what a resource refers to and what refers to it, and whether that exists.
final class RelationsAnswer {
    /// How many relations an answer lists.
    static final int MAX_RELATIONS = 1000;

    private final RelationsView relations;
    private final Supplier<Kinds> kinds;

    RelationsAnswer(RelationsView relations, Supplier<Kinds> kinds) {
        this.relations = relations;
        this.kinds = kinds;
    }

    /// @param visible whether the reader may get an object: who points here is told of those only
    Map<String, Object> of(ResourceKey key, Predicate<ResourceKey> visible) {
        var now = kinds.get();
        List<Object> items =
                relations.of(key).stream()
                        .filter(related ->
                                related.direction() == Related.Direction.OUT
                                        || related.key().filter(visible).isPresent())
                        .limit(MAX_RELATIONS)
                        .map(related -> (Object) item(related, now))
                        .toList();
        return Tree.of(
                "kind", "RelationList", "apiVersion", "slipway.dev/v1alpha1", "items", items);
    }

    private static Map<String, Object> item(Related related, Kinds kinds) {
        var target = related.target();
        var item =
                Tree.of(
                        "type", related.type(),
                        "field", related.field(),
                        "written", related.written(),
                        "target",
                                Tree.of(
                                        "group", target.group(),
                                        "kind", target.kind(),
                                        "namespace", target.namespace(),
                                        "name", target.name()),
                        "direction", related.direction().name().toLowerCase(Locale.ROOT),
                        "exists", related.exists());
        related.key()
                .flatMap(key -> path(key, target.kind(), kinds))
                .ifPresent(path -> item.put("path", path));
        return item;
    }

    private static Optional<String> path(ResourceKey key, String kind, Kinds kinds) {
        return kinds.byGroupKind(key.group(), kind)
                .map(found -> ResourcePaths.of(found, key.namespace(), key.name()));
    }
}
