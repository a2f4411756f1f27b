package dev.slipway.graph.compile;

import dev.slipway.expression.Checked;
import dev.slipway.expression.Environment;
import dev.slipway.expression.Expression;
import dev.slipway.expression.ExpressionError;
import dev.slipway.expression.Template;
import dev.slipway.expression.Type;
import dev.slipway.graph.findings.Findings;
import dev.slipway.kernel.model.Spot;
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
            case Template.Standalone(var source, var offset) ->
                    accept(environment.check(source), text, offset, path);
            case Template.Mixed mixed -> accept(environment.check(text, mixed), text, 0, path);
            case Template.Malformed(var error) -> {
                tell(error, text, 0, path);
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

    /// The place of the first expression of a text, for what is wrong with what it gives.
    static Spot spot(String text) {
        var start = text.indexOf("${");
        var before = text.substring(0, Math.max(0, start));
        var line = (int) before.chars().filter(letter -> letter == '\n').count();
        var column = before.codePointCount(before.lastIndexOf('\n') + 1, before.length());
        return new Spot(text, line + 1, column + (start < 0 ? 1 : 3));
    }

    /// @param offset where the source begins in the text, in the same line
    private Optional<Expression> accept(Checked checked, String text, int offset, String path) {
        return switch (checked) {
            case Expression expression -> Optional.of(expression);
            case Checked.Rejected(var errors) -> {
                errors.forEach(error -> tell(error, text, offset, path));
                yield Optional.empty();
            }
        };
    }

    private void tell(ExpressionError error, String text, int offset, String path) {
        var column = error.column() + (error.line() == 1 ? offset : 0);
        var where =
                text.contains("\n") ? "line %d, column %d: ".formatted(error.line(), column) : "";
        findings.invalid(
                path,
                afterDot(new Spot(text, error.line(), column)),
                "expression: " + where + error.message());
    }

    /// A field that is wrong is told at the dot before it: its name comes after that.
    private static Spot afterDot(Spot spot) {
        var line = spot.text().lines().skip(spot.line() - 1L).findFirst().orElse("");
        var letters = line.codePoints().toArray();
        var after = spot.column();
        while (after <= letters.length && ".?".indexOf(letters[after - 1]) >= 0) {
            after++;
        }
        return after > letters.length ? spot : new Spot(spot.text(), spot.line(), after);
    }
}
