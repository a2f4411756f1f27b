package dev.slipway.bench.row;

import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Unit;
import dev.slipway.bench.server.OwnServer;
import dev.slipway.bench.server.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The memory that is resident when nobody asks anything: as the load left it, and after another start.
record MemoryRow(String name, String what, Stage stage, Budget budget) implements Row {
    /// How long a server is left alone before its memory counts.
    private static final Duration QUIET = Duration.ofSeconds(10);

    /// Why nothing is known of what a peer uses.
    static final String UNCOUNTED = "only --peer-pid tells which processes are its own";

    private static final double MEGABYTE = 1e6;

    @Override
    public List<Figure> measure(Lab lab) throws IOException, InterruptedException {
        var figures = new ArrayList<Figure>();
        if (stage == Stage.ALONE) {
            try (var server = lab.launch()) {
                figures.add(besidePeer(figure(what, server, lab), lab));
            }
        } else {
            figures.add(besidePeer(figure(what + ", as loaded", lab.server(), lab), lab));
            figures.add(figure(what + ", after a restart", lab.restart(), lab));
        }
        return figures;
    }

    /// The peer as it is now: before anything was asked of it, or with the same resources.
    private Figure besidePeer(Figure figure, Lab lab) throws IOException {
        if (lab.peer().isEmpty()) {
            return figure;
        }
        if (stage == Stage.ENTITIES) {
            return figure.alone("it has no catalog");
        }
        var usage = lab.peer().get().target().usage();
        if (usage.isEmpty()) {
            return figure.alone(UNCOUNTED);
        }
        var megabytes = usage.get().residentBytes() / MEGABYTE;
        return figure.beside(Optional.of(Measured.of(megabytes)))
                .noting(
                        stage == Stage.ALONE
                                ? "the peer as it was found"
                                : "the peer holds what the rows before left there, too");
    }

    /// Megabytes that are resident after some quiet.
    static double megabytes(Usage usage, boolean quick) throws IOException, InterruptedException {
        Thread.sleep(quick ? QUIET.dividedBy(10) : QUIET);
        return usage.residentBytes() / MEGABYTE;
    }

    private Figure figure(String of, OwnServer server, Lab lab)
            throws IOException, InterruptedException {
        var megabytes = megabytes(server.usage(), lab.isQuick());
        return Figure.of(of, Unit.MEGABYTES, Measured.of(megabytes)).within(budget);
    }
}
