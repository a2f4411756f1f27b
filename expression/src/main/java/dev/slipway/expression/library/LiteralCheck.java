package dev.slipway.expression.library;

import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Finds what is written out and cannot be right: durations, times and patterns that are none, and lists and maps of mixed
/// types.
public final class LiteralCheck {
    /// Its arguments may be of any types, and what is in them.
    private static final String FORMAT = "format";

    private final CelAbstractSyntaxTree ast;
    private final List<Misuse> misuses = new ArrayList<>();

    private LiteralCheck(CelAbstractSyntaxTree ast) {
        this.ast = ast;
    }

    /// All misuses in a checked syntax tree.
    public static List<Misuse> misuses(CelAbstractSyntaxTree ast) {
        var check = new LiteralCheck(ast);
        CelNavigableAst.fromAst(ast).getRoot().allNodes().forEach(check::check);
        return check.misuses;
    }

    private void check(CelNavigableExpr node) {
        var expression = node.expr();
        switch (expression.getKind()) {
            case CALL -> arguments(expression.call());
            case LIST -> {
                if (!isFormatted(node)) {
                    items(expression.list());
                }
            }
            case MAP -> {
                if (!isFormatted(node)) {
                    members(expression.map());
                }
            }
            default -> {}
        }
    }

    private static boolean isFormatted(CelNavigableExpr node) {
        for (var up = node.parent(); up.isPresent(); up = up.get().parent()) {
            if (up.get().getKind() == CelExpr.ExprKind.Kind.CALL
                    && up.get().expr().call().function().equals(FORMAT)) {
                return true;
            }
        }
        return false;
    }

    private void arguments(CelExpr.CelCall call) {
        if (call.args().isEmpty()
                || call.args().getLast().getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return;
        }
        var argument = call.args().getLast();
        var name = call.function();
        var right =
                switch (name) {
                    case "duration" -> isDuration(argument.constant());
                    case "timestamp" -> isTimestamp(argument.constant());
                    case "matches" -> isPattern(argument.constant());
                    default -> true;
                };
        if (!right) {
            misuses.add(new Misuse(argument.id(), "invalid " + name + " argument"));
        }
    }

    private static boolean isDuration(CelConstant constant) {
        return text(constant).filter(text -> succeeds(() -> Durations.parse(text))).isPresent();
    }

    private static boolean isTimestamp(CelConstant constant) {
        return switch (constant.getKind()) {
            case STRING_VALUE -> succeeds(() -> ConversionFunctions.moment(constant.stringValue()));
            case INT64_VALUE -> succeeds(() -> ConversionFunctions.moment(constant.int64Value()));
            default -> false;
        };
    }

    private static boolean isPattern(CelConstant constant) {
        return text(constant).filter(text -> succeeds(() -> Patterns.compile(text))).isPresent();
    }

    private static Optional<String> text(CelConstant constant) {
        return constant.getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(constant.stringValue())
                : Optional.empty();
    }

    private static boolean succeeds(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (IllegalArgumentException | CelRuntimeException | PatternSyntaxException e) {
            return false;
        }
    }

    private void items(CelExpr.CelList list) {
        var optional = new HashSet<>(list.optionalIndices());
        List<CelType> types = new ArrayList<>();
        for (int i = 0; i < list.elements().size(); i++) {
            types.add(type(list.elements().get(i), optional.contains(i)));
        }
        alike(list.elements(), types);
    }

    private void members(CelExpr.CelMap map) {
        var keys = map.entries().stream().map(CelExpr.CelMap.Entry::key).toList();
        var values = map.entries().stream().map(CelExpr.CelMap.Entry::value).toList();
        alike(keys, keys.stream().map(key -> type(key, false)).toList());
        alike(
                values,
                map.entries().stream()
                        .map(entry -> type(entry.value(), entry.optionalEntry()))
                        .toList());
    }

    private CelType type(CelExpr expression, boolean optional) {
        var type = ast.getType(expression.id()).orElse(SimpleType.DYN);
        return optional && !type.parameters().isEmpty() ? type.parameters().getFirst() : type;
    }

    private void alike(List<CelExpr> parts, List<CelType> types) {
        for (int i = 1; i < parts.size(); i++) {
            if (!equivalent(types.getFirst(), types.get(i))) {
                misuses.add(
                        new Misuse(
                                parts.get(i).id(),
                                "expected type '"
                                        + CelTypes.format(types.getFirst())
                                        + "' but found '"
                                        + CelTypes.format(types.get(i))
                                        + "'"));
                return;
            }
        }
    }

    /// Whether both stand for the same values; what an empty list holds is not known.
    private static boolean equivalent(CelType one, CelType other) {
        if (one.kind() == CelKind.TYPE_PARAM || other.kind() == CelKind.TYPE_PARAM) {
            return true;
        }
        if (!one.kind().equals(other.kind())
                || !one.name().equals(other.name())
                || one.parameters().size() != other.parameters().size()) {
            return false;
        }
        for (int i = 0; i < one.parameters().size(); i++) {
            if (!equivalent(one.parameters().get(i), other.parameters().get(i))) {
                return false;
            }
        }
        return true;
    }
}
