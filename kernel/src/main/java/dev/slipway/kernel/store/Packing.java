package dev.slipway.kernel.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// How bodies of the past are kept in few bytes: deflated alone, or as what differs from the next revision of the same
/// key. The first byte tells which; a plain body begins with `{`.
///
/// A delta is a deflated body with the other one as its dictionary. Its header names that one's number, and how many
/// deltas lead to it one after the other, so that no body is more than [#DEEPEST] steps away from a whole one.
final class Packing {
    /// How many deltas may have to be read for one body.
    static final int DEEPEST = 8;

    private static final byte ALONE = 1;
    private static final byte DELTA = 2;
    private static final int ALONE_HEADER = 1 + Integer.BYTES;
    private static final int DELTA_HEADER = 2 + Long.BYTES + Integer.BYTES;
    private static final int LARGEST = 64 * 1024 * 1024;

    private Packing() {}

    static boolean isPlain(byte[] stored) {
        return starts(stored, (byte) '{');
    }

    static boolean isAlone(byte[] stored) {
        return starts(stored, ALONE);
    }

    static boolean isDelta(byte[] stored) {
        return starts(stored, DELTA) && stored.length > DELTA_HEADER;
    }

    /// How many deltas lead to this one, one after the other.
    static int height(byte[] delta) {
        return delta[1];
    }

    /// The number of the revision that a delta differs from.
    static long base(byte[] delta) {
        return ByteBuffer.wrap(delta).getLong(2);
    }

    /// The body in itself, or plain where that is not longer.
    static byte[] alone(byte[] body) {
        var out = new ByteArrayOutputStream(body.length / 2);
        out.writeBytes(ByteBuffer.allocate(ALONE_HEADER).put(ALONE).putInt(body.length).array());
        deflate(body, null, out);
        return out.size() < body.length ? out.toByteArray() : body;
    }

    /// The body as what differs from another one.
    static byte[] delta(byte[] body, byte[] other, long number, int height) {
        var out = new ByteArrayOutputStream(128);
        out.writeBytes(
                ByteBuffer.allocate(DELTA_HEADER)
                        .put(DELTA)
                        .put((byte) height)
                        .putLong(number)
                        .putInt(body.length)
                        .array());
        deflate(body, other, out);
        return out.toByteArray();
    }

    /// The body that was deflated alone.
    static byte[] unpacked(byte[] alone) {
        return inflate(ByteBuffer.wrap(alone, 1, alone.length - 1), null);
    }

    /// The body that differs from another one so.
    static byte[] unpacked(byte[] delta, byte[] other) {
        var from = DELTA_HEADER - Integer.BYTES;
        return inflate(ByteBuffer.wrap(delta, from, delta.length - from), other);
    }

    private static boolean starts(byte[] stored, byte mark) {
        return stored.length > 0 && stored[0] == mark;
    }

    private static void deflate(
            byte[] body, byte @Nullable [] dictionary, ByteArrayOutputStream out) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            if (dictionary != null) {
                deflater.setDictionary(dictionary);
            }
            deflater.setInput(body);
            deflater.finish();
            var part = new byte[4_096];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(ByteBuffer packed, byte @Nullable [] dictionary) {
        var inflater = new Inflater(true);
        try {
            var length = packed.getInt();
            if (length < 0 || length > LARGEST) {
                throw SqlRows.damaged("a packed body cannot have %d bytes".formatted(length));
            }
            if (dictionary != null) {
                inflater.setDictionary(dictionary);
            }
            inflater.setInput(packed);
            var body = new byte[length];
            var read = 0;
            for (var more = 1; more > 0 && read < length; read += more) {
                more = inflater.inflate(body, read, length - read);
            }
            if (read < length) {
                throw SqlRows.damaged("a packed body is cut short");
            }
            return body;
        } catch (DataFormatException e) {
            var damaged = SqlRows.damaged("a packed body cannot be unpacked");
            damaged.initCause(e);
            throw damaged;
        } finally {
            inflater.end();
        }
    }
}
