package dev.slipway.expression;

import dev.cel.checker.CelChecker;
import dev.cel.checker.CelCheckerBuilder;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelVarDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.TypeType;
import dev.cel.compiler.CelCompilerFactory;
import dev.slipway.expression.library.KnownMessages;
import dev.slipway.expression.library.Library;
import dev.slipway.expression.library.NumberCheck;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// CEL's type checkers for one environment, one for each set of functions that expressions call.
///
/// A checker declares anew, and compares with each other, all functions that it knows whenever it checks an expression:
/// with those alone that the expression calls it takes a tenth of the time. Safe for any number of threads.
final class TypeCheckers {
    /// How many are remembered.
    private static final int MAXIMAL_REMEMBERED = 200;

    private final CelOptions options;
    private final List<CelVarDecl> variables;
    private final Set<Library> libraries;
    private final Structs structs;
    private final Map<Set<String>, CelChecker> remembered = new ConcurrentHashMap<>();

    TypeCheckers(
            CelOptions options,
            Map<String, Type> variables,
            Set<Library> libraries,
            Structs structs) {
        this.options = options;
        this.variables =
                Stream.concat(
                                variables.entrySet().stream()
                                        .map(one ->
                                                named(one.getKey(), structs.cel(one.getValue()))),
                                Library.opaqueTypes(libraries).stream()
                                        .map(name ->
                                                named(
                                                        name,
                                                        TypeType.create(OpaqueType.create(name)))))
                        .toList();
        this.libraries = libraries;
        this.structs = structs;
    }

    private static CelVarDecl named(String name, CelType type) {
        return CelVarDecl.newVarDeclaration(name, type);
    }

    /// The one for this expression.
    CelChecker of(CelAbstractSyntaxTree parsed) {
        Set<String> called = called(parsed);
        CelChecker known = remembered.get(called);
        if (known != null) {
            return known;
        }
        CelChecker made = checker(called);
        if (remembered.size() < MAXIMAL_REMEMBERED) {
            remembered.put(called, made);
        }
        return made;
    }

    /// The last words of the functions that it calls: what comes before a dot may be a name or a value.
    private static Set<String> called(CelAbstractSyntaxTree parsed) {
        return CelNavigableAst.fromAst(parsed)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(node -> lastWord(node.call().function()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String lastWord(String function) {
        return function.substring(function.lastIndexOf('.') + 1);
    }

    @SuppressWarnings("deprecation") // See ExtraFields.
    private CelChecker checker(Set<String> called) {
        CelCheckerBuilder builder =
                CelCompilerFactory.standardCelCheckerBuilder()
                        .setOptions(options)
                        .addMessageTypes(KnownMessages.descriptors())
                        .setTypeProvider(structs)
                        .setTypeProvider(new ExtraFields(structs))
                        .setStandardEnvironmentEnabled(false)
                        .setStandardDeclarations(language(called));
        builder.addVarDeclarations(variables);
        Library.declare(libraries, builder, options, name -> called.contains(lastWord(name)));
        return builder.build();
    }

    /// What the language itself knows of the functions that are called.
    private CelStandardDeclarations language(Set<String> called) {
        boolean strict = libraries.contains(Library.STRICT_NUMBERS);
        return CelStandardDeclarations.newBuilder()
                .filterFunctions((function, overload) ->
                        called.contains(function.functionName())
                                && !(strict && NumberCheck.isMixed(overload)))
                .build();
    }
}
