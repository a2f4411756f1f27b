package dev.slipway.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.slipway.expression.library.Library;
import dev.slipway.expression.library.Vocabulary;
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
                    "found no matching overload for '([^']*)' applied to '(.*?)'(?: \\(.*)?",
                    Pattern.DOTALL);
    private static final Pattern OPERATOR = Pattern.compile("_?@?([^_@?]+)_?");
    private static final Set<String> INDEX = Set.of("_[_]", "_[?_]");

    private final List<String> lines;
    private final Map<String, Type> variables;
    private final Set<Library> libraries;
    private final Optional<CelNavigableExpr> root;

    /// @param ast what the source means, where its syntax is right
    Issues(
            String source,
            Map<String, Type> variables,
            Set<Library> libraries,
            Optional<CelAbstractSyntaxTree> ast) {
        this.lines = List.of(source.split("\n", -1));
        this.variables = variables;
        this.libraries = libraries;
        this.root = ast.map(tree -> CelNavigableAst.fromAst(tree).getRoot());
    }

    /// One error for each issue that none of the others explains, equal ones at one place once.
    List<ExpressionError> of(List<CelIssue> issues) {
        var vocabulary = Library.vocabulary(libraries);
        List<UnknownCall> calls =
                issues.stream()
                        .filter(issue -> UNDECLARED.matcher(issue.getMessage()).matches())
                        .flatMap(issue -> node(issue, Kind.CALL).stream())
                        .map(node -> UnknownCall.of(node, known(node), vocabulary))
                        .toList();
        return issues.stream()
                .filter(issue -> !isExplained(issue, calls))
                .map(issue -> error(issue, calls, vocabulary))
                .distinct()
                .toList();
    }

    private boolean isExplained(CelIssue issue, List<UnknownCall> calls) {
        return node(issue, Kind.IDENT)
                .filter(node -> calls.stream().anyMatch(call -> call.explains(node)))
                .isPresent();
    }

    private ExpressionError error(CelIssue issue, List<UnknownCall> calls, Vocabulary vocabulary) {
        int line = Math.max(1, issue.getSourceLocation().getLine());
        int column = Math.max(0, issue.getSourceLocation().getColumn());
        Optional<UnknownCall> call =
                calls.stream().filter(one -> one.node().id() == issue.getExprId()).findFirst();
        Optional<String> called =
                call.map(UnknownCall::name)
                        .or(() -> node(issue, Kind.CALL).map(one -> one.expr().call().function()));
        return new ExpressionError(
                line,
                called.map(name -> beginning(name, line, column)).orElse(column) + 1,
                call.map(UnknownCall::message).orElseGet(() -> message(issue, vocabulary)));
    }

    /// Where the name of a function begins, of which the compiler tells the bracket behind it.
    private int beginning(String name, int line, int bracket) {
        var text = line <= lines.size() ? lines.get(line - 1) : "";
        if (bracket > text.codePointCount(0, text.length())) {
            return bracket;
        }
        var before = text.substring(0, text.offsetByCodePoints(0, bracket)).stripTrailing();
        var word = before.endsWith(name) ? name : name.substring(name.lastIndexOf('.') + 1);
        return before.endsWith(word)
                ? before.codePointCount(0, before.length() - word.length())
                : bracket;
    }

    private String message(CelIssue issue, Vocabulary vocabulary) {
        String message = issue.getMessage();
        Matcher undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            return unknown(undeclared.group(1), issue);
        }
        Matcher undefined = UNDEFINED.matcher(message);
        if (undefined.matches()) {
            return undefined(undefined.group(1), fieldsBeside(issue));
        }
        Matcher overload = OVERLOAD.matcher(message);
        return overload.matches()
                ? byIndex(issue, overload.group(1))
                        .orElseGet(() -> overload(overload.group(1), overload.group(2), vocabulary))
                : message;
    }

    private static String undefined(String field, Collection<String> known) {
        return "undefined field '" + field + "'" + otherwise(field, known);
    }

    /// How the same name must be written, or a close one that exists.
    private static String otherwise(String field, Collection<String> known) {
        return EscapedName.of(field)
                .filter(name -> !name.equals(field) && known.contains(name))
                .map(name -> ", write " + name)
                .orElseGet(() -> Suggestion.of(field, known));
    }

    private String unknown(String name, CelIssue issue) {
        var known = node(issue, Kind.IDENT).map(this::known).orElse(variables.keySet());
        return "unknown identifier '" + name + "'" + Suggestion.of(name, known);
    }

    /// The variables that can be read where a node stands.
    private Set<String> known(CelNavigableExpr node) {
        var known = new TreeSet<>(variables.keySet());
        for (var above = node.parent(); above.isPresent(); above = above.get().parent()) {
            if (above.get().getKind() == Kind.COMPREHENSION) {
                known.add(above.get().expr().comprehension().iterVar());
                known.add(above.get().expr().comprehension().iterVar2());
            }
        }
        known.removeIf(name -> name.isEmpty() || !Character.isLetter(name.charAt(0)));
        return known;
    }

    // ---- what functions and operators do not take

    private static String overload(String function, String arguments, Vocabulary vocabulary) {
        String types = arguments.replaceAll("[<>]", "");
        if (INDEX.contains(function)) {
            return "operator '[]' does not take " + types;
        }
        Matcher operator = OPERATOR.matcher(function);
        return operator.matches() && !Character.isLetter(operator.group(1).charAt(0))
                ? "operator '" + operator.group(1) + "' does not take " + types
                : "function '"
                        + function
                        + "' does not take "
                        + types
                        + way(function, types, vocabulary);
    }

    /// How a function is called that is not called in this way at all.
    private static String way(String function, String types, Vocabulary vocabulary) {
        var member = types.contains(".(");
        if (!member && isOnly(function, vocabulary.members(), vocabulary.alone())) {
            return ", write …." + function + "()";
        }
        return member && isOnly(function, vocabulary.alone(), vocabulary.members())
                ? ", write " + function + "(…)"
                : "";
    }

    private static boolean isOnly(String function, Set<String> there, Set<String> other) {
        return there.contains(function) && !other.contains(function);
    }

    /// What is wrong with `object["field"]`: the fields that a schema names are read by their names.
    private Optional<String> byIndex(CelIssue issue, String function) {
        if (!INDEX.contains(function)) {
            return Optional.empty();
        }
        return node(issue, Kind.CALL)
                .map(node -> node.expr().call().args())
                .filter(operands -> operands.size() == 2)
                .flatMap(operands ->
                        byIndex(operands.getFirst(), operands.getLast(), function.contains("?")));
    }

    private Optional<String> byIndex(CelExpr object, CelExpr index, boolean optional) {
        var path = UnknownCall.path(object);
        return text(index)
                .flatMap(field ->
                        fields(object)
                                .map(known -> {
                                    var name = EscapedName.of(field).orElse(field);
                                    return known.contains(name)
                                            ? "fields of %1$s are read by name: write %1$s.%2$s%3$s"
                                                    .formatted(
                                                            path.orElse("this"),
                                                            optional ? "?" : "",
                                                            name)
                                            : undefined(field, known);
                                }));
    }

    private static Optional<String> text(CelExpr index) {
        return index.getKind() == Kind.CONSTANT
                        && index.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? Optional.of(index.constant().stringValue())
                : Optional.empty();
    }

    // ---- nodes and types

    private Optional<CelNavigableExpr> node(CelIssue issue, Kind kind) {
        return node(issue).filter(node -> node.getKind() == kind);
    }

    private Optional<CelNavigableExpr> node(CelIssue issue) {
        return root.flatMap(
                tree -> tree.allNodes().filter(node -> node.id() == issue.getExprId()).findFirst());
    }

    /// The fields that the operand of a selection does have, as expressions write them.
    private Collection<String> fieldsBeside(CelIssue issue) {
        return node(issue)
                .flatMap(node ->
                        switch (node.getKind()) {
                            case SELECT -> fields(node.expr().select().operand());
                            case CALL ->
                                    node.expr().call().args().stream()
                                            .findFirst()
                                            .flatMap(this::fields);
                            default -> Optional.empty();
                        })
                .orElse(Set.of());
    }

    private Optional<Collection<String>> fields(CelExpr object) {
        return pathType(object)
                .flatMap(type ->
                        type instanceof Type.Struct(_, var fields, _)
                                ? Optional.of(written(fields.keySet()))
                                : Optional.empty());
    }

    /// The names as expressions write them.
    private static Collection<String> written(Set<String> fields) {
        Collection<String> names = new TreeSet<>();
        fields.stream().flatMap(EscapedName::spellings).forEach(names::add);
        return names;
    }

    /// The declared type at a chain of plain selections.
    private Optional<Type> pathType(CelExpr expression) {
        return switch (expression.getKind()) {
            case IDENT -> Optional.ofNullable(variables.get(expression.ident().name()));
            case SELECT ->
                    pathType(expression.select().operand())
                            .flatMap(above ->
                                    above instanceof Type.Struct(_, var fields, _)
                                            ? Optional.ofNullable(
                                                    fields.get(expression.select().field()))
                                            : Optional.empty());
            default -> Optional.empty();
        };
    }
}
