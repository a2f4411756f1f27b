package dev.slipway.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelRuntime;
import dev.slipway.expression.library.ConditionFunctions;
import dev.slipway.expression.library.OmissionCheck;
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
    private final CelRuntime.Program program;
    private final CelAbstractSyntaxTree ast;

    Expression(
            String source,
            CelAbstractSyntaxTree ast,
            Type resultType,
            Map<String, Type> variables,
            CelRuntime.Program program) {
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
    /// The result may share lists and maps with `data`. Work is bounded by [Budget#MAXIMAL_COST] and
    /// [Budget#MAXIMAL_ITERATIONS].
    public Value evaluate(Map<String, ? extends @Nullable Object> data) {
        return evaluate(data, new Budget());
    }

    /// Evaluates within what Kubernetes allows one evaluation, and counts on the meter what it costs.
    public Value evaluate(Map<String, ? extends @Nullable Object> data, Meter meter) {
        var cost = new ActualCost();
        try {
            return evaluate(data, cost);
        } finally {
            meter.add(cost.cost());
        }
    }

    private Value evaluate(
            Map<String, ? extends @Nullable Object> data, CelEvaluationListener listener) {
        try {
            return Result.of(raw(data, listener));
        } catch (CelEvaluationException e) {
            return new Failure(e).value(references, data);
        }
    }

    /// Its value over the same data, for other expressions to read; worked out only when they do.
    public Deferred later(Map<String, ? extends @Nullable Object> data) {
        return new Deferred(this, data);
    }

    Object raw(Map<String, ? extends @Nullable Object> data) throws CelEvaluationException {
        return raw(data, new Budget());
    }

    private Object raw(Map<String, ? extends @Nullable Object> data, CelEvaluationListener listener)
            throws CelEvaluationException {
        Map<String, Object> activation = new HashMap<>();
        for (String root : roots()) {
            if (data.containsKey(root)) {
                activation.put(
                        root,
                        Data.view(data.get(root), variables.getOrDefault(root, Type.DYNAMIC)));
            }
        }
        return program.trace(activation, listener);
    }

    @Override
    public String toString() {
        return source;
    }
}
