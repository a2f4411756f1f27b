package dev.slipway.expression.program;

/// One node of an expression, which gives a value or a [Fault]; unchanging once planned, safe for any number of threads.
abstract sealed class Step
        permits Absorbing,
                Call,
                Constant,
                Equality,
                Fold,
                Membership,
                NewList,
                NewMap,
                NewMessage,
                OptionalElse,
                Path {
    private final long id;

    Step(long id) {
        this.id = id;
    }

    final long id() {
        return id;
    }

    /// Runs it, and counts what that costs.
    final Object value(Frame frame) {
        frame.budget().step();
        Object value = run(frame);
        Costs costs = frame.costs();
        if (costs != null) {
            count(costs, value);
            costs.push(id, value);
        }
        return value;
    }

    abstract Object run(Frame frame);

    /// What it costs beside its parts; takes the values of the parts from the stack.
    void count(Costs costs, Object value) {}
}
