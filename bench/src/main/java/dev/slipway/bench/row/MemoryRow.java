package dev.slipway.bench.row;

import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Unit;
import dev.slipway.bench.server.OwnServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The memory that is resident when nobody asks anything: as the load left it, and after another start.
record MemoryRow(String name, String what, Stage stage, Budget budget) implements Row {
    /// How long a server is left alone before its memory counts.
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final double MEGABYTE = 1e6;

    @Override
    public List<Figure> measure(Lab lab) throws IOException, InterruptedException {
        var figures = new ArrayList<Figure>();
        if (stage == Stage.ALONE) {
            try (var server = lab.launch()) {
                figures.add(figure(what, server, lab));
            }
        } else {
            figures.add(figure(what + ", as loaded", lab.server(), lab));
            figures.add(figure(what + ", after a restart", lab.restart(), lab));
        }
        return figures;
    }

    /// Megabytes that are resident after some quiet.
    static double megabytes(OwnServer server, boolean quick)
            throws IOException, InterruptedException {
        Thread.sleep(quick ? QUIET.dividedBy(10) : QUIET);
        return server.usage().residentBytes() / MEGABYTE;
    }

    private Figure figure(String of, OwnServer server, Lab lab)
            throws IOException, InterruptedException {
        var megabytes = megabytes(server, lab.isQuick());
        return Figure.of(of, Unit.MEGABYTES, Measured.of(megabytes)).within(budget);
    }
}
