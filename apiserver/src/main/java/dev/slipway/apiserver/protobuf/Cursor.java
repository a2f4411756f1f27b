package dev.slipway.apiserver.protobuf;

import dev.slipway.kernel.model.MalformedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A place in a message's bytes. Used by one thread.
final class Cursor {
    static final int VARINT = 0;
    static final int EIGHT_BYTES = 1;
    static final int LENGTH = 2;
    static final int FOUR_BYTES = 5;

    private static final int MAX_VARINT_BYTES = 10;

    private final byte[] bytes;
    private final int end;
    private int at;

    Cursor(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Cursor(byte[] bytes, int at, int end) {
        this.bytes = bytes;
        this.at = at;
        this.end = end;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    /// The next field's number and wire type: `number << 3 | type`.
    int tag() {
        var tag = varint();
        if (tag <= 7 || tag > Integer.MAX_VALUE) {
            throw malformed("field number 0 or too large");
        }
        return (int) tag;
    }

    long varint() {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            var one = next();
            value |= (long) (one & 0x7f) << (7 * i);
            if (one >= 0) {
                return value;
            }
        }
        throw malformed("a number has more than %d bytes".formatted(MAX_VARINT_BYTES));
    }

    double eightBytes() {
        return Double.longBitsToDouble(fixed(Long.BYTES));
    }

    /// What follows a length, as a message of its own.
    Cursor part() {
        var start = at;
        var length = varint();
        if (length < 0 || length > end - at) {
            at = start;
            throw malformed("a length reaches beyond the end");
        }
        at += (int) length;
        return new Cursor(bytes, at - (int) length, at);
    }

    /// All that is left.
    byte[] rest() {
        return Arrays.copyOfRange(bytes, at, end);
    }

    String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, end - at))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("a text is not UTF-8");
        }
    }

    /// Passes over a value.
    void skip(int wireType) {
        switch (wireType) {
            case VARINT -> varint();
            case EIGHT_BYTES -> fixed(Long.BYTES);
            case LENGTH -> part();
            case FOUR_BYTES -> fixed(Integer.BYTES);
            default -> throw malformed("unknown wire type " + wireType);
        }
    }

    MalformedException malformed(String why) {
        return new MalformedException("protobuf: %s at byte %d".formatted(why, at), null);
    }

    private long fixed(int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (next() & 0xffL) << (8 * i);
        }
        return value;
    }

    private byte next() {
        if (isAtEnd()) {
            throw malformed("unexpected end");
        }
        return bytes[at++];
    }
}
