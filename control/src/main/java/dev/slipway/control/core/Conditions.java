package dev.slipway.control.core;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A resource's conditions while they are worked out: the time of a condition changes only with its status.
final class Conditions {
    private final List<Object> list;
    private final String now;

    /// @param before the conditions as they are
    /// @param now RFC 3339, for those whose status changes
    Conditions(List<Object> before, String now) {
        this.list = new ArrayList<>(before);
        this.now = now;
    }

    void set(String type, String status, String reason, String message) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) instanceof Map<?, ?> map && type.equals(map.get("type"))) {
                var since =
                        status.equals(map.get("status"))
                                ? String.valueOf(map.get("lastTransitionTime"))
                                : now;
                list.set(i, condition(type, status, reason, message, since));
                return;
            }
        }
        list.add(condition(type, status, reason, message, now));
    }

    boolean isTrue(String type) {
        return list.stream()
                .map(condition ->
                        condition instanceof Map<?, ?> map
                                ? Json.cast(map)
                                : Map.<String, Object>of())
                .anyMatch(condition ->
                        type.equals(condition.get("type"))
                                && "True".equals(condition.get("status")));
    }

    List<Object> list() {
        return list;
    }

    private static Map<String, Object> condition(
            String type, String status, String reason, String message, String since) {
        var condition = new LinkedHashMap<String, Object>();
        condition.put("lastTransitionTime", since);
        condition.put("message", message);
        condition.put("reason", reason);
        condition.put("status", status);
        condition.put("type", type);
        return condition;
    }
}
