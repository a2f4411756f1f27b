package dev.slipway.apiserver.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The bytes of a message that is being written. Used by one thread.
final class Output {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    boolean isEmpty() {
        return bytes.size() == 0;
    }

    Output number(int field, long value) {
        tag(field, Cursor.VARINT);
        varint(value);
        return this;
    }

    Output eightBytes(int field, double value) {
        tag(field, Cursor.EIGHT_BYTES);
        var bits = Double.doubleToRawLongBits(value);
        for (int i = 0; i < Long.BYTES; i++) {
            bytes.write((int) (bits >>> (8 * i)));
        }
        return this;
    }

    Output text(int field, String value) {
        return part(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Output part(int field, Output message) {
        return part(field, message.toBytes());
    }

    Output part(int field, byte[] value) {
        tag(field, Cursor.LENGTH);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void tag(int field, int wireType) {
        varint(((long) field << 3) | wireType);
    }

    private void varint(long value) {
        var left = value;
        while ((left & ~0x7fL) != 0) {
            bytes.write((int) ((left & 0x7f) | 0x80));
            left >>>= 7;
        }
        bytes.write((int) left);
    }
}
