package dev.slipway.bench.row;

import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Many instances of a graph that nobody touches: what the server still does.
record IdleGraphRow() implements Row {
    private static final int INSTANCES = 10_000;
    private static final int LEAST = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration WATCHED = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "graph-idle";
    }

    @Override
    public Stage stage() {
        return Stage.ALONE;
    }

    @Override
    public String aloneBecause() {
        return "so many instances take the original most of an hour";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, InterruptedException {
        try (var server = lab.launch()) {
            var apps = new Apps(lab.workspace(server), PATIENCE);
            var count = lab.sized(INSTANCES, LEAST);
            apps.define();
            apps.active("app", count);
            apps.place().settle();
            var watched = lab.isQuick() ? WATCHED.dividedBy(10) : WATCHED;
            var revision = apps.revision();
            var before = server.usage().cpu();
            Thread.sleep(watched);
            var spent = server.usage().cpu().flatMap(now -> before.map(now::minus));
            var written = apps.revision() - revision;
            var what = "%,d instances at rest: ".formatted(count);
            var percent = 100.0 * spent.orElse(Duration.ZERO).toNanos() / watched.toNanos();
            return List.of(
                    Figure.of(what + "of one processor", Unit.PERCENT, Measured.of(percent))
                            .within(Budget.atMost(1)),
                    Figure.of(
                            what + "revisions written in %d s".formatted(watched.toSeconds()),
                            Unit.REVISIONS,
                            Measured.of((double) written)));
        }
    }
}
