package dev.slipway.expression.library;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An amount as Kubernetes writes it: `500m`, `1.5Gi`, `12e6`. Equal when worth the same.
///
/// @param exact whether it counts as a whole number when it is one: amounts near the limits of 64 bits, and
///     those given with a fraction of a binary unit, do not, as everywhere else
record Quantity(BigDecimal amount, boolean exact) {
    private static final Pattern SYNTAX =
            Pattern.compile(
                    "([+-]?)([0-9]*)(?:\\.([0-9]*))?(|n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]{1,4})");
    private static final Map<String, Integer> DECIMAL =
            Map.of(
                    "", 0, "n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E",
                    18);
    private static final Map<String, Integer> BINARY =
            Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40, "Pi", 50, "Ei", 60);

    /// Nothing smaller is kept; it is rounded away from zero.
    private static final int MAXIMAL_SCALE = 9;

    /// Digits that fit into 64 bits without looking.
    private static final int SAFE_DIGITS = 18;

    private static final BigDecimal MAXIMAL_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);

    /// Reads the text form, empty when it is none.
    static Optional<Quantity> parse(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            return Optional.empty();
        }
        String whole = parts.group(2);
        String fraction = orEmpty(parts.group(3));
        BigDecimal number =
                new BigDecimal(new BigInteger("0" + whole + fraction), fraction.length());
        BigDecimal signed = parts.group(1).equals("-") ? number.negate() : number;
        String suffix = parts.group(4);
        Integer binary = BINARY.get(suffix);
        return Optional.of(
                binary == null
                        ? decimal(signed, exponent(suffix), whole.length() + fraction.length())
                        : binary(signed, binary, whole.length(), fraction.isEmpty()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static int exponent(String suffix) {
        Integer known = DECIMAL.get(suffix);
        return known == null ? Integer.parseInt(suffix.substring(1)) : known;
    }

    private static Quantity decimal(BigDecimal number, int exponent, int digits) {
        BigDecimal amount = number.scaleByPowerOfTen(exponent);
        return new Quantity(
                rounded(amount), digits <= SAFE_DIGITS && amount.scale() <= MAXIMAL_SCALE);
    }

    private static Quantity binary(BigDecimal number, int exponent, int digits, boolean whole) {
        BigDecimal amount = number.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(exponent)));
        boolean exact = whole && digits + exponent * 3 / 10 <= SAFE_DIGITS - 4;
        return new Quantity(
                rounded(amount).min(MAXIMAL_BINARY).max(MAXIMAL_BINARY.negate()), exact);
    }

    private static BigDecimal rounded(BigDecimal amount) {
        return amount.scale() > MAXIMAL_SCALE
                ? amount.setScale(MAXIMAL_SCALE, RoundingMode.UP)
                : amount;
    }

    Quantity plus(Quantity other) {
        return new Quantity(amount.add(other.amount), exact && other.exact);
    }

    Quantity negated() {
        return new Quantity(amount.negate(), exact);
    }

    static Quantity of(long number) {
        return new Quantity(BigDecimal.valueOf(number), true);
    }

    /// The whole number, empty when it is none or does not count as one.
    Optional<Long> whole() {
        boolean fits =
                amount.scale() <= 0 && amount.precision() - amount.scale() <= SAFE_DIGITS + 1;
        if (!exact || !fits) {
            return Optional.empty();
        }
        BigInteger number = amount.toBigInteger();
        return number.bitLength() < Long.SIZE ? Optional.of(number.longValue()) : Optional.empty();
    }

    /// Near enough: computed in the steps that others use, so that the last digits agree too.
    double approximation() {
        BigDecimal steps = exact ? amount : amount.setScale(MAXIMAL_SCALE, RoundingMode.UP);
        double base = steps.unscaledValue().doubleValue();
        return steps.scale() == 0 ? base : base * Math.pow(10, -steps.scale());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Quantity quantity && amount.compareTo(quantity.amount) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }
}
