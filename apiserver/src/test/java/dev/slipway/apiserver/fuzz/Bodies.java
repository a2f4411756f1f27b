package dev.slipway.apiserver.fuzz;

import java.util.List;
import java.util.Map;

/// Objects that are created and replaced: JSON, YAML, protobuf and what is none of them, and owners of fields that nobody
/// wrote.
final class Bodies {
    private static final List<String> TYPES =
            List.of(
                    Door.JSON,
                    "application/yaml",
                    "application/vnd.kubernetes.protobuf",
                    "application/cbor",
                    "text/plain",
                    "");
    private static final List<String> VALIDATIONS = List.of("Strict", "Warn", "Ignore", "Perhaps");

    private final Door door;

    Bodies(Door door) {
        this.door = door;
    }

    void run(Input input) {
        door.prepare(Thing.CONFIG_MAP.manifest());
        switch (input) {
            case Input.Written written -> {
                var path =
                        written.word(2).isEmpty() ? Thing.CONFIG_MAP.collection() : written.word(2);
                var method = written.word(0).isEmpty() ? "POST" : written.word(0);
                door.send(method, path, Door.NO_QUERY, written.word(1), written.body());
            }
            case Input.Grown(var choices) -> grown(choices);
        }
    }

    private void grown(Choices choices) {
        var thing = choices.of(Thing.ALL);
        var query = Map.of("fieldValidation", List.of(choices.of(VALIDATIONS)));
        if (choices.oneIn(3)) {
            var type = choices.of(TYPES);
            door.send("POST", thing.collection(), query, type, choices.rest());
            return;
        }
        var trees = new Trees(choices);
        var body = Patches.bytes(Patches.named(trees.changed(thing.tree()), thing));
        var made = door.send("POST", thing.collection(), query, Door.JSON, body);
        if (made.isDone()) {
            var changed = trees.changed(made.body());
            door.send("PUT", thing.path(), query, Door.JSON, Patches.bytes(changed));
            door.send(
                    "DELETE",
                    thing.path(),
                    Door.NO_QUERY,
                    Door.JSON,
                    Patches.bytes(trees.object()));
        }
        door.settle();
    }
}
