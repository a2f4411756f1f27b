package dev.slipway.apiserver.fuzz;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What holds for any two who apply: once more changes nothing, a conflict names the other one, and force wins.
final class Laws {
    private static final List<Thing> THINGS =
            List.of(Thing.DEPLOYMENT, Thing.SERVICE, Thing.CONFIG_MAP, Thing.WIDGET);

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
        if (apply(thing, first, "a", false).isDone()) {
            isSettled(thing, first, "a");
            contest(thing, second);
        }
        door.send("DELETE", thing.path(), Door.NO_QUERY, "", new byte[0]);
        var free =
                "{\"metadata\":{\"finalizers\":null}}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        door.send("PATCH", thing.path(), Door.NO_QUERY, "application/merge-patch+json", free);
        door.settle();
    }

    private void contest(Thing thing, byte[] second) {
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
        if (forced.isDone()) {
            isSettled(thing, second, "b");
        }
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
        if (trees.changed(thing.tree()) instanceof Map<?, ?> map) {
            wish.putAll(Json.cast(map));
        }
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
