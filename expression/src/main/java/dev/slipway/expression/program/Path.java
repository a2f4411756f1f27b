package dev.slipway.expression.program;

import java.util.Optional;

/// A step that follows an [Attribute].
final class Path extends Step {
    private final Attribute attribute;
    private final boolean test;

    private Path(Attribute attribute, boolean test) {
        super(attribute.id());
        this.attribute = attribute;
        this.test = test;
    }

    static Path to(Attribute attribute) {
        return new Path(attribute, false);
    }

    /// Asks whether the last step finds something.
    static Path test(Attribute attribute) {
        return new Path(attribute, true);
    }

    Attribute attribute() {
        return attribute;
    }

    @Override
    Object run(Frame frame) {
        Object value = attribute.resolve(frame);
        return test && value instanceof Optional<?> optional ? optional.isPresent() : value;
    }

    @Override
    void count(Costs costs, Object value) {
        if (attribute instanceof Attribute.Choice(_, var condition, var truthy, var falsy)) {
            costs.drop(falsy.id());
            costs.drop(truthy.id());
            costs.drop(condition.id());
            return;
        }
        costs.drop(attribute.id());
        costs.add(test ? 0 : 1);
    }
}
