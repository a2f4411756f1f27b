package dev.slipway.bench.row;

import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Creates by one client, each durable before the next, beside what the disk itself takes for that, in turns.
record DurableCreateRow() implements Row {
    private static final double FDATASYNCS = 2;
    private static final int SYNCS_PER_ROUND = 60;

    @Override
    public String name() {
        return "create-1";
    }

    @Override
    public Stage stage() {
        return Stage.EMPTY;
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException {
        var syncs = new ArrayList<Samples>();
        Operation creates =
                (place, round, count) -> {
                    syncs.add(lab.fdatasync(SYNCS_PER_ROUND));
                    return Operations.creates(place, "one-" + round, count);
                };
        var row =
                new OperationRow(
                        name(), "durable create", stage(), 1, 300, 10_000, creates, Map.of());
        var figures = new ArrayList<>(row.measure(lab));
        var sync = Samples.merged(syncs).millis(50);
        figures.set(0, figures.getFirst().within(Budget.atMost(FDATASYNCS * sync)));
        figures.set(
                0,
                figures.getFirst()
                        .noting(
                                "the budget is %.0f × the p50 of one fdatasync, %.2f ms beside it"
                                        .formatted(FDATASYNCS, sync)));
        return figures;
    }
}
