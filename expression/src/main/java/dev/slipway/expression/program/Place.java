package dev.slipway.expression.program;

import org.jspecify.annotations.Nullable;

/// Where a variable of a loop is kept during a run.
///
/// @param initial what is there before the first round, worked out when it is first read; null where rounds put values
record Place(int number, @Nullable Step initial, boolean grows) {
    Object read(Frame frame) {
        Object value = frame.at(number);
        if (value == null) {
            value = first(frame);
            frame.put(number, value);
        }
        return value;
    }

    private Object first(Frame frame) {
        if (initial == null) {
            throw new IllegalStateException("read outside of its loop: place " + number);
        }
        Object value = initial.value(frame);
        return grows ? Growing.of(value) : value;
    }
}
