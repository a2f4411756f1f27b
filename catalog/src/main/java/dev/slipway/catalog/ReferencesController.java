package dev.slipway.catalog;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.relations.Related;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Says of each entity, in its condition `ReferencesResolved`, which of its references lead nowhere.
///
/// Writes only when that set changes; woken by the entity and by the coming and going of what it refers to.
final class ReferencesController implements Controller {
    static final String NAME = "slipway-catalog";

    /// How many references a message names.
    static final int MAX_NAMED = 100;

    private final EntityKinds kinds;
    private final RelationsView relations;
    private final Resources resources;
    private final Clock clock;

    ReferencesController(
            EntityKinds kinds, RelationsView relations, Resources resources, Clock clock) {
        this.kinds = kinds;
        this.relations = relations;
        this.resources = resources;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /// The view of relations is asked as well: in memory, by name.
    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        var keys = new ArrayList<ResourceKey>();
        if (isEntity(occurrence.key())) {
            keys.add(occurrence.key());
        }
        if (occurrence.operation() != Operation.UPDATE) {
            relations.sources(occurrence.key()).stream().filter(this::isEntity).forEach(keys::add);
        }
        return keys;
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return kinds.all().stream()
                .map(kind -> kind.kind().key())
                .flatMap(kind -> state.list(kind).stream())
                .map(StoredObject::key)
                .toList();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var kind = kinds.of(key.kind());
        var entity = resources.state().get(key).map(StoredObject::resource);
        if (kind.isPresent() && entity.isPresent() && !entity.get().terminating()) {
            say(kind.get(), entity.get(), dangling(kind.get(), key, entity.get()), waking);
        }
        return Next.DONE;
    }

    /// The references that lead nowhere, each once, in the order of the fields.
    private List<String> dangling(EntityKind kind, ResourceKey key, Resource entity) {
        Map<String, Related> byField =
                relations.dangling(key).stream()
                        .collect(
                                Collectors.toMap(Related::field, Function.identity(), (a, _) -> a));
        return kind.written(entity).stream()
                .flatMap(written -> Optional.ofNullable(byField.get(written.path())).stream())
                .map(Related::reference)
                .distinct()
                .toList();
    }

    private void say(EntityKind kind, Resource entity, List<String> dangling, Waking waking) {
        var status = dangling.isEmpty() ? "True" : "False";
        var reason = dangling.isEmpty() ? "Resolved" : "Missing";
        var before = condition(entity);
        if (before.isPresent()
                && status.equals(before.get().get("status"))
                && reason.equals(before.get().get("reason"))
                && message(dangling).equals(before.get().get("message"))) {
            return;
        }
        Map<String, Object> condition = new LinkedHashMap<>();
        condition.put("type", EntityKinds.CONDITION);
        condition.put("status", status);
        condition.put("lastTransitionTime", transition(before, status));
        condition.put("reason", reason);
        condition.put("message", message(dangling));
        resources.patch(
                Served.stored(kind.kind()),
                entity.namespace(),
                entity.name(),
                "status",
                new Patch.Apply(configuration(kind, entity, condition), true),
                WriteOptions.controller(NAME, waking.causes()));
    }

    /// `group:default/a and api:default/b do not exist`.
    static String message(List<String> dangling) {
        if (dangling.isEmpty()) {
            return "every reference leads to an entity";
        }
        if (dangling.size() == 1) {
            return dangling.getFirst() + " does not exist";
        }
        var named = dangling.subList(0, Math.min(dangling.size() - 1, MAX_NAMED));
        var left = dangling.size() - named.size();
        return "%s and %s do not exist"
                .formatted(
                        String.join(", ", named), left == 1 ? dangling.getLast() : left + " more");
    }

    private Object transition(Optional<Map<String, Object>> before, String status) {
        return before.filter(condition -> status.equals(condition.get("status")))
                .map(condition -> condition.get("lastTransitionTime"))
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static Optional<Map<String, Object>> condition(Resource entity) {
        return Json.list(entity.status(), "conditions").stream()
                .filter(Map.class::isInstance)
                .map(condition -> Json.cast((Map<?, ?>) condition))
                .filter(condition -> EntityKinds.CONDITION.equals(condition.get("type")))
                .findFirst();
    }

    private static Resource configuration(
            EntityKind kind, Resource entity, Map<String, Object> condition) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", entity.name());
        metadata.put("namespace", entity.namespace());
        metadata.put("uid", entity.uid());
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", kind.kind().apiVersion());
        tree.put("kind", kind.name());
        tree.put("metadata", metadata);
        tree.put("status", Map.of("conditions", List.of(condition)));
        return new Resource(tree);
    }

    private boolean isEntity(ResourceKey key) {
        KindKey kind = key.kind();
        return kinds.of(kind).isPresent();
    }
}
