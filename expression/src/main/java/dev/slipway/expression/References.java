package dev.slipway.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Collects the [Reference]s of one syntax tree; used once.
final class References {
    private static final String OPTIONAL_SELECT = "_?._";
    private static final Set<String> INDEX = Set.of("_[_]", "_[?_]");

    private final Set<String> variables;
    private final Set<Reference> found = new LinkedHashSet<>();

    References(Set<String> variables) {
        this.variables = variables;
    }

    List<Reference> in(CelExpr expression) {
        visit(expression, Set.of());
        return List.copyOf(found);
    }

    private void visit(CelExpr expression, Set<String> locals) {
        if (addPath(expression, new ArrayList<>(), locals)) {
            return;
        }
        switch (expression.getKind()) {
            case SELECT -> visit(expression.select().operand(), locals);
            case CALL -> {
                expression.call().target().ifPresent(target -> visit(target, locals));
                expression.call().args().forEach(argument -> visit(argument, locals));
            }
            case LIST -> expression.list().elements().forEach(element -> visit(element, locals));
            case MAP ->
                    expression
                            .map()
                            .entries()
                            .forEach(entry -> {
                                visit(entry.key(), locals);
                                visit(entry.value(), locals);
                            });
            case STRUCT ->
                    expression.struct().entries().forEach(entry -> visit(entry.value(), locals));
            case COMPREHENSION -> visit(expression.comprehension(), locals);
            case IDENT, CONSTANT, NOT_SET -> {}
        }
    }

    private void visit(CelExpr.CelComprehension loop, Set<String> locals) {
        visit(loop.iterRange(), locals);
        visit(loop.accuInit(), locals);
        Set<String> inner = new HashSet<>(locals);
        inner.add(loop.accuVar());
        visit(loop.result(), inner);
        inner.add(loop.iterVar());
        inner.add(loop.iterVar2());
        visit(loop.loopCondition(), inner);
        visit(loop.loopStep(), inner);
    }

    /// Adds a reference when `expression` is a chain of fixed names from a free identifier; says whether it was.
    private boolean addPath(CelExpr expression, List<String> path, Set<String> locals) {
        return switch (expression.getKind()) {
            case IDENT -> {
                String name = expression.ident().name();
                String root = name.startsWith(".") ? name.substring(1) : name;
                boolean free = root.length() < name.length() || !locals.contains(name);
                if (free && variables.contains(root)) {
                    found.add(new Reference(root, path.reversed()));
                }
                yield true;
            }
            case SELECT -> {
                path.add(expression.select().field());
                yield addPath(expression.select().operand(), path, locals);
            }
            case CALL -> isFixedStep(expression.call()) && addStep(expression.call(), path, locals);
            default -> false;
        };
    }

    private boolean addStep(CelExpr.CelCall call, List<String> path, Set<String> locals) {
        path.add(call.args().get(1).constant().stringValue());
        return addPath(call.args().getFirst(), path, locals);
    }

    private static boolean isFixedStep(CelExpr.CelCall call) {
        return (call.function().equals(OPTIONAL_SELECT) || INDEX.contains(call.function()))
                && call.args().size() == 2
                && call.args().get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && call.args().get(1).constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }
}
