package dev.slipway.control.policy;

import dev.slipway.expression.Checked;
import dev.slipway.expression.Environment;
import dev.slipway.expression.Expression;
import dev.slipway.expression.Type;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.schema.ExpressionProblems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks the expressions of one policy, one after the other, and notes what is wrong with them.
///
/// Variables that were added are known to the expressions after them.
final class Compilation {
    private final Environment base;
    private final List<FieldCause> problems;
    private final Map<String, Type> variables = new LinkedHashMap<>();
    private Environment environment;

    /// @param params whether the policy has parameters
    Compilation(boolean params, List<FieldCause> problems) {
        this.base = PolicyTypes.environment(params);
        this.environment = base;
        this.problems = problems;
    }

    /// Makes a variable known, whatever its type is.
    void add(String name, Type type) {
        variables.put(name, type);
        environment = base.with("variables", new Type.Struct("variables", variables));
    }

    /// An expression of a wanted type; empty where something is wrong with it, which is noted at the field.
    Optional<Expression> of(String source, Optional<Type> wanted, String field) {
        if (source.isBlank()) {
            problems.add(FieldCause.required(field, "expression is not specified"));
            return Optional.empty();
        }
        return switch (environment.check(source.strip())) {
            case Checked.Rejected(var errors) ->
                    refused(
                            field,
                            source,
                            "compilation failed: " + ExpressionProblems.text(errors, source));
            case Expression expression ->
                    wanted.filter(type -> !fits(expression.resultType(), type)).isPresent()
                            ? refused(field, source, "must evaluate to " + name(wanted.get()))
                            : Optional.of(expression);
        };
    }

    private Optional<Expression> refused(String field, String source, String why) {
        problems.add(FieldCause.invalid(field, source, why));
        return Optional.empty();
    }

    private static boolean fits(Type actual, Type wanted) {
        return actual.equals(wanted) || actual instanceof Type.Dynamic;
    }

    private static String name(Type type) {
        return type.description();
    }
}
