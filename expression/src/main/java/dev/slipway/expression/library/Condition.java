package dev.slipway.expression.library;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A condition as expressions make and find it.
final class Condition extends AbstractMap<Object, Object> {
    private final Map<Object, Object> fields = new LinkedHashMap<>();

    Condition(String type, String status, String reason, String message) {
        fields.put("type", type);
        fields.put("status", status);
        fields.put("reason", reason);
        fields.put("message", message);
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return Collections.unmodifiableMap(fields).entrySet();
    }
}
