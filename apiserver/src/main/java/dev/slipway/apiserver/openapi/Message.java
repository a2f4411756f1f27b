package dev.slipway.apiserver.openapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A protobuf message that is being written, field by field; what is empty is left out. Used by one thread.
final class Message {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    byte[] bytes() {
        return out.toByteArray();
    }

    /// A text, where the value is one.
    Message text(int field, @Nullable Object value) {
        if (value instanceof String text && !text.isEmpty()) {
            bytes(field, text.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    /// Each text of a list.
    Message texts(int field, List<Object> values) {
        values.forEach(value -> text(field, value));
        return this;
    }

    /// A truth value, where it is true.
    Message flag(int field, @Nullable Object value) {
        if (Boolean.TRUE.equals(value)) {
            tag(field, VARINT);
            varint(1);
        }
        return this;
    }

    /// A whole number, where the value is one.
    Message whole(int field, @Nullable Object value) {
        if (value instanceof Long number && number != 0) {
            tag(field, VARINT);
            varint(number);
        }
        return this;
    }

    /// A number, where the value is one.
    Message decimal(int field, @Nullable Object value) {
        if (value instanceof Number number && number.doubleValue() != 0) {
            tag(field, FIXED64);
            var bits = Double.doubleToLongBits(number.doubleValue());
            for (int i = 0; i < Long.BYTES; i++) {
                out.write((int) (bits >>> (8 * i)));
            }
        }
        return this;
    }

    /// A message within this one, even where it is empty.
    Message message(int field, Message inner) {
        bytes(field, inner.bytes());
        return this;
    }

    private void bytes(int field, byte[] bytes) {
        tag(field, LENGTH);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    private void tag(int field, int wireType) {
        varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
        var rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
