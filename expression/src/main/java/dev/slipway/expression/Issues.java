package dev.slipway.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Turns what the compiler says into errors that name the word which is wrong, and a close one that exists.
final class Issues {
    private static final Pattern UNDECLARED =
            Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern UNDEFINED =
            Pattern.compile("undefined field '(.*)'", Pattern.DOTALL);
    private static final Pattern OVERLOAD =
            Pattern.compile(
                    "found no matching overload for '([^']*)' applied to '(.*?)' \\(.*",
                    Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("_?@?([^_@?]+)_?");

    private final Map<String, Type> variables;
    private final Optional<CelAbstractSyntaxTree> ast;

    Issues(Map<String, Type> variables, Optional<CelAbstractSyntaxTree> ast) {
        this.variables = variables;
        this.ast = ast;
    }

    /// One error for each issue, equal ones at one place once.
    List<ExpressionError> of(List<CelIssue> issues) {
        return issues.stream().map(this::error).distinct().toList();
    }

    private ExpressionError error(CelIssue issue) {
        return new ExpressionError(
                Math.max(1, issue.getSourceLocation().getLine()),
                Math.max(0, issue.getSourceLocation().getColumn()) + 1,
                message(issue));
    }

    private String message(CelIssue issue) {
        String message = issue.getMessage();
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            return undeclared(undeclared.group(1), issue.getExprId());
        }
        Matcher undefined = UNDEFINED.matcher(message);
        if (undefined.matches()) {
            return "undefined field '"
                    + undefined.group(1)
                    + "'"
                    + otherwise(undefined.group(1), fieldsBeside(issue.getExprId()));
        }
        Matcher overload = OVERLOAD.matcher(message);
        return overload.matches() ? overload(overload.group(1), overload.group(2)) : message;
    }

    /// How the same name must be written, or a close one that exists.
    private static String otherwise(String field, Collection<String> known) {
        return EscapedName.of(field)
                .filter(name -> !name.equals(field) && known.contains(name))
                .map(name -> ", write " + name)
                .orElseGet(() -> Suggestion.of(field, known));
    }

    private String undeclared(String name, long id) {
        boolean call =
                node(id).filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL).isPresent();
        return call
                ? "unknown function '" + name + "'"
                : "unknown identifier '" + name + "'" + Suggestion.of(name, variables.keySet());
    }

    private static String overload(String function, String arguments) {
        String types = arguments.replaceAll("[<>]", "");
        Matcher operator = OPERATOR.matcher(function);
        return operator.matches() && !Character.isLetter(operator.group(1).charAt(0))
                ? "operator '" + operator.group(1) + "' does not take " + types
                : "function '" + function + "' does not take " + types;
    }

    private Optional<CelExpr> node(long id) {
        return ast.flatMap(tree ->
                CelNavigableAst.fromAst(tree)
                        .getRoot()
                        .allNodes()
                        .filter(node -> node.id() == id)
                        .findFirst()
                        .map(CelNavigableExpr::expr));
    }

    /// The fields that the operand of the selection with this id does have.
    private Collection<String> fieldsBeside(long id) {
        return node(id).filter(node -> node.getKind() == CelExpr.ExprKind.Kind.SELECT)
                .flatMap(node -> pathType(node.select().operand()))
                .<Collection<String>>map(type ->
                        type instanceof Type.Struct(_, var fields, _)
                                ? written(fields.keySet())
                                : Set.of())
                .orElse(Set.of());
    }

    /// The names as expressions write them.
    private static Collection<String> written(Set<String> fields) {
        Collection<String> names = new TreeSet<>();
        fields.stream().flatMap(EscapedName::spellings).forEach(names::add);
        return names;
    }

    /// The declared type at a chain of plain selections.
    private Optional<Type> pathType(CelExpr expression) {
        List<String> path = new ArrayList<>();
        CelExpr here = expression;
        while (here.getKind() == CelExpr.ExprKind.Kind.SELECT) {
            path.add(here.select().field());
            here = here.select().operand();
        }
        if (here.getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.empty();
        }
        Optional<Type> type = Optional.ofNullable(variables.get(here.ident().name()));
        for (String field : path.reversed()) {
            type =
                    type.flatMap(parent ->
                            parent instanceof Type.Struct(_, var fields, _)
                                    ? Optional.ofNullable(fields.get(field))
                                    : Optional.empty());
        }
        return type;
    }
}
