package dev.slipway.bench.report;

/// What a figure is counted in.
public enum Unit {
    SECONDS("s"),
    MILLISECONDS("ms"),
    PER_SECOND("/s"),
    MEGABYTES("MB"),
    PERCENT("%"),
    REVISIONS("revisions");

    private final String symbol;

    Unit(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
