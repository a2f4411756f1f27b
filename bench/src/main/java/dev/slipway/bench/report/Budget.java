package dev.slipway.bench.report;

/// What a figure may be at most, or has to be at least.
///
/// @param limit in the unit of the figure, above 0
public record Budget(Bound bound, double limit) {
    /// On which side of the limit it is good to be.
    public enum Bound {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }

        public String sign() {
            return sign;
        }
    }

    public Budget {
        if (limit <= 0) {
            throw new IllegalArgumentException("a budget of " + limit);
        }
    }

    public static Budget atMost(double limit) {
        return new Budget(Bound.AT_MOST, limit);
    }

    public static Budget atLeast(double limit) {
        return new Budget(Bound.AT_LEAST, limit);
    }

    public boolean isMetBy(double value) {
        return switch (bound) {
            case AT_MOST -> value <= limit;
            case AT_LEAST -> value >= limit;
        };
    }

    /// How far a value is from the limit: `1.5` is half as much again.
    public double ratio(double value) {
        return value / limit;
    }

    /// `met`, or by how much it is missed: `missed, 1.4 times`, `missed, 62 % of it`.
    public String verdict(double value) {
        if (isMetBy(value)) {
            return "met";
        }
        return switch (bound) {
            case AT_MOST -> "missed: " + Numbers.shown(ratio(value)) + " times";
            case AT_LEAST -> "missed: " + Math.round(ratio(value) * 100) + " %";
        };
    }
}
