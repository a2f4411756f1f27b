package dev.slipway.bench.row;

import dev.slipway.bench.http.Connection;
import dev.slipway.bench.http.Lines;
import dev.slipway.bench.http.Load;
import dev.slipway.bench.http.Request;
import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.lab.Turns;
import dev.slipway.bench.lab.Workspace;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Samples;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One writer, one watcher: from the moment that a write is sent to the moment that its event is read.
record WatchRow() implements Row {
    private static final String PLACE = "-watch";
    private static final int ROUNDS = 5;
    private static final int PER_ROUND = 200;
    private static final int LEAST = 20;
    private static final int WARM_UP = 2_000;
    private static final int BYTES = 1024;
    private static final long PATIENCE_SECONDS = 30;

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public Stage stage() {
        return Stage.EMPTY;
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException {
        for (var place : lab.places()) {
            place.fill(PLACE, "warm", lab.sized(WARM_UP, LEAST), BYTES);
            place.settle();
        }
        var count = lab.sized(PER_ROUND, LEAST);
        var tallies = lab.turns().take(ROUNDS, (place, round) -> prepare(place, round, count));
        var budgets = Map.of(Statistic.P99, Budget.atMost(5));
        return new Comparison("create sent → event read", 1, tallies, budgets).figures();
    }

    private static Turns.Run prepare(Workspace place, int round, int count) throws IOException {
        var requests = new ArrayList<Request>();
        for (int i = 0; i < count; i++) {
            requests.add(place.create(PLACE, "watched-%d-%d".formatted(round, i), i, BYTES));
        }
        var maps = place.maps(PLACE);
        var watch = place.api().get(maps + "?watch=true&resourceVersion=" + place.revision(maps));
        var watcher = place.api().connect();
        var writer = place.api().connect();
        var events = new LinkedBlockingQueue<Long>();
        var lines = watcher.stream(watch);
        Thread.ofPlatform().daemon().name("bench-watcher").start(() -> read(lines, events));
        return () -> run(watcher, writer, requests, events);
    }

    private static Load.Run run(
            Connection watcher,
            Connection writer,
            List<Request> requests,
            BlockingQueue<Long> events)
            throws IOException {
        var latencies = new long[requests.size()];
        var began = System.nanoTime();
        try (watcher;
                writer) {
            for (int i = 0; i < latencies.length; i++) {
                var sent = System.nanoTime();
                writer.send(requests.get(i));
                latencies[i] = arrival(events) - sent;
            }
        }
        return new Load.Run(Samples.of(latencies), (System.nanoTime() - began) / 1e9);
    }

    private static long arrival(BlockingQueue<Long> events) throws IOException {
        try {
            var arrival = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (arrival == null) {
                throw new IOException("no event came within %d s".formatted(PATIENCE_SECONDS));
            }
            return arrival;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// Notes when each event came; there is one writer, so they come in its order.
    private static void read(Lines lines, BlockingQueue<Long> events) {
        try {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                var now = System.nanoTime();
                if (Lines.has(line.get(), "\"type\":\"ADDED\"")) {
                    events.add(now);
                }
            }
        } catch (IOException e) {
            // The round is over, or the writer waits in vain and says so.
            events.clear();
        }
    }
}
