package dev.slipway.bench.row;

import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.lab.Workspace;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Unit;
import dev.slipway.bench.server.OwnServer;
import dev.slipway.bench.server.Usage;
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
        try (var crowd = come(lab, data, ports, count, figures);
                var again = lab.launch(data, ports)) {
            figures.add(returned(crowd, again, count));
        }
        if (lab.peer().isPresent()) {
            compare(lab.peer().get(), lab, count, figures);
        }
        return figures;
    }

    /// Lets them come to a first server, which is stopped in the end.
    private static Crowd come(
            Lab lab, Path data, OwnServer.Ports ports, int count, List<Figure> figures)
            throws IOException, InterruptedException {
        try (var server = lab.launch(data, ports)) {
            var place = lab.workspace(server);
            var idle = MemoryRow.megabytes(server.usage(), lab.isQuick());
            var crowd = crowd(place);
            try {
                var came = arrival(place, crowd, count, lab);
                var above = MemoryRow.megabytes(server.usage(), lab.isQuick()) - idle;
                figures.add(memory(new Measured(above, came.cpuMicros()), came.value(), count));
                figures.add(
                        Figure.of(
                                        "%,d watchers: one change → all have its event"
                                                .formatted(count),
                                        Unit.SECONDS,
                                        event(place, crowd, count))
                                .by(count));
                return crowd;
            } catch (IOException | InterruptedException | RuntimeException e) {
                crowd.close();
                throw e;
            }
        }
    }

    private static Figure memory(Measured above, double seconds, int count) {
        return Figure.of("%,d watchers: memory above idle".formatted(count), Unit.MEGABYTES, above)
                .by(count)
                .within(Budget.atMost(300))
                .noting(
                        "%,d TLS connections, one watch each; they came in %.1f s (CPU per op is what one cost to come)"
                                .formatted(count, seconds));
    }

    private static Figure returned(Crowd crowd, OwnServer again, int count)
            throws IOException, InterruptedException {
        var began = System.nanoTime();
        await("all reconnected", () -> crowd.connected() >= count, crowd);
        var took = seconds(began);
        var cpu = again.usage().cpu().map(time -> time.toNanos() / 1e3 / count);
        return Figure.of(
                        "%,d watchers: server ready → all reconnected".formatted(count),
                        Unit.SECONDS,
                        new Measured(took, optional(cpu)))
                .by(count)
                .within(Budget.atMost(30));
    }

    /// Lets as many come to the peer, and sets beside the figures what can be told of it.
    private static void compare(Workspace peer, Lab lab, int count, List<Figure> figures)
            throws IOException, InterruptedException {
        var usage = peer.target().usage();
        var idle = usage.isEmpty() ? 0 : MemoryRow.megabytes(usage.get(), lab.isQuick());
        try (var crowd = crowd(peer)) {
            var came = arrival(peer, crowd, count, lab);
            var memory = figures.getFirst();
            if (usage.isEmpty()) {
                figures.set(0, memory.alone(MemoryRow.UNCOUNTED));
            } else {
                var above = MemoryRow.megabytes(usage.get(), lab.isQuick()) - idle;
                var note = "%s; to the peer in %.1f s".formatted(memory.note(), came.value());
                figures.set(
                        0,
                        memory.beside(Optional.of(new Measured(above, came.cpuMicros())))
                                .noting(note));
            }
            var event = event(peer, crowd, count);
            figures.set(1, figures.get(1).beside(Optional.of(event)));
        }
        figures.set(2, figures.get(2).alone("the bench starts none but its own server"));
    }

    private static Crowd crowd(Workspace place) throws IOException {
        var maps = place.maps(PLACE);
        var watch = maps + "?watch=true&resourceVersion=" + place.revision(maps);
        return new Crowd(place.api(), place.api().get(watch));
    }

    /// How many seconds it takes until all have come, and what the server spends on each.
    private static Measured arrival(Workspace place, Crowd crowd, int count, Lab lab)
            throws IOException, InterruptedException {
        var before = cpu(place);
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
                before.flatMap(a -> cpu(place).map(b -> b.minus(a)))
                        .map(time -> time.toNanos() / 1e3 / count);
        return new Measured(took, optional(cpu));
    }

    private static Optional<Duration> cpu(Workspace place) {
        return place.target().usage().flatMap(Usage::cpu);
    }

    private static Measured event(Workspace place, Crowd crowd, int count)
            throws IOException, InterruptedException {
        var create = place.create(PLACE, "seen-by-all", 1, 1024);
        try (var writer = place.api().connect()) {
            var began = System.nanoTime();
            writer.send(create);
            await("an event at all watchers", () -> crowd.events() >= count, crowd);
            return Measured.of(seconds(began));
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
