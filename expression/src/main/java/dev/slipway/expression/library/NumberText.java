package dev.slipway.expression.library;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// The shortest text that reads back as the same double, in the notations that Go gives it.
final class NumberText {
    private NumberText() {}

    /// As `string(double)` writes: an exponent below 1e-4 and from 1e6.
    static String general(double number) {
        return text(number, -4, 6);
    }

    /// As JSON documents have it.
    static String json(double number) {
        return text(number, -6, 21).replaceFirst("e-0(\\d)$", "e-$1");
    }

    private static String text(double number, int smallest, int largest) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        BigDecimal decimal = shortest(number);
        int exponent = decimal.precision() - decimal.scale() - 1;
        return exponent < smallest || exponent >= largest
                ? scientific(decimal, exponent)
                : decimal.toPlainString();
    }

    /// Java writes at least two digits where one may do.
    private static BigDecimal shortest(double number) {
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        BigDecimal rounded = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
        return rounded.doubleValue() == number ? rounded.stripTrailingZeros() : decimal;
    }

    private static String scientific(BigDecimal decimal, int exponent) {
        String digits = decimal.unscaledValue().abs().toString();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return (decimal.signum() < 0 ? "-" : "")
                + digits.charAt(0)
                + fraction
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }
}
