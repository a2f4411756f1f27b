package dev.slipway.bench.row;

import dev.slipway.bench.lab.Tally;
import dev.slipway.bench.report.Unit;

/// What is told of many operations.
enum Statistic {
    RATE("", Unit.PER_SECOND),
    P50(" p50", Unit.MILLISECONDS),
    P99(" p99", Unit.MILLISECONDS);

    private final String suffix;
    private final Unit unit;

    Statistic(String suffix, Unit unit) {
        this.suffix = suffix;
        this.unit = unit;
    }

    double of(Tally tally) {
        return switch (this) {
            case RATE -> tally.perSecond();
            case P50 -> tally.samples().millis(50);
            case P99 -> tally.samples().millis(99);
        };
    }

    String suffix() {
        return suffix;
    }

    Unit unit() {
        return unit;
    }
}
