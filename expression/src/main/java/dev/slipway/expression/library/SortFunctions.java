package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.ANY_LIST;
import static dev.slipway.expression.library.Parameter.LIST;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Lists in order; all elements, or all keys, must be of one comparable type.
final class SortFunctions {
    static final List<CelType> COMPARABLE =
            List.of(
                    SimpleType.INT,
                    SimpleType.UINT,
                    SimpleType.DOUBLE,
                    SimpleType.BOOL,
                    SimpleType.DURATION,
                    SimpleType.TIMESTAMP,
                    SimpleType.STRING,
                    SimpleType.BYTES);

    private static final String SORT_BY_KEYS = "@sortByKeys";
    private static final String SORTED = "@sorted";

    static final List<Function> ALL =
            COMPARABLE.stream()
                    .map(ListType::create)
                    .flatMap(list ->
                            Stream.of(
                                    Function.member(
                                            "sort",
                                            list,
                                            Parameter.list(list),
                                            elements -> sort(elements, elements)),
                                    Function.global(
                                            SORT_BY_KEYS,
                                            ANY_LIST,
                                            LIST,
                                            Parameter.list(list),
                                            SortFunctions::sort)))
                    .toList();

    /// `list.sortBy(item, key)`.
    static final CelMacro SORT_BY =
            CelMacro.newReceiverMacro("sortBy", 2, SortFunctions::expandSortBy);

    private SortFunctions() {}

    private static List<Object> sort(List<Object> list, List<Object> keys) {
        if (keys.stream().map(Object::getClass).distinct().count() > 1) {
            throw Failures.invalid("list elements must have the same type to be sorted");
        }
        return IntStream.range(0, list.size())
                .boxed()
                .sorted((left, right) -> order(keys.get(left), keys.get(right)))
                .map(list::get)
                .toList();
    }

    private static int order(Object left, Object right) {
        return Values.compare(left, right)
                .orElseGet(() -> Boolean.compare(isNumber(left), isNumber(right)));
    }

    private static boolean isNumber(Object value) {
        return !(value instanceof Double number && number.isNaN());
    }

    /// Binds the list, collects the key of each element, and sorts the one by the other.
    private static Optional<CelExpr> expandSortBy(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        CelExpr item = arguments.getFirst();
        if (item.getKind() != CelExpr.ExprKind.Kind.IDENT) {
            return Optional.of(
                    factory.reportError(
                            CelIssue.formatError(
                                    factory.getSourceLocation(item),
                                    "the first argument of sortBy must be a simple name")));
        }
        String keys = factory.getAccumulatorVarName();
        CelExpr collect =
                factory.fold(
                        item.ident().name(),
                        factory.newIdentifier(SORTED),
                        keys,
                        factory.newList(),
                        factory.newBoolLiteral(true),
                        factory.newGlobalCall(
                                "_+_",
                                factory.newIdentifier(keys),
                                factory.newList(arguments.get(1))),
                        factory.newIdentifier(keys));
        return Optional.of(
                factory.fold(
                        "#unused",
                        factory.newList(),
                        SORTED,
                        target,
                        factory.newBoolLiteral(false),
                        factory.newIdentifier(SORTED),
                        factory.newGlobalCall(
                                SORT_BY_KEYS, factory.newIdentifier(SORTED), collect)));
    }
}
