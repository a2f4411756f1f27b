package dev.slipway.expression.program;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A list that is written out.
final class NewList extends Step {
    private static final long COST = 10;

    private final List<Step> elements;
    private final Set<Integer> optional;

    /// @param optional the indices of the elements that may be absent
    NewList(long id, List<Step> elements, Set<Integer> optional) {
        super(id);
        this.elements = List.copyOf(elements);
        this.optional = Set.copyOf(optional);
    }

    @Override
    Object run(Frame frame) {
        List<Object> list = new ArrayList<>(elements.size());
        for (int index = 0; index < elements.size(); index++) {
            Object value = elements.get(index).value(frame);
            if (value instanceof Fault) {
                return value;
            }
            if (!optional.contains(index)) {
                list.add(value);
            } else if (value instanceof Optional<?> present) {
                present.ifPresent(list::add);
            } else {
                return Fault.invalid("an element after '?' must be optional");
            }
        }
        return Collections.unmodifiableList(list);
    }

    @Override
    void count(Costs costs, Object value) {
        costs.take(elements);
        costs.add(COST);
    }
}
