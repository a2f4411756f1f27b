package dev.slipway.kernel.resources;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Events as `events.k8s.io` knows them: the same facts under other names.
record EventsView() implements SecondView {
    /// What stored fields are called here.
    private static final Map<String, String> SHOWN =
            Map.of(
                    "involvedObject",
                    "regarding",
                    "message",
                    "note",
                    "source",
                    "deprecatedSource",
                    "firstTimestamp",
                    "deprecatedFirstTimestamp",
                    "lastTimestamp",
                    "deprecatedLastTimestamp",
                    "count",
                    "deprecatedCount",
                    "reportingComponent",
                    "reportingController");

    private static final Map<String, String> STORED = reversed();

    @Override
    public Resource shown(Resource stored) {
        return renamed(stored, SHOWN);
    }

    @Override
    public Resource stored(Resource shown) {
        return renamed(shown, STORED);
    }

    @Override
    public String storedField(String shown) {
        var dot = shown.indexOf('.');
        var first = dot < 0 ? shown : shown.substring(0, dot);
        return STORED.getOrDefault(first, first) + shown.substring(first.length());
    }

    private static Resource renamed(Resource object, Map<String, String> names) {
        var tree = new LinkedHashMap<>(object.tree());
        object.tree().clear();
        tree.forEach(
                (name, value) -> Json.put(object.tree(), names.getOrDefault(name, name), value));
        return object;
    }

    private static Map<String, String> reversed() {
        Map<String, String> stored = new HashMap<>();
        SHOWN.forEach((one, other) -> stored.put(other, one));
        return Map.copyOf(stored);
    }
}
