package dev.slipway.bench.row;

import dev.slipway.bench.lab.Tally;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.server.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// What servers did in turns, as figures: ours first, the peer's beside it.
///
/// @param what was done, in words
/// @param budgets of those statistics that have one
record Comparison(
        String what, int clients, Map<Target, Tally> tallies, Map<Statistic, Budget> budgets) {
    /// A rate for several clients, percentiles for all; the first of them tells what an operation cost.
    List<Figure> figures() {
        var figures = new ArrayList<Figure>();
        for (var statistic : Statistic.values()) {
            if (statistic != Statistic.RATE || clients > 1) {
                figures.add(figure(statistic, figures.isEmpty()));
            }
        }
        return figures;
    }

    private Figure figure(Statistic statistic, boolean first) {
        var measured =
                tallies.values().stream().map(tally -> measured(statistic, tally, first)).toList();
        return new Figure(
                what + statistic.suffix(),
                clients,
                statistic.unit(),
                Optional.ofNullable(budgets.get(statistic)),
                measured.getFirst(),
                measured.stream().skip(1).findFirst(),
                "");
    }

    private static Measured measured(Statistic statistic, Tally tally, boolean first) {
        return new Measured(
                statistic.of(tally), first ? tally.cpuMicros() : OptionalDouble.empty());
    }
}
