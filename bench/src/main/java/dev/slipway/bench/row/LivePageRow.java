package dev.slipway.bench.row;

import dev.slipway.bench.http.Lines;
import dev.slipway.bench.http.Request;
import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.lab.Workspace;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Samples;
import dev.slipway.bench.report.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// From the moment that a change is sent to the moment that an open page of the portal is told of it.
record LivePageRow() implements Row {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PLACE = "-page";
    private static final int TIMES = 30;
    private static final int LEAST = 5;

    /// Longer than a page is left in peace for after it was told.
    private static final Duration BETWEEN = Duration.ofMillis(250);

    @Override
    public String name() {
        return "page-live";
    }

    @Override
    public Stage stage() {
        return Stage.EMPTY;
    }

    @Override
    public String aloneBecause() {
        return "it has no portal";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException, InterruptedException {
        var place = lab.own();
        place.fill(PLACE, "shown", 1, 1024);
        var about = "configmaps/%s/shown-0".formatted(place.namespace(PLACE));
        var revision = place.revision(place.maps(PLACE));
        var latencies = new long[lab.sized(TIMES, LEAST)];
        try (var page = lab.server().portal().connect();
                var writer = place.api().connect()) {
            var lines =
                    page.stream(
                            lab.server()
                                    .portal()
                                    .page("/live?at=%s&about=%s".formatted(revision, about)));
            await(lines, "event: live");
            for (int i = 0; i < latencies.length; i++) {
                Thread.sleep(BETWEEN);
                var sent = System.nanoTime();
                writer.send(change(place, i));
                await(lines, "event: page");
                latencies[i] = System.nanoTime() - sent;
            }
        }
        var millis = Samples.of(latencies).millis(99);
        return List.of(
                Figure.of(
                                "change sent → open page told, p99",
                                Unit.MILLISECONDS,
                                Measured.of(millis))
                        .by(1)
                        .within(Budget.atMost(500)));
    }

    private static Request change(Workspace place, int number) throws IOException {
        var patch = "{\"data\":{\"n\":\"%d\"}}".formatted(number);
        return place.api()
                .request(
                        "PATCH",
                        place.maps(PLACE) + "/shown-0",
                        "application/merge-patch+json",
                        patch.getBytes(StandardCharsets.UTF_8),
                        200);
    }

    /// Reads up to a line; the stream is never silent for long, so that it is noticed when that does not come.
    private static void await(Lines lines, String wanted) throws IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        for (var line = lines.next();
                line.isPresent() && System.nanoTime() < end;
                line = lines.next()) {
            if (Lines.has(line.get(), wanted)) {
                return;
            }
        }
        throw new IOException("the page's stream did not say \"%s\"".formatted(wanted));
    }
}
