package dev.slipway.bench.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class PemKeyTest {
    /// What comes before the key itself in PKCS#8: of RSA with 2,048 bits, of EC on P-256.
    private static final int RSA_HEAD = 26;

    private static final int EC_HEAD = 28;

    @Test
    void readsKeysThatSayOfWhatSortTheyAre() throws GeneralSecurityException {
        for (var algorithm : new String[] {"RSA", "EC", "Ed25519"}) {
            var key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();

            assertThat(PemKey.read(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
        }
    }

    @Test
    void readsRsaKeysInTheirOwnForm() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var key = generator.generateKeyPair().getPrivate();

        assertThat(PemKey.read(pem("RSA PRIVATE KEY", bare(key, RSA_HEAD)))).isEqualTo(key);
    }

    @Test
    void readsEllipticKeysInTheirOwnForm() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var key = generator.generateKeyPair().getPrivate();
        var bare = named(bare(key, EC_HEAD));

        assertThat(secret(PemKey.read(pem("EC PRIVATE KEY", bare)))).isEqualTo(secret(key));
    }

    @Test
    void saysThatThereIsNoKey() {
        assertThatThrownBy(() -> PemKey.read("")).hasMessageContaining("client-key");
    }

    /// Two forms of a key differ in what they say of its curve.
    private static BigInteger secret(PrivateKey key) {
        return ((ECPrivateKey) key).getS();
    }

    private static byte[] bare(PrivateKey key, int head) {
        var encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, head, encoded.length);
    }

    /// A key on its own names its curve, which the one in PKCS#8 leaves to what is around it.
    private static byte[] named(byte[] key) {
        var curve =
                new byte[] {
                    (byte) 0xa0, 10, 6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7
                };
        var named = Arrays.copyOf(key, key.length + curve.length);
        System.arraycopy(curve, 0, named, key.length, curve.length);
        named[1] += (byte) curve.length;
        return named;
    }

    private static String pem(String type, byte[] key) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, Base64.getMimeEncoder().encodeToString(key), type);
    }
}
