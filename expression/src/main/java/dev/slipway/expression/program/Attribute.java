package dev.slipway.expression.program;

import dev.cel.common.CelErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A way to a value: where it begins, and the steps from there.
sealed interface Attribute {
    /// The id of the last step.
    long id();

    Object resolve(Frame frame);

    /// The same way and one step more.
    Attribute with(Qualifier more);

    /// From a variable.
    record Variable(long start, String name, List<Qualifier> steps) implements Attribute {
        @Override
        public long id() {
            return last(start, steps);
        }

        @Override
        public Object resolve(Frame frame) {
            Object value = frame.variable(name);
            return value == null
                    ? new Fault(CelErrorCode.ATTRIBUTE_NOT_FOUND, "no such attribute(s): " + name)
                    : walk(frame, value, steps);
        }

        @Override
        public Attribute with(Qualifier more) {
            return new Variable(start, name, extended(steps, more));
        }
    }

    /// From a variable of a loop.
    record Local(long start, Place place, List<Qualifier> steps) implements Attribute {
        @Override
        public long id() {
            return last(start, steps);
        }

        @Override
        public Object resolve(Frame frame) {
            return walk(frame, place.read(frame), steps);
        }

        @Override
        public Attribute with(Qualifier more) {
            return new Local(start, place, extended(steps, more));
        }
    }

    /// From what another expression gives.
    record Of(long start, Step operand, List<Qualifier> steps) implements Attribute {
        @Override
        public long id() {
            return last(start, steps);
        }

        @Override
        public Object resolve(Frame frame) {
            return walk(frame, operand.value(frame), steps);
        }

        @Override
        public Attribute with(Qualifier more) {
            return new Of(start, operand, extended(steps, more));
        }
    }

    /// `condition ? truthy : falsy`, and steps from there.
    record Choice(long start, Step condition, Attribute truthy, Attribute falsy)
            implements Attribute {
        @Override
        public long id() {
            return truthy.id() == falsy.id() ? truthy.id() : start;
        }

        @Override
        public Object resolve(Frame frame) {
            return switch (condition.value(frame)) {
                case Boolean decided -> (decided ? truthy : falsy).resolve(frame);
                case Fault fault -> fault;
                default -> Fault.noOverload("_?_:_");
            };
        }

        @Override
        public Attribute with(Qualifier more) {
            return new Choice(start, condition, truthy.with(more), falsy.with(more));
        }
    }

    private static long last(long start, List<Qualifier> steps) {
        return steps.isEmpty() ? start : steps.getLast().id();
    }

    private static List<Qualifier> extended(List<Qualifier> steps, Qualifier more) {
        return Stream.concat(steps.stream(), Stream.of(more)).toList();
    }

    /// Behind an optional value and behind an optional step all is optional.
    private static Object walk(Frame frame, Object start, List<Qualifier> steps) {
        Object here = start;
        boolean optional = false;
        if (here instanceof Optional<?> value) {
            if (value.isEmpty()) {
                return value;
            }
            here = value.get();
            optional = true;
        }
        for (Qualifier step : steps) {
            optional = optional || step.isOptional();
            here = optional ? step.find(frame, here) : step.read(frame, here);
            if (here instanceof Absent) {
                return Optional.empty();
            }
            if (here instanceof Fault) {
                return here;
            }
        }
        return optional ? Optional.of(here) : here;
    }
}
