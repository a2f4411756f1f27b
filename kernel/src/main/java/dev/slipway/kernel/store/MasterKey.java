package dev.slipway.kernel.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/// The key that a store's data keys are wrapped with. Safe for any thread.
///
/// A wrapped key is the [#VERSION] of this form, the id of the master key and an [AesBox] bound to the uid.
final class MasterKey {
    /// The form of a wrapped key.
    static final byte VERSION = 1;

    private static final int ID_BYTES = 8;
    private static final int HEADER = 1 + ID_BYTES;

    private final byte[] key;
    private final byte[] id;
    private final SecureRandom random;

    MasterKey(byte[] key, SecureRandom random) {
        if (key.length != AesBox.KEY_BYTES) {
            throw new IllegalArgumentException("a key of %d bytes".formatted(key.length));
        }
        this.key = key.clone();
        this.id = id(key);
        this.random = random;
    }

    static byte[] fresh(SecureRandom random) {
        var key = new byte[AesBox.KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    SecureRandom random() {
        return random;
    }

    byte[] wrap(String uid, byte[] dataKey) {
        var box = AesBox.close(key, bound(uid), dataKey, random);
        return ByteBuffer.allocate(HEADER + box.length).put(VERSION).put(id).put(box).array();
    }

    /// Whether it says that this key wrapped it.
    boolean wrapped(byte[] wrapped) {
        return wrapped.length > HEADER
                && wrapped[0] == VERSION
                && Arrays.equals(wrapped, 1, HEADER, id, 0, ID_BYTES);
    }

    /// The data key, whatever is said of who wrapped it; empty where another key did or it is damaged.
    Optional<byte[]> unwrap(String uid, byte[] wrapped) {
        return wrapped.length > HEADER
                ? AesBox.open(key, bound(uid), wrapped, HEADER)
                : Optional.empty();
    }

    private static byte[] bound(String uid) {
        return uid.getBytes(StandardCharsets.UTF_8);
    }

    /// Tells keys apart and gives nothing of them away.
    private static byte[] id(byte[] key) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update("slipway secrets key".getBytes(StandardCharsets.US_ASCII));
            return Arrays.copyOf(sha.digest(key), ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
