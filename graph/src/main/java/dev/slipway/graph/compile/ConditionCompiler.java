package dev.slipway.graph.compile;

import dev.slipway.expression.Environment;
import dev.slipway.expression.Expression;
import dev.slipway.expression.Template;
import dev.slipway.expression.Type;
import dev.slipway.expression.library.ConditionFunctions;
import dev.slipway.expression.library.Library;
import dev.slipway.graph.findings.Findings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compiles `spec.schema.status.conditions`: what an author says of instances in place of the engine.
///
/// Used once, by one thread.
final class ConditionCompiler {
    private static final String ROOT = "spec.schema.status.conditions";

    private final Environment environment;
    private final Findings findings;
    private final Set<String> types = new HashSet<>();

    /// @param environment the variables of all other expressions
    ConditionCompiler(Environment environment, Findings findings) {
        this.environment = environment;
        this.findings = findings;
    }

    /// @param written what stands there; null: nothing
    List<Part.Computed> compile(@Nullable Object written) {
        if (written == null) {
            return List.of();
        }
        if (!(written instanceof List<?> entries)) {
            findings.invalid(
                    ROOT, written, "a list of expressions such as ${runtime.newCondition({…})}");
            return List.of();
        }
        var expressions = new ExpressionCheck(withRuntime(), findings);
        var compiled = new ArrayList<Part.Computed>();
        for (int i = 0; i < entries.size(); i++) {
            var path = ROOT + "[" + i + "]";
            if (entries.get(i) instanceof String text
                    && Template.parse(text) instanceof Template.Standalone template) {
                var at = "status.conditions[" + i + "]";
                expressions
                        .check(text, template, path)
                        .filter(expression -> isCondition(expression, text, path))
                        .ifPresent(expression ->
                                compiled.add(new Part.Computed(expression, at, true)));
            } else {
                findings.invalid(
                        path,
                        entries.get(i),
                        "only standalone expressions are allowed, such as ${runtime.newCondition({…})}");
            }
        }
        return compiled;
    }

    private Environment withRuntime() {
        return Environment.builder()
                .variables(environment.variables())
                .variable("runtime", Type.DYNAMIC)
                .libraries(Library.STATUS_CONDITIONS)
                .build();
    }

    private boolean isCondition(Expression expression, String text, String path) {
        new ExpressionCheck(environment, findings).refuseOmission(expression, text, path);
        expression.conditionTypes().stream()
                .filter(type -> !types.add(type))
                .forEach(type ->
                        findings.invalid(
                                path,
                                text,
                                "another entry makes the condition %s".formatted(type)));
        var type =
                expression.resultType() instanceof Type.ListOf(var element, _)
                        ? element
                        : expression.resultType();
        var fits = type.equals(new Type.Opaque(ConditionFunctions.CONDITION));
        if (!fits) {
            findings.invalid(
                    path,
                    ExpressionCheck.spot(text),
                    "expected a condition or a list of conditions, got %s; make one by runtime.newCondition"
                            .formatted(expression.resultType().description()));
        }
        return fits;
    }
}
