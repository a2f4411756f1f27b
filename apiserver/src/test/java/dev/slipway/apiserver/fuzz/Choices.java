package dev.slipway.apiserver.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Decisions that are read from bytes, so that small changes of the bytes are small changes of what is decided; when the
/// bytes have ended, the first choice is taken. Belongs to one input on one thread.
final class Choices {
    private final byte[] bytes;
    private int next;

    Choices(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isEmpty() {
        return next >= bytes.length;
    }

    int below(int bound) {
        return isEmpty() ? 0 : (bytes[next++] & 0xff) % bound;
    }

    boolean oneIn(int count) {
        return below(count) == count - 1;
    }

    <T> T of(List<T> all) {
        return all.get(below(all.size()));
    }

    /// Up to this many bytes, as text that may be no UTF-8.
    String text(int most) {
        int length = Math.min(below(most + 1), bytes.length - next);
        String text = new String(bytes, next, length, StandardCharsets.UTF_8);
        next += length;
        return text;
    }

    byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, Math.min(next, bytes.length), bytes.length);
        next = bytes.length;
        return rest;
    }
}
