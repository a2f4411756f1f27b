package dev.slipway.apiserver.fuzz;

import dev.slipway.kernel.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What holds for any two who apply: once more changes nothing, a conflict names the other one, and force wins. Together
/// they own what each of them applied: nobody loses a field but to who took it, or has one that they never applied; who
/// withdraws takes nothing of the other's along; and where they agree it does not matter who came first.
final class Laws {
    private static final List<Thing> THINGS =
            List.of(Thing.DEPLOYMENT, Thing.SERVICE, Thing.CONFIG_MAP, Thing.WIDGET);

    /// What the server gives to each anew.
    private static final List<String> GIVEN = List.of("clusterIP", "clusterIPs");

    private final Door door;

    Laws(Door door) {
        this.door = door;
    }

    void run(Input input) {
        var choices =
                switch (input) {
                    case Input.Written written -> new Choices(written.body());
                    case Input.Grown grown -> grown.choices();
                };
        var thing = choices.of(THINGS);
        door.prepare(Thing.SECRET.manifest());
        var trees = new Trees(choices);
        var first = wish(trees, thing);
        var second = wish(trees, thing);
        var alone = apply(thing, first, "a", false);
        if (alone.isDone()) {
            isSettled(thing, first, "a");
            contest(thing, second, alone);
        }
        takeAway(thing);
        if (alone.isDone()) {
            changePlaces(thing, first, second);
            takeAway(thing);
        }
    }

    private void takeAway(Thing thing) {
        door.send("DELETE", thing.path(), Door.NO_QUERY, "", new byte[0]);
        var free = "{\"metadata\":{\"finalizers\":null}}".getBytes(StandardCharsets.UTF_8);
        door.send("PATCH", thing.path(), Door.NO_QUERY, "application/merge-patch+json", free);
        door.settle();
    }

    private void contest(Thing thing, byte[] second, Door.Answer alone) {
        var asked = apply(thing, second, "b", false);
        if (asked.status() == 409 && !Json.string(asked.body(), "message").contains("\"a\"")) {
            throw new AssertionError("does not name who else owns the field: " + asked.body());
        }
        var forced = apply(thing, second, "b", true);
        if (asked.isDone() != forced.isDone() && asked.status() != 409) {
            throw new AssertionError("force changes " + asked + " into " + forced);
        }
        if (forced.status() == 409) {
            throw new AssertionError("force does not win: " + forced);
        }
        if (asked.isDone()) {
            isKept("a", alone, asked);
        }
        if (forced.isDone()) {
            isSettled(thing, second, "b");
            isUnion(alone, forced);
            withdraw(thing, forced);
        }
    }

    /// Of what the first one owned nothing is gone that the second one did not take.
    private static void isUnion(Door.Answer before, Door.Answer after) {
        var owned = Ownership.of(before.body(), "a");
        var left = Ownership.of(after.body(), "a");
        var taken = Ownership.of(after.body(), "b");
        for (var field : owned.without(left)) {
            if (!taken.touches(field)) {
                throw new AssertionError("nobody owns %s any more: %s".formatted(field, after));
            }
        }
        if (!left.without(owned).isEmpty()) {
            throw new AssertionError(
                    "a never applied %s: %s".formatted(left.without(owned), after));
        }
    }

    private static void isKept(String manager, Door.Answer before, Door.Answer after) {
        var owned = Ownership.of(before.body(), manager);
        var left = Ownership.of(after.body(), manager);
        if (!owned.equals(left)) {
            throw new AssertionError(
                    "%s does not own what they did: %s was %s: %s"
                            .formatted(manager, left, owned, after));
        }
    }

    /// The second one wants nothing any more.
    private void withdraw(Thing thing, Door.Answer forced) {
        var nothing = apply(thing, wish(new LinkedHashMap<>(), thing), "b", false);
        if (!nothing.isDone()) {
            return;
        }
        isKept("a", forced, nothing);
        if (!Ownership.of(nothing.body(), "b").fields().isEmpty()) {
            throw new AssertionError("b wants nothing and owns something: " + nothing);
        }
    }

