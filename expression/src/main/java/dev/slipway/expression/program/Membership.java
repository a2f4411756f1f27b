package dev.slipway.expression.program;

import dev.slipway.expression.library.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// `x in [1, 2, 3]`, where the list is written out: a look into a set.
final class Membership extends Step {
    private final Step item;
    private final Set<Object> members = new HashSet<>();

    Membership(long id, Step item, List<?> members) {
        super(id);
        this.item = item;
        members.forEach(member -> this.members.add(Values.canonical(member)));
    }

    /// Whether such a list can be made a set.
    static boolean suits(List<?> members) {
        return members.stream()
                .allMatch(member ->
                        member instanceof String
                                || member instanceof Number
                                || member instanceof Boolean);
    }

    @Override
    Object run(Frame frame) {
        Object value = item.value(frame);
        if (value instanceof Fault || (value instanceof Double number && number.isNaN())) {
            return value instanceof Fault ? value : (Object) false;
        }
        return members.contains(Values.canonical(value));
    }
}
