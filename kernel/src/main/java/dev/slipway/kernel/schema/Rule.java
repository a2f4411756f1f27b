package dev.slipway.kernel.schema;

import dev.slipway.expression.Checked;
import dev.slipway.expression.Environment;
import dev.slipway.expression.Expression;
import dev.slipway.expression.Meter;
import dev.slipway.expression.Type;
import dev.slipway.expression.Value;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One rule of `x-kubernetes-validations`, checked and ready to be asked.
///
/// @param text the message where there is one, else what the rule says
/// @param failure computes the message from the value
/// @param fieldPath the field that is to blame, relative to the value: `.lo`
/// @param optionalOld whether the rule is asked for values that were not there before, too
record Rule(
        Expression expression,
        String text,
        Optional<Expression> failure,
        String reason,
        String fieldPath,
        boolean optionalOld) {
    private static final int MAX_MESSAGE = 5120;
    private static final RuleEnvironments ENVIRONMENTS = new RuleEnvironments();
    private static final String TOO_EXPENSIVE = "operation cancelled: actual cost limit exceeded";
    private static final String OUT_OF_BUDGET =
            "validation failed due to running out of cost budget, no further validation rules will be run";
    private static final List<String> REASONS =
            List.of(
                    "FieldValueDuplicate",
                    "FieldValueForbidden",
                    "FieldValueInvalid",
                    "FieldValueRequired");

    /// The rules of one schema, those that are right; what is wrong with the others goes to `problems`.
    ///
    /// @param uncorrelated what around it has no counterpart before, by its path; else empty
    static List<Rule> of(
            Schema schema,
            boolean resource,
            String path,
            String uncorrelated,
            List<FieldCause> problems) {
        var self = RuleTypes.of(schema, resource);
        List<Rule> rules = new ArrayList<>();
        var declared = Json.list(schema.raw(), Rules.KEYWORD);
        for (int i = 0; i < declared.size(); i++) {
            if (declared.get(i) instanceof Map<?, ?> rule) {
                var place = path + "." + Rules.KEYWORD + "[" + i + "]";
                var read = of(Json.cast(rule), schema, self, place, problems);
                giveWay();
                read.filter(one -> !uncorrelated.isEmpty() && one.looksBack())
                        .map(one -> blind(one, place, uncorrelated))
                        .ifPresent(problems::add);
                read.ifPresent(rules::add);
            }
        }
        return rules;
    }

    /// Lets others go on between two rules: compiling never waits for anything, and few threads share the processors.
    @SuppressWarnings(
            "ThreadPriorityCheck") // Nothing depends on it but how soon others are answered.
    private static void giveWay() {
        Thread.yield();
    }

    private static FieldCause blind(Rule rule, String place, String uncorrelated) {
        return FieldCause.invalid(
                place + ".rule",
                rule.expression().source(),
                "oldSelf cannot be used on the uncorrelatable portion of the schema within "
                        + uncorrelated);
    }

    /// What is wrong with the texts of a rule.
    private static void texts(Map<String, Object> raw, String path, List<FieldCause> problems) {
        for (var key : List.of("message", "messageExpression")) {
            if (raw.get(key) instanceof String text && !text.isEmpty() && text.isBlank()) {
                problems.add(
                        FieldCause.invalid(
                                path + "." + key, text, "must be non-empty if specified"));
            }
        }
        var message = Json.string(raw, "message").strip();
        if (message.contains("\n")) {
            problems.add(
                    FieldCause.invalid(
                            path + ".message", message, "message must not contain line breaks"));
        }
    }

    private static Optional<Rule> of(
            Map<String, Object> raw,
            Schema schema,
            Type self,
            String path,
            List<FieldCause> problems) {
        var source = Json.string(raw, "rule").strip();
        var message = Json.string(raw, "message").strip();
        texts(raw, path, problems);
        var reason = Json.string(raw, "reason");
        if (!reason.isEmpty() && !REASONS.contains(reason)) {
            problems.add(FieldCause.notSupported(path + ".reason", reason, REASONS));
        }
        var fieldPath = Json.string(raw, "fieldPath");
        if (!fieldPath.isEmpty() && !FieldPaths.exists(fieldPath, schema)) {
            problems.add(
                    FieldCause.invalid(path + ".fieldPath", fieldPath, "must be a valid path"));
        }
        if (source.isEmpty()) {
            problems.add(FieldCause.required(path + ".rule", "rule is not specified"));
            return Optional.empty();
        }
        if (source.contains("\n") && message.isEmpty()) {
            problems.add(
                    FieldCause.required(
                            path + ".message",
                            "message must be specified if rule contains line breaks"));
        }
        var optionalOld = Boolean.TRUE.equals(raw.get("optionalOldSelf"));
        var environment = ENVIRONMENTS.of(self, optionalOld);
        var rule = compile(environment, source, Type.BOOL, shown(raw), path + ".rule", problems);
        var failure =
                compile(
                        environment,
                        Json.string(raw, "messageExpression").strip(),
                        Type.TEXT,
                        shown(raw),
                        path + ".messageExpression",
                        problems);
        if (optionalOld && rule.filter(one -> !one.roots().contains("oldSelf")).isPresent()) {
            problems.add(
                    FieldCause.invalid(
                            path + ".optionalOldSelf",
                            true,
                            "may not be set if oldSelf is not used in rule"));
        }
        return rule.map(expression ->
                new Rule(
                        expression,
                        message.isEmpty() ? "failed rule: " + source : message,
                        failure,
                        reason.isEmpty() ? "FieldValueInvalid" : reason,
                        fieldPath,
                        optionalOld));
    }

    private static Optional<Expression> compile(
            Environment environment,
            String source,
            Type wanted,
            Object shown,
            String field,
            List<FieldCause> problems) {
        if (source.isEmpty()) {
            return Optional.empty();
        }
        return switch (environment.check(source)) {
            case Checked.Rejected(var errors) -> {
                var text = ExpressionProblems.text(errors, source);
                var what = wanted.equals(Type.TEXT) ? "messageExpression " : "";
                problems.add(
                        FieldCause.invalid(field, shown, what + "compilation failed: " + text));
                yield Optional.empty();
            }
            case Expression expression -> {
                if (!fits(expression.resultType(), wanted)) {
                    problems.add(FieldCause.invalid(field, shown, mustBe(wanted)));
                    yield Optional.empty();
                }
                yield Optional.of(expression);
            }
        };
    }

    private static boolean fits(Type actual, Type wanted) {
        return actual.equals(wanted) || actual instanceof Type.Dynamic;
    }

    private static String mustBe(Type wanted) {
        return wanted.equals(Type.BOOL)
                ? "cel expression must evaluate to a bool"
                : "messageExpression must evaluate to a string";
    }

    /// The rule as the original prints it.
    private static Map<String, Object> shown(Map<String, Object> raw) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("Rule", Json.string(raw, "rule"));
        shown.put("Message", Json.string(raw, "message"));
        shown.put("MessageExpression", Json.string(raw, "messageExpression"));
        Json.put(shown, "Reason", raw.get("reason"));
        shown.put("FieldPath", Json.string(raw, "fieldPath"));
        Json.put(shown, "OptionalOldSelf", raw.get("optionalOldSelf"));
        return shown;
    }

    /// Whether the rule compares with what was there before.
    boolean looksBack() {
        return expression.roots().contains("oldSelf");
    }

    /// What is wrong with a value under this rule.
    ///
    /// @param old what was there before, null where nothing was
    /// @param meter what the rules of the object may still cost; after the last of it nothing more is asked
    Optional<FieldCause> check(
            Object value, @Nullable Object old, Schema schema, String path, Meter meter) {
        Map<String, @Nullable Object> data = new HashMap<>();
        data.put("self", value);
        if (old != null || optionalOld) {
            data.put("oldSelf", old);
        }
        var answer = expression.evaluate(data, meter);
        if (answer instanceof Value.Failed(var why) && isTooExpensive(why)) {
            meter.exhaust();
            return Optional.of(unaffordable(schema, path));
        }
        if (meter.isExhausted()) {
            return Optional.of(FieldCause.invalid(field(path), type(schema), OUT_OF_BUDGET));
        }
        return switch (answer) {
            case Value.Known(Boolean holds) when holds -> Optional.empty();
            case Value.Known _ -> Optional.of(cause(value, message(data, meter), field(path)));
            case Value.Missing(_, var why) -> Optional.of(failed(why, schema, path));
            case Value.Failed(var why) -> Optional.of(failed(why, schema, path));
        };
    }

    private static boolean isTooExpensive(String why) {
        return why.endsWith(TOO_EXPENSIVE) || why.contains("loops more often than");
    }

    private FieldCause unaffordable(Schema schema, String path) {
        return FieldCause.invalid(
                field(path),
                type(schema),
                "'%s': no further validation rules will be run due to call cost exceeds limit for rule: %s"
                        .formatted(TOO_EXPENSIVE, expression.source()));
    }

    private static String type(Schema schema) {
        return schema.type().isEmpty() ? "object" : schema.type();
    }

    private FieldCause failed(String why, Schema schema, String path) {
        var said = text.startsWith("failed rule: ") ? expression.source() : text;
        var problem = why.equals("/ by zero") ? "division by zero" : why;
        return FieldCause.invalid(field(path), type(schema), problem + " evaluating rule: " + said);
    }

    private String message(Map<String, @Nullable Object> data, Meter meter) {
        var computed = failure.map(expression -> expression.evaluate(data, meter));
        return computed.isPresent()
                        && computed.get() instanceof Value.Known(String said)
                        && !said.isBlank()
                        && !said.contains("\n")
                        && said.length() <= MAX_MESSAGE
                ? said.strip()
                : text;
    }

    private FieldCause cause(Object value, String message, String field) {
        return switch (reason) {
            case "FieldValueRequired" -> FieldCause.required(field, message);
            case "FieldValueForbidden" -> FieldCause.forbidden(field, message);
            case "FieldValueDuplicate" ->
                    new FieldCause(reason, field, "Duplicate value: " + Json.text(value));
            default ->
                    value instanceof Map<?, ?> || value instanceof List<?>
                            ? new FieldCause(reason, field, "Invalid value: " + message)
                            : FieldCause.invalid(field, value, message);
        };
    }

    /// `.lo` and `['lo']` below the value's own path.
    private String field(String path) {
        var below = fieldPath.replaceAll("\\['([^']*)'\\]", "[$1]");
        var whole = path + below;
        if (whole.isEmpty()) {
            return Validation.NOWHERE;
        }
        return whole.startsWith(".") ? whole.substring(1) : whole;
    }
}
