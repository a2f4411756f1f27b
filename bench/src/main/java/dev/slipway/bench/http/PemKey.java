package dev.slipway.bench.http;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Private keys as kubeconfig files hold them: PKCS#8, or RSA and EC in forms of their own, which are wrapped.
final class PemKey {
    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN (RSA |EC |)PRIVATE KEY-----([^-]+)-----END \\1PRIVATE KEY-----");

    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
    private static final String EC = "06072a8648ce3d0201";

    /// P-256, P-384, P-521 as they stand in a key.
    private static final List<String> CURVES =
            List.of("06082a8648ce3d030107", "06052b81040022", "06052b81040023");

    private PemKey() {}

    static PrivateKey read(String pem) throws GeneralSecurityException {
        var found = PEM.matcher(pem);
        if (!found.find()) {
            throw new InvalidKeyException("client-key holds no PEM private key that can be read");
        }
        var bytes = Base64.getMimeDecoder().decode(found.group(2));
        return switch (found.group(1)) {
            case "RSA " -> key("RSA", wrapped(RSA, bytes));
            case "EC " -> key("EC", wrapped(curve(bytes), bytes));
            default -> any(bytes);
        };
    }

    /// A key that says itself of what sort it is.
    private static PrivateKey any(byte[] bytes) throws GeneralSecurityException {
        var last = new InvalidKeyException("client-key is of an unknown sort");
        for (var algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return key(algorithm, bytes);
            } catch (GeneralSecurityException e) {
                last.addSuppressed(e);
            }
        }
        throw last;
    }

    private static PrivateKey key(String algorithm, byte[] bytes) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
    }

    private static byte[] curve(byte[] key) throws InvalidKeyException {
        var hex = HexFormat.of().formatHex(key);
        var curve =
                CURVES.stream()
                        .filter(hex::contains)
                        .findFirst()
                        .orElseThrow(
                                () -> new InvalidKeyException("client-key is on an unknown curve"));
        return element(0x30, HexFormat.of().parseHex(EC + curve));
    }

    private static byte[] wrapped(byte[] algorithm, byte[] key) {
        return element(0x30, VERSION, algorithm, element(0x04, key));
    }

    /// One element of ASN.1 in DER.
    private static byte[] element(int tag, byte[]... parts) {
        var length = 0;
        for (var part : parts) {
            length += part.length;
        }
        var out = new ByteArrayOutputStream(length + 4);
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
