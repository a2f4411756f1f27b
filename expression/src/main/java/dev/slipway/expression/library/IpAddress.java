package dev.slipway.expression.library;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// An address of IPv4 or IPv6, without zone.
///
/// @param bits how long addresses of its family are: 32 or 128
record IpAddress(BigInteger number, int bits) implements Extent {
    @Override
    public long size() {
        return bits / Byte.SIZE;
    }

    private static final int V4 = 32;
    private static final int V6 = 128;
    private static final int GROUPS = 8;
    private static final String OCTET = "(0|[1-9][0-9]{0,2})";
    private static final Pattern DOTTED =
            Pattern.compile(OCTET + "\\." + OCTET + "\\." + OCTET + "\\." + OCTET);
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

    /// Reads an address, empty when the text is none.
    static Optional<IpAddress> parse(String text) {
        return text.contains(":") ? parseV6(text) : parseV4(text);
    }

    private static Optional<IpAddress> parseV4(String text) {
        Matcher octets = DOTTED.matcher(text);
        if (!octets.matches()) {
            return Optional.empty();
        }
        long number = 0;
        for (int index = 1; index <= octets.groupCount(); index++) {
            int octet = Integer.parseInt(octets.group(index));
            if (octet > 255) {
                return Optional.empty();
            }
            number = (number << 8) | octet;
        }
        return Optional.of(new IpAddress(BigInteger.valueOf(number), V4));
    }

    private static Optional<IpAddress> parseV6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text).filter(groups -> groups.size() == GROUPS).map(IpAddress::join);
        }
        if (text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<List<Integer>> head =
                groups(text.substring(0, gap)).filter(_ -> !text.substring(0, gap).contains("."));
        Optional<List<Integer>> tail = groups(text.substring(gap + 2));
        return head.flatMap(before ->
                tail.filter(after -> before.size() + after.size() < GROUPS)
                        .map(after -> join(filled(before, after))));
    }

    private static List<Integer> filled(List<Integer> head, List<Integer> tail) {
        List<Integer> groups = new ArrayList<>(head);
        while (groups.size() + tail.size() < GROUPS) {
            groups.add(0);
        }
        groups.addAll(tail);
        return groups;
    }

    /// The groups of 16 bits between colons; the last may be a dotted address, which makes two.
    private static Optional<List<Integer>> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int index = 0; index < parts.length; index++) {
            Optional<IpAddress> dotted =
                    index == parts.length - 1 ? parseV4(parts[index]) : Optional.empty();
            if (dotted.isPresent()) {
                int number = dotted.get().number.intValue();
                groups.add(number >>> 16);
                groups.add(number & 0xffff);
            } else if (GROUP.matcher(parts[index]).matches()) {
                groups.add(Integer.parseInt(parts[index], 16));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(groups);
    }

    private static IpAddress join(List<Integer> groups) {
        BigInteger number = BigInteger.ZERO;
        for (int group : groups) {
            number = number.shiftLeft(16).or(BigInteger.valueOf(group));
        }
        return new IpAddress(number, V6);
    }

    boolean isV4() {
        return bits == V4;
    }

    /// Whether it is an IPv4 address in IPv6 clothes, which nobody accepts.
    boolean isMapped() {
        return !isV4() && number.shiftRight(V4).equals(MAPPED);
    }

    boolean isUnspecified() {
        return number.signum() == 0;
    }

    boolean isLoopback() {
        return isV4() ? startsWith(127, 8) : number.equals(BigInteger.ONE);
    }

    boolean isMulticast() {
        return isV4() ? startsWith(0xe, 4) : startsWith(0xff, 8);
    }

    boolean isLinkLocalMulticast() {
        return isV4() ? startsWith(0xe00000, 24) : isMulticast() && group(0).intValue() % 16 == 2;
    }

    boolean isLinkLocalUnicast() {
        return isV4() ? startsWith(0xa9fe, 16) : startsWith(0x3fa, 10);
    }

    boolean isGlobalUnicast() {
        boolean broadcast = isV4() && startsWith(0xffffffffL, V4);
        return !broadcast
                && !isUnspecified()
                && !isLoopback()
                && !isMulticast()
                && !isLinkLocalUnicast();
    }

    private boolean startsWith(long prefix, int length) {
        return number.shiftRight(bits - length).equals(BigInteger.valueOf(prefix));
    }

    /// The address with all bits after the first `length` cleared.
    IpAddress masked(int length) {
        return new IpAddress(number.shiftRight(bits - length).shiftLeft(bits - length), bits);
    }

    private BigInteger group(int index) {
        return number.shiftRight(bits - 16 * (index + 1)).and(MAPPED);
    }

    /// The canonical text, with the longest run of zeros left out.
    @Override
    public String toString() {
        if (isV4()) {
            long value = number.longValue();
            return (value >> 24)
                    + "."
                    + ((value >> 16) & 255)
                    + "."
                    + ((value >> 8) & 255)
                    + "."
                    + (value & 255);
        }
        int start =
                IntStream.range(0, GROUPS)
                        .reduce((best, next) -> zerosFrom(next) > zerosFrom(best) ? next : best)
                        .orElse(0);
        int zeros = zerosFrom(start);
        return zeros < 2
                ? groups(0, GROUPS)
                : groups(0, start) + "::" + groups(start + zeros, GROUPS);
    }

    private int zerosFrom(int start) {
        int end = start;
        while (end < GROUPS && group(end).signum() == 0) {
            end++;
        }
        return end - start;
    }

    private String groups(int from, int to) {
        return String.join(
                ":",
                IntStream.range(from, to).mapToObj(index -> group(index).toString(16)).toList());
    }
}
