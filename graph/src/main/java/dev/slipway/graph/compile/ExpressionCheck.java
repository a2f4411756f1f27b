package dev.slipway.graph.compile;

import dev.slipway.expression.Checked;
import dev.slipway.expression.Environment;
import dev.slipway.expression.Expression;
import dev.slipway.expression.ExpressionError;
import dev.slipway.expression.Template;
import dev.slipway.expression.Type;
import dev.slipway.graph.findings.Findings;
import java.util.Map;
import java.util.Optional;

/// Checks the expressions of a definition in one environment and tells what is wrong with them.
///
/// @param environment the variables that expressions may read
record ExpressionCheck(Environment environment, Findings findings) {
    /// The expression of a text, or that of the whole text where it is mixed; empty when it is wrong, which is told.
    ///
    /// @param path where the text stands in the definition
    Optional<Expression> check(String text, Template template, String path) {
        return switch (template) {
            case Template.Literal _ -> Optional.empty();
            case Template.Standalone(var source, _) ->
                    accept(environment.check(source), text, path);
            case Template.Mixed mixed -> accept(environment.check(text, mixed), text, path);
            case Template.Malformed(var error) -> {
                tell(error, text, path);
                yield Optional.empty();
            }
        };
    }

    /// The same with further variables, which hide those of the same name.
    ExpressionCheck with(Map<String, Type> variables) {
        var more = environment;
        for (var variable : variables.entrySet()) {
            more = more.with(variable.getKey(), variable.getValue());
        }
        return new ExpressionCheck(more, findings);
    }

    /// Outside of templates there is no field to leave out.
    void refuseOmission(Expression expression, String text, String path) {
        if (expression.omits()) {
            findings.invalid(
                    path,
                    text,
                    "omit() is for fields of templates: there is none to leave out here");
        }
    }

    private Optional<Expression> accept(Checked checked, String text, String path) {
        return switch (checked) {
            case Expression expression -> Optional.of(expression);
            case Checked.Rejected(var errors) -> {
                errors.forEach(error -> tell(error, text, path));
                yield Optional.empty();
            }
        };
    }

    private void tell(ExpressionError error, String text, String path) {
        var where =
                text.contains("\n")
                        ? "line %d, column %d: ".formatted(error.line(), error.column())
                        : "";
        findings.invalid(path, text, "expression: " + where + error.message());
    }
}
