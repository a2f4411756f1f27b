package dev.slipway.cluster.simulation;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Numbers and addresses that follow from what they are for, so that playing needs no chance.
public final class Digest {
    private static final long BASIS = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int BASIS_32 = 0x811c9dc5;
    private static final int PRIME_32 = 0x01000193;

    /// Letters of which no words are made.
    private static final String SAFE = "bcdfghjklmnpqrstvwxz2456789";

    private Digest() {}

    /// FNV-1a, 64 bits, as hexadecimal digits.
    public static String of(String text) {
        return HexFormat.of().toHexDigits(number(text));
    }

    /// FNV-1a, 64 bits.
    public static long number(String text) {
        long hash = BASIS;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * PRIME;
        }
        return hash;
    }

    /// A short name of letters that make no words: FNV, 32 bits, its decimal digits spelled, as the original does.
    public static String name(String text) {
        int hash = BASIS_32;
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (one & 0xff)) * PRIME_32;
        }
        var name = new StringBuilder();
        Integer.toUnsignedString(hash)
                .chars()
                .forEach(digit -> name.append(SAFE.charAt(digit % SAFE.length())));
        return name.toString();
    }

    /// An address under a prefix of two numbers; never one that ends in 0 or 255.
    public static String address(String prefix, String text) {
        var hash = number(text);
        return "%s.%d.%d".formatted(prefix, (hash >>> 32) & 0xff, 1 + ((hash >>> 8) & 0xff) % 254);
    }
}
