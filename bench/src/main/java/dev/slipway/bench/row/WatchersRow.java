package dev.slipway.bench.row;

import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.lab.Workspace;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Unit;
import dev.slipway.bench.server.OwnServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/// Ten thousand watchers over TLS, a connection each: what they cost when nothing happens, when something does, and when
/// all of them come back after the server was restarted.
record WatchersRow() implements Row {
    private static final int WATCHERS = 10_000;
    private static final int LEAST = 200;
    private static final String PLACE = "-watched";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public String name() {
        return "watchers";
    }

    @Override
    public Stage stage() {
        return Stage.ALONE;
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, InterruptedException {
        var count = lab.sized(WATCHERS, LEAST);
        var figures = new ArrayList<Figure>();
        var data = lab.newFolder();
        var ports = OwnServer.Ports.free();
        try (var crowd = come(lab, data, ports, count, figures)) {
            try (var again = lab.launch(data, ports)) {
                var began = System.nanoTime();
                await("all reconnected", () -> crowd.connected() >= count, crowd);
                var took = seconds(began);
                var cpu = again.usage().cpu().map(time -> time.toNanos() / 1e3 / count);
                figures.add(
                        Figure.of(
                                        "%,d watchers: server ready → all reconnected"
                                                .formatted(count),
                                        Unit.SECONDS,
                                        new Measured(took, optional(cpu)))
                                .by(count)
                                .within(Budget.atMost(30)));
            }
        }
        return figures;
    }

    /// Lets them come to a first server, which is stopped in the end.
    private static Crowd come(
            Lab lab, Path data, OwnServer.Ports ports, int count, List<Figure> figures)
            throws IOException, InterruptedException {
        try (var server = lab.launch(data, ports)) {
            var place = lab.workspace(server);
            var maps = place.maps(PLACE);
            var idle = MemoryRow.megabytes(server, lab.isQuick());
            var watch = maps + "?watch=true&resourceVersion=" + place.revision(maps);
            var crowd = new Crowd(place.api(), place.api().get(watch));
            try {
                figures.add(arrival(lab, server, crowd, count, idle));
                figures.add(event(place, crowd, count));
                return crowd;
            } catch (IOException | InterruptedException | RuntimeException e) {
                crowd.close();
                throw e;
            }
        }
    }

    private static Figure arrival(Lab lab, OwnServer server, Crowd crowd, int count, double idle)
            throws IOException, InterruptedException {
        var before = server.usage().cpu();
        var began = System.nanoTime();
        crowd.grow(count);
        await(
                "all connected",
                () -> {
                    lab.progress().count("watchers connected", crowd.connected(), count);
                    return crowd.connected() >= count;
                },
                crowd);
        var took = seconds(began);
        var cpu =
                before.flatMap(a -> server.usage().cpu().map(b -> b.minus(a)))
                        .map(time -> time.toNanos() / 1e3 / count);
        var above = MemoryRow.megabytes(server, lab.isQuick()) - idle;
        return Figure.of(
                        "%,d watchers: memory above idle".formatted(count),
                        Unit.MEGABYTES,
                        new Measured(above, optional(cpu)))
                .by(count)
                .within(Budget.atMost(300))
                .noting(
                        "%,d TLS connections, one watch each; they came in %.1f s (CPU per op is what one cost to come)"
                                .formatted(count, took));
    }

    private static Figure event(Workspace place, Crowd crowd, int count)
            throws IOException, InterruptedException {
        var create = place.create(PLACE, "seen-by-all", 1, 1024);
        try (var writer = place.api().connect()) {
            var began = System.nanoTime();
            writer.send(create);
            await("an event at all watchers", () -> crowd.events() >= count, crowd);
            return Figure.of(
                            "%,d watchers: one change → all have its event".formatted(count),
                            Unit.SECONDS,
                            Measured.of(seconds(began)))
                    .by(count);
        }
    }

    private static void await(String what, BooleanSupplier holds, Crowd crowd)
            throws IOException, InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException(
                        "not within %d s: %s; %d are connected; the last trouble: %s"
                                .formatted(
                                        PATIENCE.toSeconds(),
                                        what,
                                        crowd.connected(),
                                        crowd.trouble()));
            }
            Thread.sleep(5);
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static OptionalDouble optional(Optional<Double> value) {
        return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }
}