    /// Where neither order meets a conflict, both come to the same.
    private void changePlaces(Thing thing, byte[] first, byte[] second) {
        var one = inTurn(thing, first, "a", second, "b");
        takeAway(thing);
        var other = inTurn(thing, second, "b", first, "a");
        if (one.isPresent() && other.isPresent() && !one.equals(other)) {
            throw new AssertionError("a first: " + one.get() + "; b first: " + other.get());
        }
    }

    private Optional<Object> inTurn(
            Thing thing, byte[] first, String who, byte[] second, String then) {
        return apply(thing, first, who, false).isDone()
                ? Optional.of(apply(thing, second, then, false))
                        .filter(Door.Answer::isDone)
                        .map(answer -> unordered(plain(answer.body())))
                : Optional.empty();
    }

    /// What somebody wanted of an object, without what the server notes about it.
    private static Map<String, Object> plain(Map<String, Object> body) {
        var plain = new LinkedHashMap<>(body);
        var metadata = new LinkedHashMap<>(Json.object(body, "metadata"));
        metadata.keySet().retainAll(List.of("labels", "annotations", "finalizers"));
        plain.put("metadata", metadata);
        if (plain.get("spec") instanceof Map<?, ?> spec) {
            var kept = new LinkedHashMap<>(Json.cast(spec));
            kept.keySet().removeAll(GIVEN);
            plain.put("spec", kept);
        }
        return plain;
    }

    /// Two who add to a list leave it in the order in which they came.
    private static @Nullable Object unordered(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                Map<Object, @Nullable Object> sorted = new TreeMap<>();
                map.forEach((key, value) -> sorted.put(key, unordered(value)));
                yield sorted;
            }
            case List<?> list ->
                    list.stream()
                            .map(Laws::unordered)
                            .sorted(Comparator.comparing(String::valueOf))
                            .toList();
            case null, default -> tree;
        };
    }

    private void isSettled(Thing thing, byte[] wish, String manager) {
        var once = door.send("GET", thing.path(), Door.NO_QUERY, "", new byte[0]);
        var again = apply(thing, wish, manager, false);
        if (!again.isDone() || !version(once).equals(version(again))) {
            throw new AssertionError(
                    "applying once more changes " + once.body() + " into " + again.body());
        }
    }

    private static String version(Door.Answer answer) {
        return String.valueOf(Json.at(answer.body(), "metadata", "resourceVersion"));
    }

    /// What somebody wants of the object, under its right name.
    private static byte[] wish(Trees trees, Thing thing) {
        Map<String, Object> wish = new LinkedHashMap<>();
        if (trees.varied(trees.changed(thing.tree())) instanceof Map<?, ?> map) {
            wish.putAll(Json.cast(map));
        }
        return wish(wish, thing);
    }

    private static byte[] wish(Map<String, Object> wish, Thing thing) {
        var metadata = new LinkedHashMap<String, Object>();
        if (wish.get("metadata") instanceof Map<?, ?> some) {
            metadata.putAll(Json.cast(some));
        }
        List.of("uid", "resourceVersion", "generateName").forEach(metadata::remove);
        metadata.put("name", "web");
        metadata.put("namespace", "default");
        wish.put("metadata", metadata);
        wish.put("apiVersion", thing.tree().get("apiVersion"));
        wish.put("kind", thing.tree().get("kind"));
        return Patches.bytes(wish);
    }

    private Door.Answer apply(Thing thing, byte[] wish, String manager, boolean force) {
        return door.send(
                "PATCH",
                thing.path(),
                Map.of(
                        "fieldManager", List.of(manager),
                        "force", List.of(String.valueOf(force))),
                "application/apply-patch+yaml",
                wish);
    }
}
