package dev.slipway.bench.row;

import dev.slipway.bench.http.Load;
import dev.slipway.bench.http.Request;
import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.lab.Workspace;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Samples;
import dev.slipway.bench.report.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a user with one connection notices of another one who takes all that can be had: requests without a pause on
/// hundreds of connections, and ever new connections. The greedy one needs the same processors, so the figures are
/// those of a small machine that hosts both.
record GreedyRow() implements Row {
    private static final int CONNECTIONS = 200;
    private static final int NEWCOMERS = 8;
    private static final int WARM_UP = 5_000;
    private static final int REQUESTS = 1_000;
    private static final int LEAST = 20;
    private static final String GREEDY = "bench-greedy";
    private static final String POLITE = "bench-polite";

    @Override
    public String name() {
        return "greedy";
    }

    @Override
    public Stage stage() {
        return Stage.EMPTY;
    }

    @Override
    public String aloneBecause() {
        return "the two users have all rights, and the original does not share fairly among those";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, InterruptedException {
        var place = lab.own();
        var count = lab.sized(REQUESTS, LEAST);
        polite(place, lab.sized(WARM_UP, LEAST));
        place.settle();
        var alone = polite(place, count);
        var aloneNew = newcomer(place, count / 10);
        var greedy = new Greed(place.api().as(GREEDY), gets(place, GREEDY, 1).getFirst());
        try {
            greedy.begin(lab.sized(CONNECTIONS, LEAST), NEWCOMERS);
            var taken = greedy.answers();
            var began = System.nanoTime();
            var beside = polite(place, count);
            var besideNew = newcomer(place, count / 10);
            var rate = (greedy.answers() - taken) / ((System.nanoTime() - began) / 1e9);
            var note =
                    "beside %,d connections of a greedy user, who had %,.0f answers per second and was sent away %,d times"
                            .formatted(CONNECTIONS + NEWCOMERS, rate, greedy.refusals());
            var figures = new ArrayList<Figure>();
            figures.addAll(figures("get by name, kept connection", alone, beside, note));
            figures.addAll(figures("get by name, new connection", aloneNew, besideNew, ""));
            return figures;
        } finally {
            greedy.end();
        }
    }

    private static List<Figure> figures(String what, Samples alone, Samples beside, String note) {
        return List.of(
                figure(what + ", alone p99", alone, 99, ""),
                figure(what + ", beside a greedy user p50", beside, 50, ""),
                figure(what + ", beside a greedy user p99", beside, 99, note));
    }

    private static Figure figure(String what, Samples samples, double percent, String note) {
        return Figure.of(what, Unit.MILLISECONDS, Measured.of(samples.millis(percent)))
                .by(1)
                .noting(note);
    }

    /// Requests of the polite user, one after the other on one connection.
    private static Samples polite(Workspace place, int count) throws IOException {
        try (var load = Load.open(place.api().as(POLITE), 1)) {
            return load.run(gets(place, POLITE, count)).latencies();
        }
    }

    /// The polite user as one who comes anew each time: connection, handshake and request.
    private static Samples newcomer(Workspace place, int count) throws IOException {
        var request = gets(place, POLITE, 1).getFirst();
        var access = place.api().as(POLITE);
        var took = new long[Math.max(1, count)];
        for (int i = 0; i < took.length; i++) {
            var began = System.nanoTime();
            try (var connection = access.connect()) {
                connection.send(request);
            }
            took[i] = System.nanoTime() - began;
        }
        return Samples.of(took);
    }

    private static List<Request> gets(Workspace place, String user, int count) throws IOException {
        return Operations.getsAs(place, place.api().as(user), count);
    }
}
