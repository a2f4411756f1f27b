package dev.slipway.apiserver.wire;

import dev.slipway.kernel.model.Json;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON for people: two spaces for each level.
final class PrettyJson {
    private final StringBuilder out = new StringBuilder();

    private PrettyJson() {}

    static String write(@Nullable Object tree) {
        var pretty = new PrettyJson();
        pretty.value(tree, 0);
        return pretty.out.append('\n').toString();
    }

    private void value(@Nullable Object value, int depth) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            object(map, depth);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            array(list, depth);
        } else {
            out.append(Json.text(value));
        }
    }

    private void object(Map<?, ?> map, int depth) {
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> i = map.entrySet().iterator(); i.hasNext(); ) {
            var entry = i.next();
            line(depth + 1);
            out.append(Json.text(String.valueOf(entry.getKey()))).append(": ");
            value(entry.getValue(), depth + 1);
            out.append(i.hasNext() ? "," : "");
        }
        line(depth);
        out.append('}');
    }

    private void array(List<?> list, int depth) {
        out.append('[');
        for (Iterator<?> i = list.iterator(); i.hasNext(); ) {
            line(depth + 1);
            value(i.next(), depth + 1);
            out.append(i.hasNext() ? "," : "");
        }
        line(depth);
        out.append(']');
    }

    private void line(int depth) {
        out.append('\n').repeat("  ", depth);
    }
}
