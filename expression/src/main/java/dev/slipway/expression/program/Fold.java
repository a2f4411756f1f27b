package dev.slipway.expression.program;

import dev.cel.common.exceptions.CelRuntimeException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A loop over a list or a map.
final class Fold extends Step {
    private final Step range;
    private final Place first;
    private final @Nullable Place second;
    private final Place result;
    private final Step condition;
    private final Step step;
    private final Step end;

    /// @param first the key of a map, the element of a list, or with `second` the index of a list
    /// @param second the value of a map, or the element of a list
    Fold(
            long id,
            Step range,
            Place first,
            @Nullable Place second,
            Place result,
            Step condition,
            Step step,
            Step end) {
        super(id);
        this.range = range;
        this.first = first;
        this.second = second;
        this.result = result;
        this.condition = condition;
        this.step = step;
        this.end = end;
    }

    @Override
    Object run(Frame frame) {
        Object over = range.value(frame);
        if (over instanceof Fault) {
            return over;
        }
        frame.put(result.number(), null);
        switch (over) {
            case List<?> list -> overList(frame, list.iterator());
            case Map<?, ?> map -> overMap(frame, map);
            default -> {
                return Fault.invalid("cannot loop over a value that is no list and no map");
            }
        }
        return Growing.end(end.value(frame));
    }

    private void overList(Frame frame, Iterator<?> elements) {
        boolean more = true;
        for (long index = 0; more && elements.hasNext(); index++) {
            Object element = next(elements);
            more = second == null ? round(frame, element, null) : round(frame, index, element);
        }
    }

    private void overMap(Frame frame, Map<?, ?> map) {
        Iterator<?> keys = map.keySet().iterator();
        boolean more = true;
        while (more && keys.hasNext()) {
            Object key = next(keys);
            more = round(frame, key, second == null ? null : Access.read(map, key));
        }
    }

    private static Object next(Iterator<?> elements) {
        try {
            return Access.known(elements.next());
        } catch (CelRuntimeException e) {
            return Fault.of(e);
        }
    }

    /// One round; whether there may be another.
    private boolean round(Frame frame, Object one, @Nullable Object other) {
        frame.budget().round();
        frame.put(first.number(), one);
        if (second != null) {
            frame.put(second.number(), other);
        }
        if (Boolean.FALSE.equals(condition.value(frame))) {
            return false;
        }
        frame.put(result.number(), step.value(frame));
        return true;
    }

    @Override
    void count(Costs costs, Object value) {
        costs.drop(range.id());
    }
}
