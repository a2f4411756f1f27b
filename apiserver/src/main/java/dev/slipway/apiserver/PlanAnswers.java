package dev.slipway.apiserver;

import dev.slipway.apiserver.past.Compared;
import dev.slipway.apiserver.past.PastAnswers;
import dev.slipway.apiserver.wire.Statuses;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.past.Differences;
import dev.slipway.kernel.past.Past;
import dev.slipway.kernel.plan.Effect;
import dev.slipway.kernel.plan.Plan;
import dev.slipway.kernel.relations.Related;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes plans as trees, each object only as far as its reader may get it: what they may not get and did not ask for is
/// counted and not named. Thread-safe.
final class PlanAnswers {
    /// How many objects of a plan are told.
    static final int MAX_ITEMS = 5_000;

    /// How many relations of one object are told.
    static final int MAX_RELATED = 50;

    private static final List<String> NOTES =
            List.of(
                    "metadata.annotations['applyset.kubernetes.io/",
                    "metadata.annotations['internal.kro.run/",
                    "metadata.annotations['slipway.dev/inventory");

    private static final Set<String> BROKEN = Set.of("ERROR", "Inactive");

    private final RelationsView relations;
    private final Past past;
    private final Rights rights;

    PlanAnswers(RelationsView relations, Past past, Rights rights) {
        this.relations = relations;
        this.past = past;
        this.rights = rights;
    }

    /// Refuses whoever may not get an object, and then do something with it.
    void demand(Identity who, String verb, ResourceKey key) {
        rights.demand(who, verb, key);
    }

    /// What happens because of the proposals, in one sentence; empty where nothing does.
    Optional<String> derived(Plan plan, Identity who) {
        return plan.derived().isEmpty()
                ? Optional.empty()
                : Optional.of(PlanSummary.of(plan.derived(), states(plan, who), 0));
    }

    Map<String, Object> tree(Plan plan, Identity who) {
        var told = told(plan, who);
        var items = told.stream().flatMap(one -> one.item().stream()).toList();
        var states = states(plan, who);
        return Tree.of(
                "kind",
                "Plan",
                "apiVersion",
                "slipway.dev/v1alpha1",
                "summary",
                PlanSummary.of(
                        told.stream().map(Told::effect).toList(), states, plan.refused().size()),
                "revision",
                plan.revision(),
                "complete",
                plan.complete(),
                "items",
                items.stream().limit(MAX_ITEMS).toList(),
                "more",
                Math.max(0L, items.size() - MAX_ITEMS),
                "hidden",
                (long) told.size() - items.size(),
                "states",
                states,
                "refused",
                plan.refused().stream().map(PlanAnswers::refused).toList(),
                "unknown",
                plan.unknown().stream().map(one -> unknown(one, who)).toList(),
                "warnings",
                plan.warnings());
    }

    // ---- objects

    /// What is told of an effect.
    ///
    /// @param item empty where it is only counted: its reader neither asked for it nor may see that it is there
    private record Told(Effect effect, Optional<Map<String, Object>> item) {
        static Told counted(Effect effect) {
            return new Told(effect, Optional.empty());
        }
    }

    private List<Told> told(Plan plan, Identity who) {
        var all = plan.effects().stream().flatMap(one -> told(one, plan, who).stream()).toList();
        var keys = all.stream().map(one -> one.effect().key()).collect(Collectors.toSet());
        for (var one : all) {
            one.item()
                    .filter(item -> !Boolean.TRUE.equals(item.get("hidden")))
                    .ifPresent(item -> item.put("related", related(one.effect(), keys, who)));
        }
        return all;
    }

    /// Empty where nothing but the status would change.
    private Optional<Told> told(Effect effect, Plan plan, Identity who) {
        var kind = kind(effect.key(), plan.kinds());
        var differences = kind.map(one -> differences(one, effect));
        if (effect.kind() == Effect.Kind.CHANGED
                && differences.filter(Differences::isEmpty).isPresent()) {
            return Optional.empty();
        }
        if (!mayBeNamed(effect, who)) {
            return Optional.of(Told.counted(effect));
        }
        var item = named(effect);
        item.put("operation", PlanSummary.word(effect.kind()));
        item.put("asked", effect.asked());
        if (!rights.mayGet(who, effect.key(), effect.key().namespace())) {
            item.put("hidden", true);
            return Optional.of(new Told(effect, Optional.of(item)));
        }
        if (kind.isPresent()) {
            item.putAll(compared(kind.get(), effect, differences.orElseThrow()));
            item.put("operation", PlanSummary.word(effect.kind()));
        }
        end(effect, item);
        return Optional.of(new Told(effect, Optional.of(item)));
    }

    /// Whether somebody knows of an object anyway: because they asked for the write, or may get it.
    private boolean mayBeNamed(Effect effect, Identity who) {
        return effect.asked() || rights.mayGet(who, effect.key(), effect.key().namespace());
    }

    /// What is to be told of something that goes: with whom, or of whom, and who holds it.
    private static void end(Effect effect, Map<String, Object> item) {
        effect.owner()
                .ifPresent(owner ->
                        item.put(
                                "owner",
                                Tree.of(
                                        "kind", owner.kind(),
                                        "namespace", owner.namespace(),
                                        "name", owner.name())));
        if (effect.isGoing() || effect.kind() == Effect.Kind.TERMINATING) {
            item.put("finalizers", object(effect).resource().finalizers());
        }
    }

