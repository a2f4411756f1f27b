package dev.slipway.bench.row;

import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Unit;
import java.util.List;

/// A catalog from YAML files until all of it can be asked for; the stage itself is what is measured.
record EntitiesRow() implements Row {
    @Override
    public String name() {
        return "entities";
    }

    @Override
    public Stage stage() {
        return Stage.ENTITIES;
    }

    @Override
    public String aloneBecause() {
        return "it has no catalog";
    }

    @Override
    public List<Figure> measure(Lab lab) {
        var took = lab.entitiesTook();
        var count = lab.sized(Lab.ENTITIES, Lab.LEAST_ENTITIES);
        var what = "%,d entities from YAML → all queryable with relations".formatted(count);
        return List.of(
                Figure.of(what, Unit.SECONDS, Measured.of(took.toMillis() / 1e3))
                        .within(Budget.atMost(10)));
    }
}
