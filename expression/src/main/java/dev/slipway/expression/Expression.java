package dev.slipway.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.slipway.expression.library.ConditionFunctions;
import dev.slipway.expression.library.OmissionCheck;
import dev.slipway.expression.program.Budget;
import dev.slipway.expression.program.Costs;
import dev.slipway.expression.program.Fault;
import dev.slipway.expression.program.Program;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A checked expression, ready to be evaluated any number of times, by any number of threads at once.
public final class Expression implements Checked {
    private final String source;
    private final Type resultType;
    private final List<Reference> references;
    private final Map<String, Type> variables;
    private final Program program;
    private final CelAbstractSyntaxTree ast;

    Expression(
            String source,
            CelAbstractSyntaxTree ast,
            Type resultType,
            Map<String, Type> variables,
            Program program) {
        this.source = source;
        this.resultType = resultType;
        this.variables = variables;
        this.program = program;
        this.ast = ast;
        this.references = new References(variables.keySet()).in(ast.getExpr());
    }

    public String source() {
        return source;
    }

    /// The type of what evaluation gives; [Type.Dynamic] when only the data can say.
    public Type resultType() {
        return resultType;
    }

    /// What the expression reads, in the order of the source, each once.
    public List<Reference> references() {
        return references;
    }

    /// Whether it may say `omit()`: then no value means that the field shall not be there.
    public boolean omits() {
        return OmissionCheck.omits(ast);
    }

    /// The types of the conditions that it may make, as far as they are written out.
    public Set<String> conditionTypes() {
        return ConditionFunctions.types(ast);
    }

    /// The names of the variables that the expression reads.
    public Set<String> roots() {
        Set<String> roots = new LinkedHashSet<>();
        references.forEach(reference -> roots.add(reference.root()));
        return roots;
    }

    /// The most that one evaluation can cost, in the units of Kubernetes, as it estimates it.
    ///
    /// @param sizes of what the expression reads
    public double estimatedCost(Sizes sizes) {
        return estimated(sizes).most();
    }

    Span estimated(Sizes sizes) {
        return new CostEstimate(ast, sizes).whole();
    }

    /// Evaluates over plain trees; a variable without an entry is [Value.Missing] if it is needed.
    ///
    /// The result may share lists and maps with `data`. Work is bounded by [Budget#ONE_RUN] and [Budget#MAXIMAL_ROUNDS].
    public Value evaluate(Map<String, ? extends @Nullable Object> data) {
        return evaluate(data, new Budget());
    }

    /// Evaluates with what is left of a budget that other evaluations share.
    public Value evaluate(Map<String, ? extends @Nullable Object> data, Budget budget) {
        return value(data, budget, null);
    }

    /// Evaluates within what Kubernetes allows one evaluation, and counts on the meter what it costs.
    public Value evaluate(Map<String, ? extends @Nullable Object> data, Meter meter) {
        var costs = new Costs(Meter.MAX_CALL);
        try {
            return value(data, new Budget(Long.MAX_VALUE), costs);
        } finally {
            meter.add(costs.cost());
        }
    }

    private Value value(
            Map<String, ? extends @Nullable Object> data, Budget budget, @Nullable Costs costs) {
        try {
            return switch (raw(data, budget, costs)) {
                case Fault fault -> Failure.value(fault, references, data);
                case Data view -> Result.of(view);
                case Object result -> {
                    Budget.whole(result);
                    yield Result.of(result);
                }
            };
        } catch (Budget.Exhausted e) {
            return new Value.Failed(e.reason());
        }
    }

    /// Its value over the same data, for other expressions to read; worked out only when they do.
    public Deferred later(Map<String, ? extends @Nullable Object> data) {
        return new Deferred(this, data);
    }

    /// As expressions see it, or a fault.
    Object raw(Map<String, ? extends @Nullable Object> data, Budget budget, @Nullable Costs costs) {
        Map<String, Object> activation = new HashMap<>();
        for (String root : roots()) {
            if (data.containsKey(root)) {
                activation.put(root, view(data.get(root), root));
            }
        }
        return program.run(activation, budget, costs);
    }

    private Object view(@Nullable Object value, String root) {
        try {
            return Data.view(value, variables.getOrDefault(root, Type.DYNAMIC));
        } catch (CelRuntimeException e) {
            return Fault.of(e);
        }
    }

    @Override
    public String toString() {
        return source;
    }
}
