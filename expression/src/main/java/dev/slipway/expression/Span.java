package dev.slipway.expression;

/// The least and the most that a size or a cost can be, counted in whole units up to 2⁶⁴, where counting ends.
record Span(double least, double most) {
    private static final double END = 0x1p64;

    static final Span ZERO = new Span(0, 0);
    static final Span ONE = new Span(1, 1);
    static final Span UNKNOWN = new Span(0, END);

    Span {
        least = Math.min(least, END);
        most = Math.min(most, END);
    }

    static Span of(double exactly) {
        return new Span(exactly, exactly);
    }

    Span plus(Span other) {
        return new Span(least + other.least, most + other.most);
    }

    Span plus(double exactly) {
        return new Span(least + exactly, most + exactly);
    }

    Span times(Span other) {
        return new Span(product(least, other.least), product(most, other.most));
    }

    private static double product(double one, double other) {
        return one == 0 || other == 0 ? 0 : one * other;
    }

    /// So much for each unit, rounded up.
    Span each(double cost) {
        return new Span(Math.ceil(least * cost), Math.ceil(most * cost));
    }

    /// All that lies in this or the other.
    Span or(Span other) {
        return new Span(Math.min(least, other.least), Math.max(most, other.most));
    }
}
