package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.TEXT;

import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// Digests of text, as bytes.
final class HashFunctions {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    static final List<Function> ALL =
            List.of(
                    Function.global(
                            "hash.fnv64a", SimpleType.BYTES, TEXT, text -> bytes(fnv(utf8(text)))),
                    Function.global(
                            "hash.sha256",
                            SimpleType.BYTES,
                            TEXT,
                            text -> bytes(digest("SHA-256", utf8(text)))),
                    Function.global(
                            "hash.md5",
                            SimpleType.BYTES,
                            TEXT,
                            text -> bytes(digest("MD5", utf8(text)))));

    private HashFunctions() {}

    static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private static byte[] fnv(byte[] content) {
        long hash = FNV_OFFSET;
        for (byte octet : content) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return ByteBuffer.allocate(Long.BYTES).putLong(hash).array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static CelByteString bytes(byte[] content) {
        return CelByteString.of(content);
    }
}
