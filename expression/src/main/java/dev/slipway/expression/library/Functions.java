package dev.slipway.expression.library;

import dev.cel.bundle.CelBuilder;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.runtime.CelFunctionBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Registers our own functions with CEL, all signatures of one name together.
final class Functions {
    private Functions() {}

    static void register(List<Function> functions, CelBuilder builder) {
        Map<String, List<Function>> byName =
                functions.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Function::name, LinkedHashMap::new, Collectors.toList()));
        byName.forEach((name, signatures) -> register(name, signatures, builder));
    }

    private static void register(String name, List<Function> signatures, CelBuilder builder) {
        List<CelOverloadDecl> declarations =
                signatures.stream()
                        .filter(signature -> !signature.declared())
                        .map(Function::declaration)
                        .toList();
        if (!declarations.isEmpty()) {
            builder.addFunctionDeclarations(
                    CelFunctionDecl.newFunctionDeclaration(name, declarations));
        }
        builder.addFunctionBindings(
                CelFunctionBinding.fromOverloads(
                        name, signatures.stream().map(Function::binding).toList()));
    }
}
