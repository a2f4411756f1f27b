package dev.slipway.control.policy;

import dev.slipway.control.policy.Validation.Denial;
import dev.slipway.expression.Expression;
import dev.slipway.expression.Type;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A policy, checked and ready to be asked.
///
/// @param strict whether a write is refused that the policy cannot say anything about (`failurePolicy: Fail`)
/// @param params the type of its parameters
/// @param conditions all must hold for the policy to be asked
/// @param variables by name, each over those before it
/// @param broken what is wrong with its expressions: such a policy cannot say anything
record Policy(
        String name,
        boolean strict,
        Optional<ParamKind> params,
        Matching matching,
        List<Expression> conditions,
        Map<String, Expression> variables,
        List<Validation> validations,
        List<FieldCause> broken) {
    /// What a policy's parameters are objects of.
    record ParamKind(String apiVersion, String kind) {}

    /// The reasons that a validation may give.
    static final List<Reason> REASONS =
            List.of(Reason.FORBIDDEN, Reason.INVALID, Reason.TOO_LARGE, Reason.UNAUTHORIZED);

    static Policy of(Resource policy) {
        var spec = policy.spec();
        var problems = new ArrayList<FieldCause>();
        var params =
                Optional.of(Json.object(spec, "paramKind"))
                        .filter(kind -> !kind.isEmpty())
                        .map(kind ->
                                new ParamKind(
                                        Json.string(kind, "apiVersion"),
                                        Json.string(kind, "kind")));
        var compilation = new Compilation(params.isPresent(), problems);
        var conditions = conditions(spec, compilation);
        var variables = variables(spec, compilation);
        var validations = validations(spec, compilation);
        each(
                spec,
                "auditAnnotations",
                (path, note) ->
                        compilation.of(
                                Json.string(note, "valueExpression"),
                                Optional.empty(),
                                path + ".valueExpression"));
        return new Policy(
                policy.name(),
                !Json.string(spec, "failurePolicy").equals("Ignore"),
                params,
                Matching.of(Json.object(spec, "matchConstraints")),
                conditions,
                variables,
                validations,
                List.copyOf(problems));
    }

    private static List<Expression> conditions(Map<String, Object> spec, Compilation compilation) {
        var conditions = new ArrayList<Expression>();
        each(
                spec,
                "matchConditions",
                (path, condition) ->
                        compilation
                                .of(
                                        Json.string(condition, "expression"),
                                        Optional.of(Type.BOOL),
                                        path + ".expression")
                                .ifPresent(conditions::add));
        return conditions;
    }

    private static Map<String, Expression> variables(
            Map<String, Object> spec, Compilation compilation) {
        var variables = new LinkedHashMap<String, Expression>();
        each(
                spec,
                "variables",
                (path, variable) -> {
                    var name = Json.string(variable, "name");
                    var source = Json.string(variable, "expression");
                    var found = compilation.of(source, Optional.empty(), path + ".expression");
                    found.ifPresent(expression -> variables.put(name, expression));
                    compilation.add(name, found.map(Expression::resultType).orElse(Type.DYNAMIC));
                });
        return variables;
    }

    private static List<Validation> validations(Map<String, Object> spec, Compilation compilation) {
        var validations = new ArrayList<Validation>();
        each(
                spec,
                "validations",
                (path, validation) ->
                        validation(path, validation, compilation).ifPresent(validations::add));
        return validations;
    }

    private static Optional<Validation> validation(
            String path, Map<String, Object> validation, Compilation compilation) {
        var source = Json.string(validation, "expression");
        var message = Json.string(validation, "message").strip();
        var computed = Json.string(validation, "messageExpression");
        var failure =
                computed.isEmpty()
                        ? Optional.<Expression>empty()
                        : compilation.of(
                                computed, Optional.of(Type.TEXT), path + ".messageExpression");
        return compilation
                .of(source, Optional.of(Type.BOOL), path + ".expression")
                .map(expression ->
                        new Validation(
                                expression,
                                message.isEmpty()
                                        ? "failed expression: " + source.strip()
                                        : message,
                                failure,
                                reason(Json.string(validation, "reason"))));
    }

    private static Reason reason(String code) {
        return REASONS.stream()
                .filter(reason -> reason.code().equals(code))
                .findFirst()
                .orElse(Reason.INVALID);
    }

    /// Walks over the objects of a list of a policy's spec, each with its path.
    static void each(
            Map<String, Object> spec, String key, BiConsumer<String, Map<String, Object>> visit) {
        var items = Json.list(spec, key);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Map<?, ?> item) {
                visit.accept("spec." + key + "[" + i + "]", Json.cast(item));
            }
        }
    }

    /// What a write breaks, all of it; where the policy cannot say, and is strict, that is told instead.
    List<Denial> judge(Map<String, @Nullable Object> data) {
        var denials = new ArrayList<Denial>();
        try {
            check();
            for (var condition : conditions) {
                if (!UndecidedException.holds(condition, data)) {
                    return List.of();
                }
            }
        } catch (UndecidedException e) {
            undecided(e).ifPresent(denials::add);
            return denials;
        }
        define(data);
        for (var validation : validations) {
            try {
                validation.check(data).ifPresent(denials::add);
            } catch (UndecidedException e) {
                undecided(e).ifPresent(denials::add);
            }
        }
        return denials;
    }

    private void check() throws UndecidedException {
        if (!broken.isEmpty()) {
            var first = broken.getFirst();
            throw new UndecidedException(first.field() + ": " + first.message());
        }
    }

    private Optional<Denial> undecided(UndecidedException e) {
        return strict ? Optional.of(new Denial(e.why(), Reason.INVALID)) : Optional.empty();
    }

    private void define(Map<String, @Nullable Object> data) {
        var values = new LinkedHashMap<String, Object>();
        data.put("variables", values);
        variables.forEach((name, expression) -> values.put(name, expression.later(data)));
    }
}
