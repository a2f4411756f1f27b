package dev.slipway.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The least and the most that one evaluation of an expression can cost, as far as the sizes of its data are known
/// beforehand; belongs to one estimate on one thread.
///
/// Counted in the units of Kubernetes, and as it counts, since which definitions it takes depends on that: one for
/// reading a variable or a field and for most calls, a tenth for each letter of a text that is looked at, and the body of
/// a loop as often as it may run.
final class CostEstimate {
    private static final double LIST = 10;
    private static final double MAP = 30;
    private static final double STRUCT = 40;
    private static final String INDEX = "@indices";
    private static final Set<CelKind> SELECTED =
            EnumSet.of(CelKind.MAP, CelKind.STRUCT, CelKind.TYPE_PARAM);
    private static final Set<CelKind> SCALARS =
            EnumSet.of(
                    CelKind.BOOL,
                    CelKind.DOUBLE,
                    CelKind.DURATION,
                    CelKind.INT,
                    CelKind.TIMESTAMP,
                    CelKind.UINT);

    private final CelAbstractSyntaxTree ast;
    private final Sizes sizes;
    private final Map<Long, List<String>> paths = new HashMap<>();
    private final Map<Long, Span> known = new HashMap<>();
    private final Map<Long, Entries> entries = new HashMap<>();
    private final Map<String, Deque<Local>> locals = new HashMap<>();

    /// The sizes of what is in a list or a map.
    record Entries(boolean list, Span keys, Span values) {
        Entries or(Entries other) {
            return new Entries(list, keys.or(other.keys), values.or(other.values));
        }
    }

    /// A variable of a loop: where in the data its values stand, and how large they and what is in them are.
    private record Local(List<String> path, @Nullable Span size, @Nullable Entries entries) {}

    CostEstimate(CelAbstractSyntaxTree ast, Sizes sizes) {
        this.ast = ast;
        this.sizes = sizes;
    }

    Span whole() {
        return cost(ast.getExpr());
    }

