package dev.slipway.cluster.rule;

import dev.slipway.expression.Checked;
import dev.slipway.expression.Environment;
import dev.slipway.expression.Expression;
import dev.slipway.expression.ExpressionError;
import dev.slipway.expression.Template;
import dev.slipway.expression.TemplateWalk;
import dev.slipway.expression.Type;
import dev.slipway.expression.Value;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The `${…}` expressions of rules: `self` is the object, `simulated` tells of the cluster. Safe to use from any thread.
final class Templates {
    private final Environment environment =
            Environment.builder()
                    .variable("self", Type.DYNAMIC)
                    .variable("simulated", Type.DYNAMIC)
                    .build();

    /// An expression that gave no value.
    static final class Unplayable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unplayable(String message) {
            super(message);
        }
    }

    /// All that is wrong with the strings of a tree.
    void check(@Nullable Object tree, String path, List<FieldCause> causes) {
        TemplateWalk.visit(
                tree,
                (place, text) -> {
                    var where = place.isEmpty() ? path : path + "." + place;
                    switch (checked(text, Template.parse(text))) {
                        case Outcome.Fine _ -> {}
                        case Outcome.Wrong(var errors) ->
                                errors.forEach(error -> causes.add(cause(where, text, error)));
                    }
                });
    }

    /// All that is wrong with an expression that stands alone.
    void checkExpression(String source, String path, List<FieldCause> causes) {
        if (environment.check(source) instanceof Checked.Rejected(var errors)) {
            errors.forEach(error -> causes.add(cause(path, source, error)));
        }
    }

    private static FieldCause cause(String path, String text, ExpressionError error) {
        return FieldCause.invalid(
                path,
                text,
                "line %d, column %d: %s".formatted(error.line(), error.column(), error.message()));
    }

    /// A tree with the values of its expressions; throws [Unplayable] where one has none.
    Map<String, Object> render(Map<String, Object> tree, Map<String, Object> data) {
        var rendered =
                TemplateWalk.replace(
                        tree,
                        (place, text) ->
                                switch (checked(text, Template.parse(text))) {
                                    case Outcome.Fine(var expression) when expression.isEmpty() ->
                                            text;
                                    case Outcome.Fine(var expression) ->
                                            value(place, expression.get(), data);
                                    case Outcome.Wrong(var errors) ->
                                            throw new Unplayable(place + ": " + errors);
                                });
        return rendered instanceof Map<?, ?> map ? Json.cast(map) : Map.of();
    }

    /// Whether a condition holds; one that has no value does not.
    boolean holds(String source, Map<String, Object> data) {
        return environment.check(source) instanceof Expression expression
                && expression.evaluate(data) instanceof Value.Known(var value)
                && Boolean.TRUE.equals(value);
    }

    private static @Nullable Object value(
            String place, Expression expression, Map<String, Object> data) {
        return switch (expression.evaluate(data)) {
            case Value.Known(var value) -> value;
            case Value.Missing(_, var reason) -> throw new Unplayable(place + ": " + reason);
            case Value.Failed(var message) -> throw new Unplayable(place + ": " + message);
        };
    }

    private sealed interface Outcome {
        /// Text, or an expression that can be evaluated.
        record Fine(Optional<Expression> expression) implements Outcome {}

        record Wrong(List<ExpressionError> errors) implements Outcome {}
    }

    private Outcome checked(String text, Template template) {
        return switch (template) {
            case Template.Literal _ -> new Outcome.Fine(Optional.empty());
            case Template.Standalone(var source, _) -> outcome(environment.check(source));
            case Template.Mixed mixed -> outcome(environment.check(text, mixed));
            case Template.Malformed(var error) -> new Outcome.Wrong(List.of(error));
        };
    }

    private static Outcome outcome(Checked checked) {
        return switch (checked) {
            case Expression expression -> new Outcome.Fine(Optional.of(expression));
            case Checked.Rejected(var errors) -> new Outcome.Wrong(errors);
        };
    }
}
