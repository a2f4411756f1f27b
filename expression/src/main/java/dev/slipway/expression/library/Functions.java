package dev.slipway.expression.library;

import dev.cel.checker.CelCheckerBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Declares our own functions to CEL, all signatures of one name together.
final class Functions {
    private Functions() {}

    static void declare(List<Function> functions, CelCheckerBuilder builder) {
        Map<String, List<Function>> byName =
                functions.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Function::name, LinkedHashMap::new, Collectors.toList()));
        byName.forEach((name, signatures) -> declare(name, signatures, builder));
    }

    private static void declare(String name, List<Function> signatures, CelCheckerBuilder builder) {
        List<CelOverloadDecl> declarations =
                signatures.stream()
                        .filter(signature -> !signature.declared())
                        .map(Function::declaration)
                        .toList();
        if (!declarations.isEmpty()) {
            builder.addFunctionDeclarations(
                    CelFunctionDecl.newFunctionDeclaration(name, declarations));
        }
    }
}
