package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.INT;
import static dev.slipway.expression.library.Parameter.TEXT;

import dev.cel.common.types.SimpleType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Values that look random and are the same for the same seed.
final class RandomFunctions {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// The longest text that is made.
    private static final long MAXIMAL_LENGTH = 65_536;

    static final List<Function> ALL =
            List.of(
                    Function.global(
                            "random.seededString",
                            SimpleType.STRING,
                            INT,
                            TEXT,
                            RandomFunctions::text),
                    Function.global(
                            "random.seededInt",
                            SimpleType.INT,
                            INT,
                            INT,
                            TEXT,
                            RandomFunctions::number));

    private RandomFunctions() {}

    /// Repeats after eight characters, as a digest holds eight numbers: the same text as everywhere else.
    private static String text(long length, String seed) {
        if (length <= 0) {
            throw Failures.invalid("length must be positive, got " + length);
        }
        if (length > MAXIMAL_LENGTH) {
            throw Failures.invalid("length must be at most " + MAXIMAL_LENGTH + ", got " + length);
        }
        ByteBuffer digest = digest(seed);
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < length; index++) {
            int number = digest.getInt(4 * index % digest.capacity());
            text.append(ALPHABET.charAt(Integer.remainderUnsigned(number, ALPHABET.length())));
        }
        return text.toString();
    }

    private static long number(long from, long to, String seed) {
        if (from >= to) {
            throw Failures.invalid("min must be less than max, got " + from + " and " + to);
        }
        return from + Long.remainderUnsigned(digest(seed).getLong(0), to - from);
    }

    private static ByteBuffer digest(String seed) {
        return ByteBuffer.wrap(
                HashFunctions.digest("SHA-256", seed.getBytes(StandardCharsets.UTF_8)));
    }
}
