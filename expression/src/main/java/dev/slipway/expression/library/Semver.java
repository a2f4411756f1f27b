package dev.slipway.expression.library;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A semantic version; build metadata is read and forgotten, as it does not count when versions are compared.
record Semver(BigInteger major, BigInteger minor, BigInteger patch, List<String> labels)
        implements Comparable<Semver> {
    private static final String NUMBER = "(0|[1-9][0-9]*)";
    private static final String LABEL = "(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final String BUILD = "[0-9a-zA-Z-]+";
    private static final Pattern SYNTAX =
            Pattern.compile(
                    NUMBER
                            + "\\."
                            + NUMBER
                            + "\\."
                            + NUMBER
                            + "(?:-("
                            + LABEL
                            + "(?:\\."
                            + LABEL
                            + ")*))?(?:\\+"
                            + BUILD
                            + "(?:\\."
                            + BUILD
                            + ")*)?");
    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+");

    Semver {
        labels = List.copyOf(labels);
    }

    static Optional<Semver> parse(String text) {
        Matcher parts = SYNTAX.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        List<BigInteger> numbers =
                List.of(
                        new BigInteger(parts.group(1)),
                        new BigInteger(parts.group(2)),
                        new BigInteger(parts.group(3)));
        return numbers.stream().anyMatch(number -> number.bitLength() > Long.SIZE)
                ? Optional.empty()
                : Optional.of(
                        new Semver(
                                numbers.get(0),
                                numbers.get(1),
                                numbers.get(2),
                                labels(parts.group(4))));
    }

    private static List<String> labels(@Nullable String text) {
        return text == null ? List.of() : List.of(text.split("\\."));
    }

    /// The strict spelling of a version that was written carelessly: up to three parts, each without its leading zeros.
    static String normalized(String text) {
        String bare = text.startsWith("v") ? text.substring(1) : text;
        String[] parts = bare.split("\\.", 3);
        if (parts.length < 3 && (bare.contains("-") || bare.contains("+"))) {
            return bare;
        }
        List<String> numbers = new ArrayList<>(List.of("0", "0", "0"));
        for (int index = 0; index < parts.length; index++) {
            numbers.set(index, withoutZeros(parts[index]));
        }
        return String.join(".", numbers);
    }

    private static String withoutZeros(String part) {
        if (part.length() < 2) {
            return part;
        }
        String rest = LEADING_ZEROS.matcher(part).replaceFirst("");
        return rest.isEmpty() || !Character.isDigit(rest.charAt(0)) ? "0" + rest : rest;
    }

    @Override
    public int compareTo(Semver other) {
        return Comparator.comparing(Semver::major)
                .thenComparing(Semver::minor)
                .thenComparing(Semver::patch)
                .thenComparing(Semver::labels, Semver::compareLabels)
                .compare(this, other);
    }

    /// No label is more than any; then label by label, and more labels are more.
    private static int compareLabels(List<String> left, List<String> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return Boolean.compare(left.isEmpty(), right.isEmpty());
        }
        for (int index = 0; index < Math.min(left.size(), right.size()); index++) {
            int order = compareLabel(left.get(index), right.get(index));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private static int compareLabel(String left, String right) {
        boolean leftNumber = left.chars().allMatch(Character::isDigit);
        boolean rightNumber = right.chars().allMatch(Character::isDigit);
        if (leftNumber && rightNumber) {
            return new BigInteger(left).compareTo(new BigInteger(right));
        }
        return leftNumber == rightNumber
                ? left.compareTo(right)
                : Boolean.compare(rightNumber, leftNumber);
    }
}
