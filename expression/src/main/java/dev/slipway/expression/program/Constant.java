package dev.slipway.expression.program;

/// A value that is known before the run.
final class Constant extends Step {
    private final Object constant;

    Constant(long id, Object constant) {
        super(id);
        this.constant = constant;
    }

    Object constant() {
        return constant;
    }

    @Override
    Object run(Frame frame) {
        return constant;
    }
}