    Span cost(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT, NOT_SET -> Span.ZERO;
            case IDENT -> ident(expression);
            case SELECT -> select(expression);
            case CALL -> call(expression);
            case LIST -> list(expression);
            case MAP -> map(expression);
            case STRUCT -> struct(expression.struct());
            case COMPREHENSION -> loop(expression);
        };
    }

    private Span ident(CelExpr expression) {
        var name = expression.ident().name();
        var local = local(name);
        paths.put(expression.id(), local == null ? List.of(name) : local.path());
        return Span.ONE;
    }

    private Span select(CelExpr expression) {
        var select = expression.select();
        var operand = cost(select.operand());
        if (select.testOnly()) {
            return operand;
        }
        paths.put(expression.id(), further(path(select.operand()), select.field()));
        return SELECTED.contains(type(select.operand()).kind()) ? operand.plus(1) : operand;
    }

    private Span call(CelExpr expression) {
        var call = expression.call();
        if (call.function().equals("dyn")) {
            var argument = call.args().getFirst();
            var cost = cost(argument).plus(1);
            know(expression, size(argument), entries(argument));
            return cost;
        }
        var costs = call.args().stream().map(this::cost).toList();
        var target = call.target().map(this::cost).orElse(Span.ZERO);
        var estimate = new CallCosts(this, call, costs).of(overloads(expression));
        var size = estimate.size();
        switch (call.function()) {
            case "_[_]" -> {
                var container = call.args().getFirst();
                var inside = entries(container);
                size = inside == null ? null : inside.values();
                paths.put(expression.id(), further(path(container), Sizes.ELEMENT));
            }
            case "_?_:_" -> know(expression, null, common(call.args().get(1), call.args().get(2)));
            case "_+_" ->
                    know(expression, null, common(call.args().getFirst(), call.args().getLast()));
            default -> {}
        }
        know(expression, size == null ? size(expression) : size, null);
        return target.plus(estimate.cost());
    }

    private @Nullable Entries common(CelExpr one, CelExpr other) {
        var first = entries(one);
        var second = entries(other);
        return first == null || second == null ? null : first.or(second);
    }

    private List<String> overloads(CelExpr expression) {
        return ast.getReference(expression.id())
                .map(reference -> (List<String>) reference.overloadIds())
                .orElse(List.of());
    }

    private Span list(CelExpr expression) {
        var elements = expression.list().elements();
        know(expression, null, new Entries(true, Span.ONE, common(elements)));
        return sum(elements).plus(LIST);
    }

    private Span map(CelExpr expression) {
        var members = expression.map().entries();
        var keys = members.stream().map(CelExpr.CelMap.Entry::key).toList();
        var values = members.stream().map(CelExpr.CelMap.Entry::value).toList();
        var cost = sum(keys).plus(sum(values)).plus(MAP);
        know(expression, null, new Entries(false, common(keys), common(values)));
        return cost;
    }

    private Span sum(List<CelExpr> parts) {
        return parts.stream().map(this::cost).reduce(Span.ZERO, Span::plus);
    }

    /// What holds the sizes of all these.
    private Span common(List<CelExpr> parts) {
        return parts.stream().map(this::sizeOrUnknown).reduce(Span::or).orElse(Span.ZERO);
    }

    private Span struct(CelExpr.CelStruct struct) {
        return sum(struct.entries().stream().map(CelExpr.CelStruct.Entry::value).toList())
                .plus(STRUCT);
    }

    private Span loop(CelExpr expression) {
        var loop = expression.comprehension();
        var around = cost(loop.iterRange()).plus(cost(loop.accuInit()));
        push(
                loop.accuVar(),
                new Local(path(loop.accuInit()), size(loop.accuInit()), entries(loop.accuInit())));
        pushIterated(loop);
        var turn = cost(loop.loopCondition()).plus(cost(loop.loopStep()));
        pop(loop.iterVar());
        if (!loop.iterVar2().isEmpty()) {
            pop(loop.iterVar2());
        }
        around = around.plus(cost(loop.result()));
        if (isBinding(loop)) {
            know(expression, size(loop.result()), entries(loop.result()));
            pop(loop.accuVar());
            return around;
        }
        pop(loop.accuVar());
        var rounds = sizeOrUnknown(loop.iterRange());
        switch (loop.accuInit().getKind()) {
            case CONSTANT -> know(expression, size(loop.accuInit()), null);
            case LIST, MAP -> know(expression, rounds, entries(loop.loopStep()));
            default -> {}
        }
        return around.plus(rounds.times(turn));
    }

    /// Whether it only gives a value a name.
    private static boolean isBinding(CelExpr.CelComprehension loop) {
        return loop.iterRange().getKind() == CelExpr.ExprKind.Kind.LIST
                && loop.iterRange().list().elements().isEmpty()
                && loop.loopCondition().getKind() == CelExpr.ExprKind.Kind.CONSTANT;
    }

    private void pushIterated(CelExpr.CelComprehension loop) {
        var range = loop.iterRange();
        var inside = entries(range);
        var list = inside == null ? type(range).kind() == CelKind.LIST : inside.list();
        var path = path(range);
        var key =
                new Local(
                        further(path, list ? INDEX : Sizes.KEY),
                        inside == null ? null : inside.keys(),
                        null);
        var value =
                new Local(
                        further(path, Sizes.ELEMENT),
                        inside == null ? null : inside.values(),
                        null);
        if (loop.iterVar2().isEmpty()) {
            push(loop.iterVar(), list ? value : key);
        } else {
            push(loop.iterVar(), key);
            push(loop.iterVar2(), value);
        }
    }

    private void push(String name, Local local) {
        locals.computeIfAbsent(name, _ -> new ArrayDeque<>()).push(local);
    }

    private void pop(String name) {
        locals.getOrDefault(name, new ArrayDeque<>()).pop();
    }

    private @Nullable Local local(String name) {
        var all = locals.get(name);
        return all == null ? null : all.peek();
    }

    CelType type(CelExpr expression) {
        return ast.getType(expression.id()).orElse(SimpleType.DYN);
    }

    List<String> path(CelExpr expression) {
        if (expression.getKind() == CelExpr.ExprKind.Kind.IDENT) {
            var local = local(expression.ident().name());
            if (local != null) {
                return local.path();
            }
        }
        return paths.getOrDefault(expression.id(), List.of());
    }

    static List<String> further(List<String> path, String step) {
        var further = new ArrayList<>(path);
        further.add(step);
        return further;
    }

    Span sizeOrUnknown(CelExpr expression) {
        var size = size(expression);
        return size == null ? Span.UNKNOWN : size;
    }

    /// The size of the value at a place in the data.
    @Nullable Span size(List<String> path) {
        if (path.isEmpty()) {
            return null;
        }
        var most = sizes.of(path.stream().skip(1).map(EscapedName::plain).toList());
        return most.isPresent() ? new Span(0, most.getAsDouble()) : null;
    }

    private @Nullable Span size(CelExpr expression) {
        var computed = known.get(expression.id());
        if (computed != null) {
            return computed;
        }
        switch (expression.getKind()) {
            case CONSTANT -> {
                return Span.of(size(expression.constant()));
            }
            case LIST -> {
                return Span.of(expression.list().elements().size());
            }
            case MAP -> {
                return Span.of(expression.map().entries().size());
            }
            default -> {}
        }
        var declared = size(path(expression));
        if (declared != null) {
            known.put(expression.id(), declared);
            return declared;
        }
        if (isScalar(type(expression))) {
            return Span.ONE;
        }
        var local =
                expression.getKind() == CelExpr.ExprKind.Kind.IDENT
                        ? local(expression.ident().name())
                        : null;
        return local == null ? null : local.size();
    }

    private static double size(CelConstant constant) {
        return switch (constant.getKind()) {
            case STRING_VALUE ->
                    constant.stringValue().codePointCount(0, constant.stringValue().length());
            case BYTES_VALUE -> constant.bytesValue().size();
            default -> 1;
        };
    }

    private static boolean isScalar(CelType type) {
        return SCALARS.contains(type.kind())
                || (type.name().equals("optional_type") && isScalar(type.parameters().getFirst()));
    }

    private @Nullable Entries entries(CelExpr expression) {
        var computed = entries.get(expression.id());
        if (computed != null || expression.getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return computed;
        }
        var local = local(expression.ident().name());
        return local == null ? null : local.entries();
    }

    private void know(CelExpr expression, @Nullable Span size, @Nullable Entries inside) {
        if (size != null) {
            known.put(expression.id(), size);
        }
        if (inside != null) {
            entries.put(expression.id(), inside);
        }
    }
}
