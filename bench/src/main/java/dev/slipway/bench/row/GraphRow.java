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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Instances of a graph with three nodes: made, changed by a new definition, and spoilt by others.
record GraphRow() implements Row {
    private static final int INSTANCES = 1_000;
    private static final int DRIFTS = 50;
    private static final int LEAST = 20;
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
        var found = new ArrayList<Found>();
        for (var place : lab.places()) {
            if (found.isEmpty() || Apps.areKnown(place)) {
                found.add(measure(place, lab));
            }
        }
        var own = found.getFirst();
        var peer = found.stream().skip(1).findFirst();
        var count = lab.sized(INSTANCES, LEAST);
        return List.of(
                figure(
                        "%,d instances of a graph with 3 nodes: create → all ACTIVE"
                                .formatted(count),
                        Apps.CLIENTS,
                        Unit.SECONDS,
                        own.made(),
                        peer.map(Found::made),
                        5),
                figure(
                        "a changed definition → resources of %,d instances changed"
                                .formatted(count),
                        1,
                        Unit.SECONDS,
                        own.changed(),
                        peer.map(Found::changed),
                        5),
                figure(
                        "a resource changed by others → set back, p99",
                        1,
                        Unit.MILLISECONDS,
                        slowest(own),
                        peer.map(GraphRow::slowest),
                        100),
                figure(
                        "a collection of %,d items: create → ACTIVE".formatted(count),
                        1,
                        Unit.SECONDS,
                        own.collected(),
                        peer.map(Found::collected),
                        5));
    }

    private static Found measure(Workspace place, Lab lab) throws IOException {
        var apps = new Apps(place);
        apps.define();
        try {
            apps.active("warm", lab.sized(INSTANCES / 2, LEAST / 2));
            place.settle();
            var made = apps.active(APP, lab.sized(INSTANCES, LEAST));
            place.settle();
            apps.changed("warm", lab.sized(INSTANCES, LEAST));
            place.settle();
            var changed = apps.changed("changed", lab.sized(INSTANCES, LEAST));
            place.settle();
            var drifts = Samples.of(apps.drifts(APP, lab.sized(DRIFTS, LEAST / 2)));
            apps.collected("first-list", lab.sized(INSTANCES, LEAST));
            place.settle();
            var collected = apps.collected("list", lab.sized(INSTANCES, LEAST));
            return new Found(made, changed, drifts, collected);
        } finally {
            if (!place.equals(lab.own())) {
                apps.remove();
            }
        }
    }

    private static Measured slowest(Found found) {
        return new Measured(found.drifts().millis(99), OptionalDouble.empty());
    }

    private static Figure figure(
            String what,
            int clients,
            Unit unit,
            Measured own,
            Optional<Measured> peer,
            double limit) {
        return new Figure(what, clients, unit, Optional.of(Budget.atMost(limit)), own, peer, "");
    }
}
