package dev.slipway.apiserver.access;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/// The few values of ASN.1 that certificates are made of, as their bytes in DER.
final class Der {
    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTETS = 0x04;
    private static final int IDENTIFIER = 0x06;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int TAGGED = 0x80;
    private static final int CONSTRUCTED = 0x20;

    /// From this year on times have four digits for the year.
    private static final int LONG_YEARS = 2050;

    /// How long a value may be, in bytes.
    private static final int MAX_LENGTH = 0xffff;

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter LONG =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, joined(parts));
    }

    static byte[] bool(boolean value) {
        return value(BOOLEAN, new byte[] {(byte) (value ? 0xff : 0)});
    }

    static byte[] integer(BigInteger value) {
        return value(INTEGER, value.toByteArray());
    }

    static byte[] octets(byte[] content) {
        return value(OCTETS, content);
    }

    /// Bits of whole bytes but for the last `unused` ones.
    static byte[] bits(int unused, byte... content) {
        return value(BIT_STRING, joined(new byte[] {(byte) unused}, content));
    }

    /// An object identifier, written as `2.5.29.19`.
    static byte[] identifier(String dotted) {
        var arcs = Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
        var content = new ByteArrayOutputStream();
        content.writeBytes(base128(40 * arcs[0] + arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            content.writeBytes(base128(arcs[i]));
        }
        return value(IDENTIFIER, content.toByteArray());
    }

    /// A moment, to the second.
    static byte[] time(Instant moment) {
        var isLong = moment.atOffset(ZoneOffset.UTC).getYear() >= LONG_YEARS;
        var text = (isLong ? LONG : SHORT).format(moment);
        return value(
                isLong ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /// A whole value behind a number that says which one it is.
    static byte[] explicit(int number, byte[] value) {
        return value(TAGGED | CONSTRUCTED | number, value);
    }

    /// The content of a value that a number says the type of.
    static byte[] implicit(int number, byte[] content) {
        return value(TAGGED | number, content);
    }

    private static byte[] value(int tag, byte[] content) {
        return joined(new byte[] {(byte) tag}, length(content.length), content);
    }

    private static byte[] length(int length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException("a value of %d bytes".formatted(length));
        }
        if (length < 0x80) {
            return new byte[] {(byte) length};
        }
        return length < 0x100
                ? new byte[] {(byte) 0x81, (byte) length}
                : new byte[] {(byte) 0x82, (byte) (length >> 8), (byte) length};
    }

    private static byte[] base128(int number) {
        var more = number < 0x80 ? new byte[0] : base128(number >> 7);
        for (int i = 0; i < more.length; i++) {
            more[i] |= (byte) 0x80;
        }
        return joined(more, new byte[] {(byte) (number & 0x7f)});
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
