package dev.slipway.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.slipway.expression.library.Vocabulary;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A call of a function that there is not, or not in that way; and the one that was meant.
///
/// @param node the call
/// @param name what is called, with its qualifier: `lists.rnage`
/// @param member whether it is called on something
/// @param meant the function that is close, and whether that is called on something
record UnknownCall(CelNavigableExpr node, String name, boolean member, Optional<Meant> meant) {
    /// A function that there is.
    private record Meant(String name, boolean member) {}

    /// @param known the names that are variables where the call stands
    static UnknownCall of(CelNavigableExpr node, Set<String> known, Vocabulary vocabulary) {
        var call = node.expr().call();
        var name =
                qualifier(call.target(), known)
                        .map(qualifier -> qualifier + "." + call.function())
                        .filter(one -> isQualified(one, known, vocabulary))
                        .orElse(call.function());
        var member = call.target().isPresent() && name.equals(call.function());
        return new UnknownCall(node, name, member, meant(name, member, vocabulary));
    }

    /// A lone word before the dot that is no variable.
    private static Optional<String> qualifier(Optional<CelExpr> target, Set<String> known) {
        return target.filter(one -> one.getKind() == CelExpr.ExprKind.Kind.IDENT)
                .map(one -> one.ident().name())
                .filter(word -> !known.contains(word));
    }

    /// The word may as well be a misspelt variable: then the function tells.
    private static boolean isQualified(String name, Set<String> known, Vocabulary vocabulary) {
        return Suggestion.closest(name, vocabulary.alone()).isPresent()
                || Suggestion.closest(name.substring(0, name.indexOf('.')), known).isEmpty();
    }

    /// The same way of calling comes first.
    private static Optional<Meant> meant(String name, boolean member, Vocabulary vocabulary) {
        return closest(name, member, vocabulary).or(() -> closest(name, !member, vocabulary));
    }

    private static Optional<Meant> closest(String name, boolean member, Vocabulary vocabulary) {
        return Suggestion.closest(name, member ? vocabulary.members() : vocabulary.alone())
                .map(found -> new Meant(found, member));
    }

    /// `a.b.c`, where an expression is nothing but that.
    static Optional<String> path(CelExpr expression) {
        return switch (expression.getKind()) {
            case IDENT -> Optional.of(expression.ident().name());
            case SELECT ->
                    path(expression.select().operand())
                            .filter(_ -> !expression.select().testOnly())
                            .map(above -> above + "." + expression.select().field());
            default -> Optional.empty();
        };
    }

    String message() {
        if (meant.filter(one -> one.equals(new Meant(name, member))).isPresent()) {
            var count = node.expr().call().args().size();
            return "function '%s' does not take %d argument%s"
                    .formatted(name, count, count == 1 ? "" : "s");
        }
        return "unknown function '" + name + "'" + meant.map(this::suggestion).orElse("");
    }

    private String suggestion(Meant one) {
        if (one.member() == member) {
            return ", did you mean '" + one.name() + "'?";
        }
        return one.member()
                ? ", did you mean '….%s()'?".formatted(one.name())
                : ", did you mean '%s(…)'?".formatted(one.name());
    }

    /// Whether it is the reason that a name is unknown: one that qualifies the function, or that the function which was
    /// meant would give to what it looks at.
    boolean explains(CelNavigableExpr identifier) {
        return isQualifier(identifier)
                || (names().contains(identifier.expr().ident().name()) && isWithin(identifier));
    }

    private boolean isQualifier(CelNavigableExpr identifier) {
        return !member
                && node.expr()
                        .call()
                        .target()
                        .filter(one -> one.id() == identifier.id())
                        .isPresent();
    }

    /// What the function that was meant would give names to.
    private Set<String> names() {
        return meant.filter(one -> Vocabulary.givesNames(one.name())).isEmpty()
                ? Set.of()
                : node.expr().call().args().stream()
                        .limit(2)
                        .filter(one -> one.getKind() == CelExpr.ExprKind.Kind.IDENT)
                        .map(one -> one.ident().name())
                        .collect(Collectors.toSet());
    }

    private boolean isWithin(CelNavigableExpr identifier) {
        return node.descendants().anyMatch(one -> one.id() == identifier.id());
    }
}
