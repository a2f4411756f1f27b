package dev.slipway.expression.library;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Finds numbers that are out of range, and words of the language that are no values.
public final class NumberCheck {
    private static final Set<CelKind> NUMBERS =
            EnumSet.of(CelKind.INT, CelKind.UINT, CelKind.DOUBLE);

    private NumberCheck() {}

    /// All misuses in a checked syntax tree.
    public static List<Misuse> misuses(CelAbstractSyntaxTree ast) {
        return CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .flatMap(node -> {
                    if (isEndless(node)) {
                        return List.of(
                                new Misuse(node.id(), "invalid double literal: out of range"))
                                .stream();
                    }
                    return isDyn(ast, node)
                            ? List.of(new Misuse(node.id(), "unknown identifier 'dyn'")).stream()
                            : List.<Misuse>of().stream();
                })
                .toList();
    }

    private static boolean isEndless(CelExpr node) {
        return node.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && node.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
                && Double.isInfinite(node.constant().doubleValue());
    }

    private static boolean isDyn(CelAbstractSyntaxTree ast, CelExpr node) {
        return node.getKind() == CelExpr.ExprKind.Kind.IDENT
                && node.ident().name().equals("dyn")
                && ast.getType(node.id()).filter(type -> type.kind() == CelKind.TYPE).isPresent();
    }

    /// Whether it is `<` or its like between numbers of different types.
    public static boolean isMixed(CelStandardDeclarations.StandardOverload overload) {
        String name = overload.celOverloadDecl().overloadId();
        List<CelKind> kinds =
                overload.celOverloadDecl().parameterTypes().stream()
                        .map(type -> type.kind())
                        .toList();
        return (name.startsWith("less_") || name.startsWith("greater_"))
                && NUMBERS.containsAll(kinds)
                && kinds.getFirst() != kinds.getLast();
    }
}
