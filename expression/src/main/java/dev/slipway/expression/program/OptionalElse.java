package dev.slipway.expression.program;

import java.util.Optional;

/// `or` and `orValue`: the other side is worked out only if it is needed.
final class OptionalElse extends Step {
    private final String function;
    private final Step first;
    private final Step other;

    OptionalElse(long id, String function, Step first, Step other) {
        super(id);
        this.function = function;
        this.first = first;
        this.other = other;
    }

    @Override
    Object run(Frame frame) {
        Object value = first.value(frame);
        if (value instanceof Fault) {
            return value;
        }
        if (!(value instanceof Optional<?> optional)) {
            return Fault.noOverload(function);
        }
        boolean unwraps = function.equals("orValue");
        if (optional.isPresent()) {
            return unwraps ? optional.get() : optional;
        }
        Object otherwise = other.value(frame);
        return unwraps || otherwise instanceof Fault || otherwise instanceof Optional<?>
                ? otherwise
                : Fault.noOverload(function);
    }
}
