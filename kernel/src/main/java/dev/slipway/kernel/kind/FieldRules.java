package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What may stand in the fields of something, as rows: where a field lies, and what is checked there.
///
/// `a.b` is a member of a member, `[]` each item of a list. What is absent is not asked for; values of wrong types are
/// passed over, since their schema reports them.
final class FieldRules implements FieldCheck {
    private final Map<String, FieldRules> members = new LinkedHashMap<>();
    private final List<FieldCheck> checks = new ArrayList<>();

    private FieldRules() {}

    /// A check of something that has members.
    @FunctionalInterface
    interface MapCheck {
        void check(Map<String, Object> value, String path, Findings findings);
    }

    /// One row.
    record Row(String path, FieldCheck check) {}

    static Row at(String path, FieldCheck check) {
        return new Row(path, check);
    }

    static Row object(String path, MapCheck check) {
        return new Row(
                path,
                (value, where, findings) -> {
                    if (value instanceof Map<?, ?> map) {
                        check.check(Json.cast(map), where, findings);
                    }
                });
    }

    static FieldRules of(Row... rows) {
        var rules = new FieldRules();
        for (var row : rows) {
            rules.add(row);
        }
        return rules;
    }

    private void add(Row row) {
        var rules = this;
        for (var part : row.path().replace("[]", ".[]").split("\\.", -1)) {
            if (!part.isEmpty()) {
                rules = rules.members.computeIfAbsent(part, _ -> new FieldRules());
            }
        }
        rules.checks.add(row.check());
    }

    /// @param path of the value, as findings name it; empty for a whole object
    @Override
    public void check(Object value, String path, Findings findings) {
        checks.forEach(check -> check.check(value, path, findings));
        members.forEach((name, rules) -> {
            if (!name.equals("[]")) {
                rules.member(value, name, path, findings);
            } else if (value instanceof List<?> items) {
                rules.items(items, path, findings);
            }
        });
    }

    private void member(Object value, String name, String path, Findings findings) {
        if (value instanceof Map<?, ?> map) {
            var member = Json.cast(map).get(name);
            if (member != null) {
                check(member, path.isEmpty() ? name : path + "." + name, findings);
            }
        }
    }

    private void items(List<?> items, String path, Findings findings) {
        for (int i = 0; i < items.size(); i++) {
            Object item = items.get(i);
            if (item != null) {
                check(item, path + "[" + i + "]", findings);
            }
        }
    }
}
