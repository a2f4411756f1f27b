package dev.slipway.bench.row;

import static dev.slipway.bench.row.Statistic.P99;
import static dev.slipway.bench.row.Statistic.RATE;

import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.report.Budget;
import java.util.List;
import java.util.Map;

/// All rows, in the order in which they run: by stage, so that a server is filled once.
public final class Rows {
    /// What has a budget and does not exist yet.
    public static final List<String> ABSENT =
            List.of(
                    "filtered entity query of 25,000 (1 ms)",
                    "three facets (2 ms)",
                    "change → visible in search (100 ms)");

    /// So many that the virtual machine has compiled what a request needs, and no longer spends more on that than on
    /// requests.
    private static final int WARM_UP = 15_000;

    private Rows() {}

    /// How often the load of a row is repeated, and what it may take, stands here and nowhere else.
    public static List<Row> all() {
        return List.of(
                new StartRow(
                        "start", "start → readyz, empty store", Stage.ALONE, Budget.atMost(1.5)),
                new MemoryRow(
                        "memory-idle", "resident memory, idle", Stage.ALONE, Budget.atMost(200)),
                new IdleGraphRow(),
                new WatchersRow(),
                load(
                        "create-64",
                        "durable create",
                        64,
                        4_000,
                        (place, round, count) -> Operations.creates(place, "many-" + round, count),
                        Map.of(RATE, Budget.atLeast(5_000))),
                // After the many: by then all that a create needs is compiled.
                new DurableCreateRow(),
                load(
                        "get",
                        "get by name",
                        1,
                        2_000,
                        Operations::gets,
                        Map.of(P99, Budget.atMost(2))),
                new GreedyRow(),
                load("get-8", "get by name", 8, 4_000, Operations::gets, Map.of()),
                load("patch", "merge patch", 1, 300, Operations::mergePatches, Map.of()),
                load(
                        "apply-create",
                        "server-side apply, create",
                        1,
                        300,
                        Operations::applyCreates,
                        Map.of()),
                load(
                        "apply-again",
                        "server-side apply, no change",
                        1,
                        1_000,
                        Operations::applyAgains,
                        Map.of()),
                load("delete", "delete", 1, 300, Operations::deletes, Map.of()),
                new OperationRow(
                        "list-10000",
                        "list of 10,000 of 1 KiB",
                        Stage.EMPTY,
                        1,
                        5,
                        5,
                        Operations.listOfMany(Operations.MANY),
                        Map.of()),
                new WatchRow(),
                new LivePageRow(),
                new GraphRow(),
                new EntitiesRow(),
                new PortalRow(),
                new MemoryRow(
                        "memory-entities",
                        "resident memory, 25,000 entities",
                        Stage.ENTITIES,
                        Budget.atMost(400)),
                new OperationRow(
                        "list-500",
                        "list of 500 of 100,000 of 2 KB",
                        Stage.FULL,
                        1,
                        200,
                        600,
                        Operations::pages,
                        Map.of(P99, Budget.atMost(10))),
                new OperationRow(
                        "list-label",
                        "list of 1,000 of 100,000 by a label",
                        Stage.FULL,
                        1,
                        20,
                        200,
                        Operations::labelled,
                        Map.of()),
                new MemoryRow(
                        "memory-full",
                        "resident memory, 100,000 resources of 2 KB",
                        Stage.FULL,
                        Budget.atMost(900)),
                new StartRow(
                        "start-full",
                        "start → readyz, 100,000 resources",
                        Stage.FULL,
                        Budget.atMost(3)));
    }

    /// The names of all of them.
    public static List<String> names() {
        return all().stream().map(Row::name).toList();
    }

    private static Row load(
            String name,
            String what,
            int clients,
            int perRound,
            Operation operation,
            Map<Statistic, Budget> budgets) {
        return new OperationRow(
                name, what, Stage.EMPTY, clients, perRound, WARM_UP, operation, budgets);
    }
}
