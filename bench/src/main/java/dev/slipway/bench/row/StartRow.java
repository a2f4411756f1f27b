package dev.slipway.bench.row;

import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Samples;
import dev.slipway.bench.report.Unit;
import dev.slipway.bench.server.OwnServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long it takes from the launch of the process until it is ready, several times: with an empty store, or with what
/// the server of the stage keeps.
record StartRow(String name, String what, Stage stage, Budget budget) implements Row {
    private static final int TIMES = 5;
    private static final int TIMES_QUICK = 2;

    private record Start(Duration took, Duration cpu) {}

    @Override
    public String aloneBecause() {
        return "the bench starts none but its own server";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException {
        var starts = new ArrayList<Start>();
        for (int i = 0; i < (lab.isQuick() ? TIMES_QUICK : TIMES); i++) {
            starts.add(start(lab));
        }
        var seconds = Samples.of(nanos(starts)).millis(50) / 1e3;
        var cpu = starts.stream().mapToDouble(start -> start.cpu().toNanos() / 1e3).average();
        return List.of(
                Figure.of(what, Unit.SECONDS, new Measured(seconds, cpu))
                        .within(budget)
                        .noting("median of %d starts".formatted(starts.size())));
    }

    private Start start(Lab lab) throws IOException {
        if (stage != Stage.ALONE) {
            return noted(lab.restart());
        }
        try (var server = lab.launch()) {
            return noted(server);
        }
    }

    private static Start noted(OwnServer server) {
        return new Start(server.startTook(), server.usage().cpu().orElse(Duration.ZERO));
    }

    private static long[] nanos(List<Start> starts) {
        return starts.stream().mapToLong(start -> start.took().toNanos()).toArray();
    }
}
