package dev.slipway.expression.library;

import com.google.common.primitives.UnsignedLong;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The values met so far, equal ones once; numbers and texts are found by hash, others one by one.
final class DistinctValues {
    /// The most values other than numbers and texts that are compared with each other.
    private static final int MAXIMAL_COMPARED = 10_000;

    private final Set<Object> scalars = new HashSet<>();
    private final List<Object> others = new ArrayList<>();

    /// Whether `value` is new.
    boolean add(Object value) {
        return switch (value) {
            case Double number when number.isNaN() -> true;
            case Double number when number.isInfinite() -> scalars.add(number);
            case Double number -> scalars.add(new BigDecimal(number).stripTrailingZeros());
            case Long number -> scalars.add(BigDecimal.valueOf(number).stripTrailingZeros());
            case UnsignedLong number ->
                    scalars.add(new BigDecimal(number.bigIntegerValue()).stripTrailingZeros());
            case String text -> scalars.add(text);
            default -> addCompared(value);
        };
    }

    private boolean addCompared(Object value) {
        if (others.stream().anyMatch(seen -> Values.same(seen, value))) {
            return false;
        }
        if (others.size() >= MAXIMAL_COMPARED) {
            throw Failures.invalid("distinct compares at most " + MAXIMAL_COMPARED + " values");
        }
        return others.add(value);
    }
}
