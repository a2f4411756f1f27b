package dev.slipway.expression.program;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelFunctionBinding;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A checked expression that can be run any number of times, by any number of threads at once.
public final class Program {
    private final Step step;
    private final int places;

    private Program(Step step, int places) {
        this.step = step;
        this.places = places;
    }

    /// Plans a checked syntax tree.
    ///
    /// @param functions what may be called, by the names of the overloads
    public static Program of(CelAbstractSyntaxTree ast, Map<String, CelFunctionBinding> functions) {
        Planner planner = new Planner(ast, functions);
        return new Program(planner.plan(), planner.places());
    }

    /// Gives a value or a [Fault]; throws [Budget.Exhausted] when nothing is left.
    public Object run(Map<String, Object> variables, Budget budget) {
        return run(variables, budget, null);
    }

    /// The same, and counts what it costs in the units of Kubernetes.
    public Object run(Map<String, Object> variables, Budget budget, @Nullable Costs costs) {
        return step.value(new Frame(variables, places, budget, costs));
    }
}
