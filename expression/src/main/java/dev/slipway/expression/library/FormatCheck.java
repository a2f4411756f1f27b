package dev.slipway.expression.library;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds calls of `format` that cannot succeed, as far as the pattern and the arguments are written out.
public final class FormatCheck {
    private static final Set<CelKind> NUMBERS =
            EnumSet.of(CelKind.INT, CelKind.UINT, CelKind.DOUBLE);
    private static final Set<CelKind> WHOLE = EnumSet.of(CelKind.INT, CelKind.UINT);
    private static final Set<CelKind> HEXADECIMAL =
            EnumSet.of(CelKind.INT, CelKind.UINT, CelKind.STRING, CelKind.BYTES);
    private static final Map<Character, Set<CelKind>> TAKEN =
            Map.of(
                    'd', NUMBERS,
                    'f', NUMBERS,
                    'e', NUMBERS,
                    'b', EnumSet.of(CelKind.INT, CelKind.UINT, CelKind.BOOL),
                    'o', WHOLE,
                    'x', HEXADECIMAL,
                    'X', HEXADECIMAL,
                    's', EnumSet.complementOf(EnumSet.of(CelKind.OPAQUE, CelKind.STRUCT)));

    /// What the first generation takes for these: no other numbers, and the names of endless ones.
    private static final Map<Character, Set<CelKind>> TAKEN_FIRST =
            Map.of(
                    'd', WHOLE,
                    'f', EnumSet.of(CelKind.DOUBLE, CelKind.STRING),
                    'e', EnumSet.of(CelKind.DOUBLE, CelKind.STRING));

    private final CelAbstractSyntaxTree ast;
    private final boolean first;
    private final List<Misuse> misuses = new ArrayList<>();

    private FormatCheck(CelAbstractSyntaxTree ast, boolean first) {
        this.ast = ast;
        this.first = first;
    }

    /// All misuses in a checked syntax tree.
    ///
    /// @param first whether `format` is that of the first generation
    public static List<Misuse> misuses(CelAbstractSyntaxTree ast, boolean first) {
        FormatCheck check = new FormatCheck(ast, first);
        CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .map(CelNavigableExpr::expr)
                .filter(FormatCheck::isWrittenOut)
                .forEach(check::check);
        return check.misuses;
    }

    private static boolean isWrittenOut(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.CALL
                && expression.call().function().equals("format")
                && expression.call().args().size() == 1
                && expression.call().args().getFirst().getKind() == CelExpr.ExprKind.Kind.LIST
                && expression.call().target().filter(FormatCheck::isText).isPresent();
    }

    private static boolean isText(CelExpr target) {
        return target.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && target.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private void check(CelExpr call) {
        List<CelExpr> arguments = call.call().args().getFirst().list().elements();
        try {
            FormatPattern pattern =
                    FormatPattern.of(call.call().target().orElseThrow().constant().stringValue());
            FormatFunctions.checkCount(pattern, arguments.size());
            List<FormatPattern.Clause> clauses =
                    pattern.pieces().stream()
                            .filter(FormatPattern.Clause.class::isInstance)
                            .map(FormatPattern.Clause.class::cast)
                            .toList();
            for (int index = 0; index < clauses.size(); index++) {
                check(clauses.get(index).verb(), arguments.get(index));
            }
        } catch (CelRuntimeException e) {
            misuses.add(new Misuse(call.id(), String.valueOf(e.getMessage())));
        }
    }

    private void check(char verb, CelExpr argument) {
        CelType type = ast.getType(argument.id()).orElse(SimpleType.DYN);
        boolean unknown = type.kind() == CelKind.DYN || type.kind() == CelKind.TYPE_PARAM;
        Set<CelKind> taken = TAKEN.getOrDefault(verb, Set.of());
        if (first) {
            taken = TAKEN_FIRST.getOrDefault(verb, taken);
        }
        if (!unknown && !taken.contains(type.kind())) {
            String message = FormatFunctions.unfit(verb, CelTypes.format(type)).getMessage();
            misuses.add(new Misuse(argument.id(), String.valueOf(message)));
        }
    }
}
