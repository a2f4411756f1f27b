package dev.slipway.cluster.simulation;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The conditions of a status while it is worked out: the time of a condition changes only with what it says.
public final class Conditions {
    private final List<Map<String, Object>> list;
    private final String now;

    /// Those that a status has.
    ///
    /// @param status whose conditions are gone on from
    /// @param now RFC 3339
    public Conditions(Map<String, Object> status, String now) {
        this.list = new ArrayList<>(Tree.objects(status, "conditions"));
        this.now = now;
    }

    /// Sets a condition; the order of its type stays.
    public void set(String type, String status, String reason, String message) {
        put(condition(type, status, reason, message));
    }

    /// Sets a condition that also tells when it was last updated, which `touch` does though it says the same.
    public void update(String type, String status, String reason, String message, boolean touch) {
        var before = find(type);
        var said = condition(type, status, reason, message);
        var same =
                before.filter(one -> status.equals(one.get("status")))
                        .filter(one -> reason.equals(one.get("reason")))
                        .isPresent();
        said.put(
                "lastUpdateTime",
                same && !touch ? before.orElseThrow().getOrDefault("lastUpdateTime", now) : now);
        put(said);
    }

    public void remove(String type) {
        list.removeIf(one -> type.equals(one.get("type")));
    }

    /// The condition of a type.
    public Optional<Map<String, Object>> find(String type) {
        return list.stream().filter(one -> type.equals(one.get("type"))).findFirst();
    }

    public boolean isTrue(String type) {
        return find(type).filter(one -> "True".equals(one.get("status"))).isPresent();
    }

    /// The reason of a condition, empty where there is none.
    public String reason(String type) {
        return find(type).map(one -> Json.string(one, "reason")).orElse("");
    }

    public List<Object> list() {
        return new ArrayList<>(list);
    }

    private Map<String, Object> condition(
            String type, String status, String reason, String message) {
        var since =
                find(type)
                        .filter(one -> status.equals(one.get("status")))
                        .map(one -> Json.string(one, "lastTransitionTime"))
                        .filter(time -> !time.isEmpty())
                        .orElse(now);
        var condition = new LinkedHashMap<String, Object>();
        condition.put("type", type);
        condition.put("status", status);
        condition.put("lastTransitionTime", since);
        if (!reason.isEmpty()) {
            condition.put("reason", reason);
        }
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
        return condition;
    }

    private void put(Map<String, Object> condition) {
        for (int i = 0; i < list.size(); i++) {
            if (Objects.equals(list.get(i).get("type"), condition.get("type"))) {
                list.set(i, condition);
                return;
            }
        }
        list.add(condition);
    }
}
