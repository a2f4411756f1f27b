package dev.slipway.kernel.store;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Bytes that only a key opens, and that nobody can change unnoticed: AES-256-GCM, the nonce in front.
///
/// Nonces are random: one key must not seal more than some billions of boxes.
final class AesBox {
    /// How long a key is.
    static final int KEY_BYTES = 32;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private AesBox() {}

    /// @param bound what the box belongs to: it opens nowhere else
    static byte[] close(byte[] key, byte[] bound, byte[] plain, SecureRandom random) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0);
            cipher.updateAAD(bound);
            var box = new byte[NONCE_BYTES + plain.length + TAG_BITS / Byte.SIZE];
            System.arraycopy(nonce, 0, box, 0, NONCE_BYTES);
            cipher.doFinal(plain, 0, plain.length, box, NONCE_BYTES);
            return box;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-256-GCM", e);
        }
    }

    /// What lies in the box that begins at an offset; empty where the key is another one or a bit has changed.
    static Optional<byte[]> open(byte[] key, byte[] bound, byte[] bytes, int from) {
        if (bytes.length - from < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
            return Optional.empty();
        }
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, key, bytes, from);
            cipher.updateAAD(bound);
            var begin = from + NONCE_BYTES;
            return Optional.of(cipher.doFinal(bytes, begin, bytes.length - begin));
        } catch (AEADBadTagException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES-256-GCM", e);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, int from)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BITS, nonce, from, NONCE_BYTES));
        return cipher;
    }
}
