package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.DYN;
import static dev.slipway.expression.library.Parameter.TEXT;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `runtime.newCondition({type: …, status: …})` and `runtime.condition(object, type)`.
///
/// Of the object `schema`, conditions are looked up in the variable `runtime`, which bears those that the engine itself
/// has just worked out.
public final class ConditionFunctions {
    /// The name of the type of what `newCondition` gives.
    public static final String CONDITION = "kro.run.Condition";

    private static final ImmutableSet<String> TEXTS =
            ImmutableSet.of("type", "status", "reason", "message");

    /// For the checker: a condition and its four texts.
    public static final StructType TYPE =
            StructType.create(
                    CONDITION,
                    TEXTS,
                    field ->
                            TEXTS.contains(field)
                                    ? Optional.of(SimpleType.STRING)
                                    : Optional.empty());

    /// The conditions of an instance that may be looked up.
    public static final List<String> BUILT_IN =
            List.of("InstanceManaged", "GraphResolved", "ResourcesReady", "Ready");

    private static final String RUNTIME = "runtime";
    private static final String NEW = "@newCondition";
    private static final String FIND = "@condition";
    private static final List<String> FIELDS = List.of("type", "status", "reason", "message");
    private static final List<String> STATUSES = List.of("True", "False", "Unknown");

    static final List<Function> ALL =
            List.of(
                    Function.global(
                            NEW, TYPE, TEXT, TEXT, TEXT, TEXT, ConditionFunctions::condition),
                    Function.global(FIND, TYPE, DYN, TEXT, ConditionFunctions::find));

    static final List<CelMacro> MACROS =
            List.of(
                    CelMacro.newReceiverMacro(
                            "newCondition", 1, ConditionFunctions::expandNewCondition),
                    CelMacro.newReceiverMacro("condition", 2, ConditionFunctions::expandCondition));

    private ConditionFunctions() {}

    /// The types that a checked expression gives its new conditions, as far as they are written out.
    public static Set<String> types(CelAbstractSyntaxTree ast) {
        Set<String> types = new LinkedHashSet<>();
        CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
                .filter(node -> node.call().function().equals(NEW))
                .flatMap(node -> literal(node.call().args().getFirst()).stream())
                .forEach(types::add);
        return types;
    }

    private static Condition condition(String type, String status, String reason, String message) {
        return new Condition(type, status, reason, message);
    }

    /// The condition of an object, all of whose fields are empty where there is none.
    private static Condition find(Object object, String type) {
        if (!(object instanceof Map<?, ?> map)) {
            throw Failures.invalid(
                    "runtime.condition: obj must be an object, got " + Values.typeName(object));
        }
        for (Object one : conditions(map)) {
            if (one instanceof Map<?, ?> condition && type.equals(condition.get("type"))) {
                return condition(
                        type,
                        text(condition.get("status")),
                        text(condition.get("reason")),
                        text(condition.get("message")));
            }
        }
        return condition("", "", "", "");
    }

    private static List<?> conditions(Map<?, ?> object) {
        Object conditions =
                object.get("status") instanceof Map<?, ?> status ? status.get("conditions") : null;
        return switch (conditions) {
            case null -> List.of();
            case List<?> list -> list;
            default ->
                    throw Failures.invalid(
                            "runtime.condition: obj.status.conditions must be a list");
        };
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : "";
    }

    private static Optional<CelExpr> expandNewCondition(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        if (!isNamed(target, RUNTIME)) {
            return Optional.empty();
        }
        CelExpr argument = arguments.getFirst();
        if (argument.getKind() != CelExpr.ExprKind.Kind.MAP) {
            return error(factory, argument, "newCondition takes a map with type and status");
        }
        Map<String, CelExpr> fields = new HashMap<>();
        for (CelExpr.CelMap.Entry entry : argument.map().entries()) {
            if (entry.key().getKind() != CelExpr.ExprKind.Kind.IDENT
                    || !FIELDS.contains(entry.key().ident().name())) {
                return error(
                        factory,
                        entry.key(),
                        "the fields of newCondition are type, status, reason and message, without quotes");
            }
            if (fields.put(entry.key().ident().name(), entry.value()) != null) {
                return error(
                        factory,
                        entry.key(),
                        "newCondition has the field " + entry.key().ident().name() + " twice");
            }
        }
        return newCondition(factory, argument, fields);
    }

    private static Optional<CelExpr> newCondition(
            CelMacroExprFactory factory, CelExpr argument, Map<String, CelExpr> fields) {
        CelExpr type = fields.get("type");
        CelExpr status = fields.get("status");
        if (type == null || status == null) {
            return error(
                    factory,
                    argument,
                    "newCondition needs " + (type == null ? "a type" : "a status"));
        }
        if (literal(type).filter(String::isBlank).isPresent()) {
            return error(factory, type, "the type of a condition must not be empty");
        }
        if (literal(status).filter(text -> !STATUSES.contains(text)).isPresent()) {
            return error(factory, status, "the status of a condition is True, False or Unknown");
        }
        CelExpr reason = fields.get("reason");
        CelExpr message = fields.get("message");
        return Optional.of(
                factory.newGlobalCall(
                        NEW,
                        type,
                        status,
                        reason == null ? factory.newStringLiteral("") : reason,
                        message == null ? factory.newStringLiteral("") : message));
    }

    private static Optional<CelExpr> expandCondition(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        if (!isNamed(target, RUNTIME)) {
            return Optional.empty();
        }
        CelExpr object = arguments.getFirst();
        CelExpr type = arguments.get(1);
        if (!isNamed(object, "schema")) {
            return Optional.of(factory.newGlobalCall(FIND, object, type));
        }
        if (literal(type).filter(BUILT_IN::contains).isEmpty()) {
            return error(
                    factory,
                    type,
                    "of schema only the conditions of the engine itself can be read: "
                            + String.join(", ", BUILT_IN));
        }
        return Optional.of(factory.newGlobalCall(FIND, target, type));
    }

    private static boolean isNamed(CelExpr expression, String name) {
        return expression.getKind() == CelExpr.ExprKind.Kind.IDENT
                && expression.ident().name().equals(name);
    }

    private static Optional<String> literal(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                        && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(expression.constant().stringValue())
                : Optional.empty();
    }

    private static Optional<CelExpr> error(
            CelMacroExprFactory factory, CelExpr place, String message) {
        return Optional.of(
                factory.reportError(
                        CelIssue.formatError(factory.getSourceLocation(place), message)));
    }
}
