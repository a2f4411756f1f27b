package dev.slipway.expression;

import dev.cel.common.CelErrorCode;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.common.types.TypeType;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts what one evaluation costs while it goes on, nearly to the unit as Kubernetes counts it, and ends it at [Meter#MAX_CALL]; belongs to
/// one evaluation on one thread.
final class ActualCost implements CelEvaluationListener {
    private static final double LETTER = 0.1;
    private static final double PATTERN_LETTER = 0.25;
    private static final double LONGEST_FORMAT_PATTERN = 128;
    private static final long LIST = 10;
    private static final long MAP = 30;
    private static final long STRUCT = 40;

    /// Of what is written out, these are done once and for all.
    private static final Set<String> CONVERSIONS =
            Set.of(
                    "bool",
                    "bytes",
                    "double",
                    "duration",
                    "dyn",
                    "int",
                    "string",
                    "timestamp",
                    "type",
                    "uint");

    private final Map<Long, Object> values = new HashMap<>();
    private final Set<Long> tested = new HashSet<>();
    private long cost;

    long cost() {
        return cost;
    }

    @Override
    public void callback(CelExpr expression, @Nullable Object result) {
        if (result != null) {
            values.put(expression.id(), result);
        }
        cost += own(expression, result);
        if (cost > Meter.MAX_CALL) {
            throw new Exceeded();
        }
    }

    private long own(CelExpr expression, @Nullable Object result) {
        return switch (expression.getKind()) {
            case IDENT -> result instanceof TypeType ? 0 : 1;
            case SELECT -> select(expression);
            case CALL -> isConstant(expression) ? 0 : call(expression.call(), result);
            case LIST -> isConstant(expression) ? 0 : LIST;
            case MAP -> isConstant(expression) ? 0 : MAP;
            case STRUCT -> STRUCT;
            case CONSTANT, COMPREHENSION, NOT_SET -> 0;
        };
    }

    /// A way through fields is one step for each, and one for where it begins; that is told once, at its end.
    private long select(CelExpr expression) {
        if (expression.select().testOnly() && !tested.add(expression.id())) {
            tested.remove(expression.id());
            return 0;
        }
        long steps = expression.select().testOnly() ? 0 : 1;
        var here = expression.select().operand();
        while (here.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            steps++;
            here = here.select().operand();
        }
        return isIndex(here) ? steps : steps + 1;
    }

    private static boolean isIndex(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.CALL
                && expression.call().function().equals("_[_]");
    }

    private static boolean isWay(CelExpr expression) {
        return switch (expression.getKind()) {
            case IDENT, SELECT -> true;
            default -> isIndex(expression);
        };
    }

    private static boolean isConstant(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> true;
            case LIST -> expression.list().elements().stream().allMatch(ActualCost::isConstant);
            case MAP ->
                    expression.map().entries().stream()
                            .allMatch(
                                    entry -> isConstant(entry.key()) && isConstant(entry.value()));
            case CALL ->
                    CONVERSIONS.contains(expression.call().function())
                            && expression.call().args().stream().allMatch(ActualCost::isConstant);
            default -> false;
        };
    }

    private long call(CelExpr.CelCall call, @Nullable Object result) {
        var arguments = new Arguments(call);
        return switch (call.function()) {
            case "_&&_", "_||_", "_?._", "_[?_]" -> 0;
            case "_?_:_" -> chosen(call.args());
            case "_[_]" -> isWay(call.args().getFirst()) ? 1 : 2;
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" ->
                    walked(arguments.at(0));
            case "url",
                    "lowerAscii",
                    "upperAscii",
                    "substring",
                    "trim",
                    "cidr",
                    "isIP",
                    "isCIDR",
                    "quantity",
                    "isQuantity",
                    "semver",
                    "isSemver",
                    "strings.quote",
                    "format" ->
                    letters(arguments.size(0));
            case "containsIP" -> 1 + parsed(arguments);
            case "containsCIDR" -> 3 + parsed(arguments);
            case "ip" -> call.target().isPresent() ? 1 : letters(arguments.size(0));
            case "replace", "split", "ip.isCanonical" -> letters(2 * arguments.size(0));
            case "join" -> letters(2 * size(result));
            case "find", "findAll", "matches" -> searched(arguments.size(0), arguments.size(1));
            case "validate" ->
                    letters(1 + arguments.size(1))
                            * (long) Math.ceil(LONGEST_FORMAT_PATTERN * PATTERN_LETTER);
            case "contains" -> letters(arguments.size(0)) * letters(arguments.size(1));
            case "startsWith", "endsWith" -> letters(arguments.size(1));
            case "bytes", "string" ->
                    arguments.isText(0) && !sameKind(arguments.at(0), result)
                            ? letters(arguments.size(0))
                            : 1;
            case "@in", "_in_" -> contained(call, arguments);
            case "_==_", "_!=_" -> letters(Math.min(arguments.size(0), arguments.size(1)));
            case "_<_", "_<=_", "_>_", "_>=_" ->
                    arguments.isText(0)
                            ? letters(Math.min(arguments.size(0), arguments.size(1)))
                            : 1;
            case "_+_" -> arguments.isText(0) ? letters(arguments.size(0) + arguments.size(1)) : 1;
            case "slice", "lists.range", "reverse" -> size(result) + 1 + LIST;
            case "flatten" -> arguments.size(0) * arguments.number(1) + 1 + LIST;
            case "distinct", "sort", "@sortByKeys" -> paired(arguments.last());
            case "sets.contains", "sets.intersects" -> 1 + arguments.size(0) * arguments.size(1);
            case "sets.equivalent" -> 1 + 2 * arguments.size(0) * arguments.size(1);
            default -> 1;
        };
    }

    /// A branch that is a way through fields does not count where it begins.
    private long chosen(List<CelExpr> parts) {
        var branch = Boolean.TRUE.equals(values.get(parts.getFirst().id())) ? 1 : 2;
        return isWay(parts.get(branch)) ? -1 : 0;
    }

    /// What is written out was made a set before.
    private static long contained(CelExpr.CelCall call, Arguments arguments) {
        if (isConstant(call.args().getLast())) {
            return 0;
        }
        return arguments.at(1) instanceof Map<?, ?> ? 1 : arguments.size(1);
    }

    /// Addresses that are given as texts are read first.
    private static long parsed(Arguments arguments) {
        return arguments.isText(1) ? letters(arguments.size(1)) : 0;
    }

    private static long letters(long count) {
        return (long) Math.ceil(count * LETTER);
    }

    private static boolean sameKind(@Nullable Object one, @Nullable Object other) {
        return one instanceof String == other instanceof String;
    }

    private static long searched(long text, long pattern) {
        return letters(1 + text) * (long) Math.ceil(pattern * PATTERN_LETTER);
    }

    private static long paired(@Nullable Object list) {
        var items = size(list);
        var first = list instanceof List<?> some && !some.isEmpty() ? some.getFirst() : null;
        var texts = first instanceof String || first instanceof CelByteString;
        return (long) (items * items * (texts ? 2 + LETTER : 2)) + 1 + LIST;
    }

    /// Letters, bytes, items or members; 1 for all else.
    private static long size(@Nullable Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case CelByteString bytes -> bytes.size();
            case Collection<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case Optional<?> some -> some.map(ActualCost::size).orElse(1L);
            case null, default -> 1;
        };
    }

    private static long walked(@Nullable Object value) {
        return switch (value) {
            case String text -> (long) (text.getBytes(StandardCharsets.UTF_8).length * LETTER);
            case CelByteString bytes -> (long) (bytes.size() * LETTER);
            case Collection<?> list -> list.stream().mapToLong(ActualCost::walked).sum();
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .mapToLong(entry -> walked(entry.getKey()) + walked(entry.getValue()))
                            .sum();
            case null, default -> 1;
        };
    }

    /// The values that a call was made with, what it was called on first.
    private final class Arguments {
        private final List<CelExpr> expressions;

        Arguments(CelExpr.CelCall call) {
            expressions = Stream.concat(call.target().stream(), call.args().stream()).toList();
        }

        @Nullable Object at(int index) {
            return index < expressions.size() ? values.get(expressions.get(index).id()) : null;
        }

        @Nullable Object last() {
            return at(expressions.size() - 1);
        }

        long size(int index) {
            return ActualCost.size(at(index));
        }

        boolean isText(int index) {
            return at(index) instanceof String || at(index) instanceof CelByteString;
        }

        /// A whole number, 1 where there is none.
        long number(int index) {
            return at(index) instanceof Long number ? number : 1;
        }
    }

    /// Thrown into the evaluation when nothing is left.
    static final class Exceeded extends CelRuntimeException {
        private static final long serialVersionUID = 1;

        Exceeded() {
            super(
                    new IllegalStateException("operation cancelled: actual cost limit exceeded"),
                    CelErrorCode.ITERATION_BUDGET_EXCEEDED);
        }
    }
}
