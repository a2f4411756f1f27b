package dev.slipway.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserBuilder;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.slipway.expression.library.FormatCheck;
import dev.slipway.expression.library.Library;
import dev.slipway.expression.library.LiteralCheck;
import dev.slipway.expression.library.Misuse;
import dev.slipway.expression.library.NumberCheck;
import dev.slipway.expression.library.OmissionCheck;
import dev.slipway.expression.program.Budget;
import dev.slipway.expression.program.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Parses, checks and plans sources for one environment; safe for any number of threads.
final class Checker {
    /// Of a whole string turned into one expression, in which each character may be escaped.
    private static final int MAXIMAL_LENGTH = 4 * Environment.MAXIMAL_TEMPLATE_LENGTH;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .enableReservedIds(true)
                    .enableHeterogeneousNumericComparisons(true)
                    .enableOptionalSyntax(true)
                    .enableQuotedIdentifierSyntax(true)
                    .errorOnDuplicateMapKeys(false)
                    .comprehensionMaxIterations(Budget.MAXIMAL_ROUNDS)
                    .maxExpressionCodePointSize(MAXIMAL_LENGTH)
                    .build();

    private final Map<String, Type> variables;
    private final Structs structs;
    private final Set<Library> libraries;
    private final Language language;
    private final TypeCheckers types;
    private final boolean strict;
    private final boolean firstFormat;

    /// @param language of these libraries
    Checker(Map<String, Type> variables, Set<Library> libraries, Language language) {
        this.variables = variables;
        this.structs = new Structs(variables.values());
        this.libraries = libraries;
        this.language = language;
        this.types = new TypeCheckers(OPTIONS, variables, libraries, structs);
        this.strict = libraries.contains(Library.STRICT_LITERALS);
        this.firstFormat = libraries.contains(Library.FIRST_FORMAT);
    }

    /// What is the same for all variables: it takes longer to make than an expression takes to be checked.
    static Language language(Set<Library> libraries) {
        return new Language(parser(libraries), Library.bindings(libraries, OPTIONS));
    }

    /// How sources are read, and what functions do.
    record Language(CelParser parser, Map<String, CelFunctionBinding> functions) {}

    private static CelParser parser(Set<Library> libraries) {
        CelParserBuilder builder =
                CelParserFactory.standardCelParserBuilder()
                        .setOptions(OPTIONS)
                        .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        Library.expand(libraries, builder, OPTIONS);
        return builder.build();
    }

    Checked check(String source) {
        CelValidationResult parsed = language.parser().parse(source);
        try {
            if (parsed.hasError()) {
                return rejected(source, parsed, Optional.empty());
            }
            CelAbstractSyntaxTree tree = parsed.getAst();
            CelValidationResult checked = types.of(tree).check(tree);
            return checked.hasError()
                    ? rejected(source, checked, Optional.of(tree))
                    : planned(source, checked.getAst());
        } catch (CelValidationException e) {
            return new Checked.Rejected(
                    List.of(new ExpressionError(1, 1, String.valueOf(e.getMessage()))));
        }
    }

    private Checked rejected(
            String source, CelValidationResult result, Optional<CelAbstractSyntaxTree> tree) {
        return new Checked.Rejected(
                new Issues(source, variables, libraries, tree).of(result.getErrors()));
    }

    private Checked planned(String source, CelAbstractSyntaxTree ast) {
        List<ExpressionError> misuses =
                Stream.of(
                                FormatCheck.misuses(ast, firstFormat),
                                NumberCheck.misuses(ast),
                                OmissionCheck.misuses(ast),
                                strict ? LiteralCheck.misuses(ast) : List.<Misuse>of())
                        .flatMap(List::stream)
                        .map(misuse -> error(ast, misuse))
                        .toList();
        return misuses.isEmpty()
                ? new Expression(
                        source,
                        ast,
                        structs.type(ast.getResultType()),
                        variables,
                        Program.of(ast, language.functions()))
                : new Checked.Rejected(misuses);
    }

    private static ExpressionError error(CelAbstractSyntaxTree ast, Misuse misuse) {
        CelSourceLocation place =
                Optional.ofNullable(ast.getSource().getPositionsMap().get(misuse.id()))
                        .flatMap(ast.getSource()::getOffsetLocation)
                        .orElse(CelSourceLocation.of(1, 0));
        return new ExpressionError(place.getLine(), place.getColumn() + 1, misuse.message());
    }
}