    private Differences differences(Kind kind, Effect effect) {
        return switch (effect.kind()) {
            case CHANGED ->
                    plain(
                            past.differences(kind, effect.before(), effect.after())
                                    .without("status"));
            case DELETED, PRUNED -> past.differences(kind, effect.before(), Optional.empty());
            case CREATED, REPLACED, TERMINATING ->
                    past.differences(kind, effect.before(), effect.after());
        };
    }

    /// Without what controllers note for themselves.
    private static Differences plain(Differences differences) {
        return new Differences(
                differences.all().stream()
                        .filter(one -> NOTES.stream().noneMatch(one.path().toString()::startsWith))
                        .toList(),
                differences.more());
    }

    private static Map<String, Object> compared(Kind kind, Effect effect, Differences differences) {
        var one = new Compared(effect.key(), effect.before(), effect.after(), Optional.empty());
        return PastAnswers.compared(Served.stored(kind), one, differences);
    }

    private static Optional<Kind> kind(ResourceKey key, Kinds kinds) {
        return kinds.byKey(key.kind());
    }

    private static Map<String, Object> named(Effect effect) {
        var object = object(effect).resource();
        return Tree.of(
                "apiVersion", object.apiVersion(),
                "kind", object.kind(),
                "namespace", effect.key().namespace(),
                "name", effect.key().name());
    }

    private static StoredObject object(Effect effect) {
        return effect.after().or(effect::before).orElseThrow();
    }

    /// Who owns it, and who depends on it: what else feels the change, beside what is told anyway.
    private List<Map<String, Object>> related(Effect effect, Set<ResourceKey> told, Identity who) {
        if (effect.before().isEmpty()) {
            return List.of();
        }
        return relations.of(effect.key()).stream()
                .filter(one -> one.key().filter(told::contains).isEmpty())
                .filter(one ->
                        one.key()
                                .filter(key -> rights.mayGet(who, key, key.namespace()))
                                .isPresent())
                .collect(
                        Collectors.toMap(
                                Related::key, one -> one, (one, _) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .limit(MAX_RELATED)
                .map(one ->
                        Tree.of(
                                "type", one.type(),
                                "kind", one.target().kind(),
                                "namespace", one.target().namespace(),
                                "name", one.target().name()))
                .toList();
    }

    // ---- how things would be

    private List<Map<String, Object>> states(Plan plan, Identity who) {
        return plan.effects().stream().flatMap(one -> state(one, who).stream()).toList();
    }

    /// What an object would say of itself, where it would not be ready or would be so anew.
    private Optional<Map<String, Object>> state(Effect effect, Identity who) {
        if (effect.after().isEmpty()
                || effect.isGoing()
                || !rights.mayGet(who, effect.key(), effect.key().namespace())) {
            return Optional.empty();
        }
        var after = effect.after().get().resource();
        var before = effect.before().map(StoredObject::resource);
        var state = Json.string(after.status(), "state");
        if (state.isEmpty() || before.filter(one -> tells(one).equals(tells(after))).isPresent()) {
            return Optional.empty();
        }
        var tree = named(effect);
        tree.put("before", before.map(one -> Json.string(one.status(), "state")).orElse(""));
        tree.put("state", state);
        tree.put("message", why(after));
        tree.put("breaks", BROKEN.contains(state));
        return Optional.of(tree);
    }

    private static List<String> tells(Resource object) {
        return List.of(Json.string(object.status(), "state"), why(object));
    }

    /// What the condition says, or where there is none the first of its nodes that is not in order.
    private static String why(Resource object) {
        var message = ready(object, "message");
        return message.isEmpty()
                ? Json.list(object.status(), "nodes").stream()
                        .filter(Map.class::isInstance)
                        .map(one -> Json.cast((Map<?, ?>) one))
                        .filter(one -> !Json.string(one, "message").isEmpty())
                        .map(one -> Json.string(one, "id") + ": " + Json.string(one, "message"))
                        .findFirst()
                        .orElse("")
                : message;
    }

    private static String ready(Resource object, String field) {
        return Json.list(object.status(), "conditions").stream()
                .filter(one -> one instanceof Map<?, ?> map && "Ready".equals(map.get("type")))
                .map(one -> Json.string(Json.cast((Map<?, ?>) one), field))
                .findFirst()
                .orElse("");
    }

    // ---- what is not done, and what is not known

    private static Map<String, Object> refused(Plan.Refused refused) {
        var tree = Statuses.of(refused.problem());
        return Tree.of(
                "proposal",
                (long) refused.proposal(),
                "reason",
                tree.getOrDefault("reason", ""),
                "message",
                refused.problem().message(),
                "details",
                tree.getOrDefault("details", Map.of()));
    }

    private Map<String, Object> unknown(Plan.Unknown unknown, Identity who) {
        return Tree.of(
                "controller",
                unknown.controller(),
                "count",
                (long) unknown.effects().size(),
                "objects",
                unknown.effects().stream()
                        .filter(effect -> mayBeNamed(effect, who))
                        .limit(MAX_RELATED)
                        .map(PlanAnswers::named)
                        .toList());
    }
}
