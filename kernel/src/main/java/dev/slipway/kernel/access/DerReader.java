package dev.slipway.kernel.access;

import java.util.Arrays;

/// Reads values of DER one after the other out of some bytes. Belongs to one thread.
final class DerReader {
    static final int BIT_STRING = 0x03;
    static final int IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private int at;

    DerReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The next value with its head.
    byte[] whole() {
        var start = at;
        at = end(start);
        return Arrays.copyOfRange(bytes, start, at);
    }

    /// The content of the next value, which must have this tag.
    byte[] content(int tag) {
        if (at >= bytes.length || (bytes[at] & 0xff) != tag) {
            throw new IllegalArgumentException("expected another value at byte " + at);
        }
        var start = at;
        at = end(start);
        return Arrays.copyOfRange(bytes, body(start), at);
    }

    /// A reader of what is in the next value.
    DerReader inside(int tag) {
        return new DerReader(content(tag));
    }

    private int body(int start) {
        return start + 2 + lengthBytes(start);
    }

    private int end(int start) {
        var more = lengthBytes(start);
        long length = more == 0 ? at(start + 1) : 0;
        for (int i = 0; i < more; i++) {
            length = length << 8 | at(start + 2 + i);
        }
        long end = body(start) + length;
        if (end > bytes.length) {
            throw new IllegalArgumentException("a value ends behind the last byte");
        }
        return (int) end;
    }

    /// How many bytes say the length, where one is not enough.
    private int lengthBytes(int start) {
        var first = at(start + 1);
        var more = first < 0x80 ? 0 : first & 0x7f;
        if (first == 0x80 || more > 3) {
            throw new IllegalArgumentException("a length that is not one");
        }
        return more;
    }

    private int at(int index) {
        if (index >= bytes.length) {
            throw new IllegalArgumentException("a value ends behind the last byte");
        }
        return bytes[index] & 0xff;
    }
}
