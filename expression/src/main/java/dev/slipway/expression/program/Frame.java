package dev.slipway.expression.program;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one run has at hand: the variables, the places of loops, and who counts; belongs to one thread.
final class Frame {
    private final Map<String, Object> variables;
    private final @Nullable Object[] places;
    private final Budget budget;
    private final @Nullable Costs costs;

    Frame(Map<String, Object> variables, int places, Budget budget, @Nullable Costs costs) {
        this.variables = variables;
        this.places = new @Nullable Object[places];
        this.budget = budget;
        this.costs = costs;
    }

    @Nullable Object variable(String name) {
        return variables.get(name);
    }

    @Nullable Object at(int place) {
        return places[place];
    }

    void put(int place, @Nullable Object value) {
        places[place] = value;
    }

    Budget budget() {
        return budget;
    }

    @Nullable Costs costs() {
        return costs;
    }
}
