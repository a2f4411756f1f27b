package dev.slipway.bench.row;

import dev.slipway.bench.http.Load;
import dev.slipway.bench.http.Request;
import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.lab.Turns;
import dev.slipway.bench.lab.Workspace;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// An operation, so many times by so many clients, after a round that makes the servers warm.
///
/// @param what it is, in words
/// @param perRound how often it is done in a round
/// @param warmUp how often it is done before
record OperationRow(
        String name,
        String what,
        Stage stage,
        int clients,
        int perRound,
        int warmUp,
        Operation operation,
        Map<Statistic, Budget> budgets)
        implements Row {
    private static final int ROUNDS = 5;
    private static final int WARM_UP_CLIENTS = 8;
    private static final int LEAST = 20;

    @Override
    public List<Figure> measure(Lab lab) throws IOException {
        for (var place : lab.places()) {
            warmUp(place, lab.sized(warmUp, LEAST));
        }
        var count = lab.sized(perRound, LEAST);
        var tallies = lab.turns().take(ROUNDS, (place, round) -> prepare(place, round, count));
        tallies.values().forEach(tally -> lab.clientSpent(tally.clientMicros()));
        return new Comparison(what, clients, tallies, budgets).figures();
    }

    private Turns.Run prepare(Workspace place, int round, int count) throws IOException {
        var requests = operation.requests(place, round, count);
        var load = Load.open(place.api(), clients);
        return () -> run(load, requests);
    }

    private static Load.Run run(Load load, List<Request> requests) throws IOException {
        try (load) {
            return load.run(requests);
        }
    }

    private void warmUp(Workspace place, int count) throws IOException {
        var requests = operation.requests(place, Operation.WARM_UP, count);
        try (var load = Load.open(place.api(), Math.max(clients, WARM_UP_CLIENTS))) {
            load.run(requests);
        }
        place.settle();
    }
}
