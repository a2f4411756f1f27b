package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.INT;
import static dev.slipway.expression.library.Parameter.TEXT;

import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.List;

/// Amounts such as `500m` and `1Gi`: read, compared, added.
final class QuantityFunctions {
    private static final Parameter<Quantity> QUANTITY =
            new Parameter<>(OpaqueType.create("kubernetes.Quantity"), Quantity.class);

    static final List<Function> ALL =
            List.of(
                    Function.global("quantity", QUANTITY.type(), TEXT, QuantityFunctions::read),
                    Function.global(
                            "isQuantity",
                            SimpleType.BOOL,
                            TEXT,
                            text -> Quantity.parse(text).isPresent()),
                    Function.global(
                            "sign",
                            SimpleType.INT,
                            QUANTITY,
                            quantity -> (long) quantity.amount().signum()),
                    Function.member(
                            "isInteger",
                            SimpleType.BOOL,
                            QUANTITY,
                            quantity -> quantity.whole().isPresent()),
                    Function.member(
                            "asInteger", SimpleType.INT, QUANTITY, QuantityFunctions::whole),
                    Function.member(
                            "asApproximateFloat",
                            SimpleType.DOUBLE,
                            QUANTITY,
                            Quantity::approximation),
                    Function.member("add", QUANTITY.type(), QUANTITY, QUANTITY, Quantity::plus),
                    Function.member(
                            "add",
                            QUANTITY.type(),
                            QUANTITY,
                            INT,
                            (left, right) -> left.plus(Quantity.of(right))),
                    Function.member(
                            "sub",
                            QUANTITY.type(),
                            QUANTITY,
                            QUANTITY,
                            (left, right) -> left.plus(right.negated())),
                    Function.member(
                            "sub",
                            QUANTITY.type(),
                            QUANTITY,
                            INT,
                            (left, right) -> left.plus(Quantity.of(right).negated())),
                    Function.member(
                            "isLessThan",
                            SimpleType.BOOL,
                            QUANTITY,
                            QUANTITY,
                            (left, right) -> compare(left, right) < 0),
                    Function.member(
                            "isGreaterThan",
                            SimpleType.BOOL,
                            QUANTITY,
                            QUANTITY,
                            (left, right) -> compare(left, right) > 0),
                    Function.member(
                            "compareTo",
                            SimpleType.INT,
                            QUANTITY,
                            QUANTITY,
                            QuantityFunctions::compare));

    private QuantityFunctions() {}

    private static Quantity read(String text) {
        return Quantity.parse(text)
                .orElseThrow(() -> Failures.invalid("not a quantity: '" + text + "'"));
    }

    private static long whole(Quantity quantity) {
        return quantity.whole()
                .orElseThrow(() -> Failures.invalid("cannot convert value to integer"));
    }

    private static long compare(Quantity left, Quantity right) {
        return left.amount().compareTo(right.amount());
    }
}
