package dev.slipway.cli;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How one object differs, as lines that begin with `-` and `+`, in the way of unified diffs.
final class DiffText {
    /// How many equal lines are shown around those of a text that differ.
    static final int CONTEXT = 2;

    private final List<String> lines = new ArrayList<>();

    private DiffText() {}

    /// The lines of an item of a `DifferenceList`.
    static List<String> of(Map<String, Object> item) {
        var text = new DiffText();
        text.head("---", item, "from");
        text.head("+++", item, "to");
        Json.list(item, "differences").forEach(one -> text.difference(Json.cast((Map<?, ?>) one)));
        if (item.get("destroyed") instanceof String time) {
            text.lines.add(
                    "nothing more is known: content was destroyed when the object was deleted at "
                            + time);
        }
        if (Boolean.TRUE.equals(item.get("more"))) {
            text.lines.add("and more fields");
        }
        return text.lines;
    }

    private void head(String mark, Map<String, Object> item, String end) {
        var namespace = Json.string(item, "namespace");
        lines.add(
                item.get(end) instanceof Long revision
                        ? "%s %s %s%s at revision %d"
                                .formatted(
                                        mark,
                                        Json.string(item, "kind"),
                                        namespace.isEmpty() ? "" : namespace + "/",
                                        Json.string(item, "name"),
                                        revision)
                        : mark + " /dev/null");
    }

    private void difference(Map<String, Object> difference) {
        var path = Json.string(difference, "path");
        var before = difference.get("before");
        var after = difference.get("after");
        if (!path.isEmpty()) {
            lines.add("@@ " + path + " @@");
        }
        if (before instanceof String old
                && after instanceof String now
                && (old + now).contains("\n")) {
            texts(old.lines().toList(), now.lines().toList());
        } else {
            all("-", before);
            all("+", after);
        }
    }

    private void all(String mark, @Nullable Object value) {
        if (value != null) {
            Yaml.write(value).lines().forEach(line -> lines.add(mark + line));
        }
    }

    /// Texts of several lines: without what is equal at both ends, but for a little of it.
    private void texts(List<String> before, List<String> after) {
        var head = 0;
        var shorter = Math.min(before.size(), after.size());
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        var tail = 0;
        while (tail < shorter - head
                && before.reversed().get(tail).equals(after.reversed().get(tail))) {
            tail++;
        }
        add(" ", before.subList(Math.max(0, head - CONTEXT), head));
        add("-", before.subList(head, before.size() - tail));
        add("+", after.subList(head, after.size() - tail));
        var end = after.size() - tail;
        add(" ", after.subList(end, Math.min(after.size(), end + CONTEXT)));
    }

    private void add(String mark, List<String> more) {
        more.forEach(line -> lines.add(mark + line));
    }
}
