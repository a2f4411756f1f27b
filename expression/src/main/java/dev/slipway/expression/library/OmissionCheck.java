package dev.slipway.expression.library;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Finds calls of `omit()`, which may be all that an expression gives, and no part of anything else.
public final class OmissionCheck {
    private static final String CHOICE = "_?_:_";

    private OmissionCheck() {}

    /// Whether an expression may give nothing.
    public static boolean omits(CelAbstractSyntaxTree ast) {
        return calls(ast).findAny().isPresent();
    }

    /// All calls in a checked syntax tree that stand where a value is needed.
    public static List<Misuse> misuses(CelAbstractSyntaxTree ast) {
        Set<Long> results = new HashSet<>();
        addResults(ast.getExpr(), results);
        return calls(ast)
                .filter(call -> !results.contains(call.id()))
                .map(call ->
                        new Misuse(
                                call.id(),
                                "omit() stands alone or in a branch of ?:, not inside of something else"))
                .toList();
    }

    private static Stream<CelExpr> calls(CelAbstractSyntaxTree ast) {
        return CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(OmissionCheck::isOmission);
    }

    private static boolean isOmission(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.CALL
                && expression.call().function().equals(OmissionFunctions.OMIT)
                && expression.call().target().isEmpty();
    }

    /// Adds what the value of an expression may be the value of.
    private static void addResults(CelExpr expression, Set<Long> results) {
        results.add(expression.id());
        switch (expression.getKind()) {
            case CALL -> {
                if (expression.call().function().equals(CHOICE)) {
                    addResults(expression.call().args().get(1), results);
                    addResults(expression.call().args().get(2), results);
                }
            }
            case COMPREHENSION -> addResults(expression.comprehension().result(), results);
            default -> {}
        }
    }
}
