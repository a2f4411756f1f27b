package dev.slipway.expression.program;

import dev.cel.common.values.CelByteString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A map that is written out; of equal keys the last one stays.
final class NewMap extends Step {
    private static final long COST = 30;

    private final List<Entry> entries;

    /// A member that is written out.
    record Entry(Step key, Step value, boolean optional) {}

    NewMap(long id, List<Entry> entries) {
        super(id);
        this.entries = List.copyOf(entries);
    }

    @Override
    Object run(Frame frame) {
        Map<Object, Object> map = LinkedHashMap.newLinkedHashMap(entries.size());
        for (Entry entry : entries) {
            Object key = entry.key().value(frame);
            if (key instanceof Fault) {
                return key;
            }
            Object value = entry.value().value(frame);
            if (value instanceof Fault) {
                return value;
            }
            if (key instanceof CelByteString) {
                return Fault.invalid("bytes cannot be the key of a map");
            }
            if (!entry.optional()) {
                map.put(key, value);
            } else if (value instanceof Optional<?> optional) {
                optional.ifPresentOrElse(present -> map.put(key, present), () -> map.remove(key));
            } else {
                return Fault.invalid("a member after '?' must be optional");
            }
        }
        return Collections.unmodifiableMap(map);
    }

    @Override
    void count(Costs costs, Object value) {
        List<Step> parts = new ArrayList<>(2 * entries.size());
        for (Entry entry : entries) {
            parts.add(entry.key());
            parts.add(entry.value());
        }
        costs.take(parts);
        costs.add(COST);
    }
}
