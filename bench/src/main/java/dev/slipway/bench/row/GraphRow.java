package dev.slipway.bench.row;

import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.lab.Workspace;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Samples;
import dev.slipway.bench.report.Unit;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Instances of a graph with three nodes: made, changed by a new definition, and spoilt by others.
record GraphRow() implements Row {
    private static final int INSTANCES = 1_000;
    private static final int DRIFTS = 50;
    private static final int LEAST = 20;
    private static final int WARM_PEER = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /// The original has taken over four minutes for so many instances.
    private static final Duration PATIENCE_PEER = Duration.ofMinutes(20);

    private static final String APP = "app";

    /// What came of one server.
    private record Found(Measured made, Measured changed, Samples drifts, Measured collected) {}

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public Stage stage() {
        return Stage.EMPTY;
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException {
        var own = measured(lab.own(), PATIENCE, lab.sized(INSTANCES / 2, LEAST / 2), lab);
        var figures = figures(own, lab.sized(INSTANCES, LEAST));
        return lab.peer().isEmpty() ? figures : compared(figures, lab.peer().get(), lab);
    }

    /// The same on the peer, where something serves definitions; what it cannot do costs none of our own figures.
    private static List<Figure> compared(List<Figure> figures, Workspace peer, Lab lab) {
        try {
            if (!Apps.areKnown(peer)) {
                return alone(figures, "it serves no ResourceGraphDefinition; no kro is there");
            }
            lab.progress().say("  the peer, which may take a quarter of an hour");
            var others = figures(measured(peer, PATIENCE_PEER, WARM_PEER, lab), 0);
            return IntStream.range(0, figures.size())
                    .mapToObj(i -> figures.get(i).beside(Optional.of(others.get(i).own())))
                    .toList();
        } catch (IOException e) {
            return alone(figures, "it failed: " + e.getMessage());
        }
    }

    private static List<Figure> alone(List<Figure> figures, String why) {
        var all = new ArrayList<>(figures);
        all.set(0, all.getFirst().alone(why));
        return all;
    }

    /// @param warm how many instances are made, and whether all else is done once, before anything counts: the original
    ///     needs no warming, and so much time for it that it would not end
    private static Found measured(Workspace place, Duration patience, int warm, Lab lab)
            throws IOException {
        var count = lab.sized(INSTANCES, LEAST);
        var mine = place.equals(lab.own());
        var apps = new Apps(place, patience);
        try {
            apps.define();
            apps.active("warm", warm);
            place.settle();
            var made = apps.active(APP, count);
            place.settle();
            if (mine) {
                apps.changed("warm", count);
                place.settle();
            }
            var changed = apps.changed("changed", count);
            place.settle();
            var drifts = Samples.of(apps.drifts(APP, lab.sized(DRIFTS, LEAST / 2)));
            if (mine) {
                apps.collected("first-list", count);
                place.settle();
            }
            return new Found(made, changed, drifts, apps.collected("list", count));
        } finally {
            if (!mine) {
                apps.remove();
            }
        }
    }

    /// @param count of instances and of the items of a collection, in words
    private static List<Figure> figures(Found found, int count) {
        return List.of(
                figure(
                        "%,d instances of a graph with 3 nodes: create → all ACTIVE"
                                .formatted(count),
                        Apps.CLIENTS,
                        Unit.SECONDS,
                        found.made(),
                        5),
                figure(
                        "a changed definition → resources of %,d instances changed"
                                .formatted(count),
                        1,
                        Unit.SECONDS,
                        found.changed(),
                        5),
                figure(
                        "a resource changed by others → set back, p99",
                        1,
                        Unit.MILLISECONDS,
                        Measured.of(found.drifts().millis(99)),
                        100),
                figure(
                        "a collection of %,d items: create → ACTIVE".formatted(count),
                        1,
                        Unit.SECONDS,
                        found.collected(),
                        5));
    }

    private static Figure figure(
            String what, int clients, Unit unit, Measured value, double limit) {
        return Figure.of(what, unit, value).by(clients).within(Budget.atMost(limit));
    }
}
