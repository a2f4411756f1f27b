package dev.slipway.kernel.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Amounts of resources (`500m`, `1.5Gi`) in the one form in which each worth is written.
public final class Amounts {
    private static final Pattern SYNTAX =
            Pattern.compile(
                    "([+-]?)([0-9]*)(?:\\.([0-9]*))?(n|u|m||k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]{1,4})");
    private static final List<String> DECIMAL =
            List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    /// Nothing smaller is kept; it is rounded away from zero.
    private static final int MAXIMAL_SCALE = 9;

    /// The index of the suffix without a factor.
    private static final int ONES = DECIMAL.indexOf("");

    private static final BigDecimal BINARY_STEP = BigDecimal.valueOf(1024);

    private Amounts() {}

    /// The form in which an amount is stored; empty where the text is none.
    static Optional<String> canonical(String text) {
        var parts = SYNTAX.matcher(text);
        if (!parts.matches() || (parts.group(2).isEmpty() && orEmpty(parts.group(3)).isEmpty())) {
            return Optional.empty();
        }
        var fraction = orEmpty(parts.group(3));
        var digits = new BigInteger("0" + parts.group(2) + fraction);
        var number = new BigDecimal(digits, fraction.length());
        var suffix = parts.group(4);
        var sign = parts.group(1).equals("-") && number.signum() != 0 ? "-" : "";
        return Optional.of(sign + canonical(number, suffix));
    }

    /// What an amount is worth, in ones; empty where the text is none.
    public static Optional<BigDecimal> worth(String text) {
        var parts = SYNTAX.matcher(text);
        if (!parts.matches() || (parts.group(2).isEmpty() && orEmpty(parts.group(3)).isEmpty())) {
            return Optional.empty();
        }
        var number = new BigDecimal("0" + parts.group(2) + "." + orEmpty(parts.group(3)) + "0");
        var suffix = parts.group(4);
        var worth =
                suffix.endsWith("i")
                        ? number.multiply(BINARY_STEP.pow(BINARY.indexOf(suffix)))
                        : number.scaleByPowerOfTen(power(suffix));
        return Optional.of(parts.group(1).equals("-") ? worth.negate() : worth);
    }

    private static int power(String suffix) {
        return DECIMAL.contains(suffix)
                ? 3 * (DECIMAL.indexOf(suffix) - ONES)
                : Integer.parseInt(suffix.substring(1));
    }

    private static String canonical(BigDecimal number, String suffix) {
        if (number.signum() == 0) {
            return "0";
        }
        if (suffix.endsWith("i")) {
            var amount = number.multiply(BINARY_STEP.pow(BINARY.indexOf(suffix)));
            return amount.compareTo(BINARY_STEP) < 0 ? decimal(amount) : binary(amount);
        }
        var amount = number.scaleByPowerOfTen(power(suffix));
        return DECIMAL.contains(suffix) ? decimal(amount) : exponential(amount);
    }

    /// The largest suffix with which it is whole.
    private static String decimal(BigDecimal amount) {
        var steps = steps(rounded(amount), DECIMAL.size() - 1 - ONES);
        return rounded(amount).scaleByPowerOfTen(-3 * steps).toBigInteger()
                + DECIMAL.get(ONES + steps);
    }

    private static String exponential(BigDecimal amount) {
        var steps = steps(rounded(amount), Integer.MAX_VALUE);
        var mantissa = rounded(amount).scaleByPowerOfTen(-3 * steps).toBigInteger().toString();
        return steps == 0 ? mantissa : mantissa + "e" + 3 * steps;
    }

    /// By how many thousands it can be divided, or must be multiplied, to be whole.
    private static int steps(BigDecimal amount, int most) {
        var scale = amount.stripTrailingZeros().scale();
        return Math.min(most, -Math.ceilDiv(scale, 3));
    }

    private static String binary(BigDecimal amount) {
        var whole = amount.setScale(0, RoundingMode.UP).toBigInteger();
        var suffix = 0;
        while (suffix < BINARY.size() - 1 && whole.getLowestSetBit() >= 10) {
            whole = whole.shiftRight(10);
            suffix++;
        }
        return whole + BINARY.get(suffix);
    }

    private static BigDecimal rounded(BigDecimal amount) {
        return amount.scale() > MAXIMAL_SCALE
                ? amount.setScale(MAXIMAL_SCALE, RoundingMode.UP)
                : amount;
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
