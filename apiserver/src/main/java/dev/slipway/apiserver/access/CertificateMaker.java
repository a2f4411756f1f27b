package dev.slipway.apiserver.access;

import dev.slipway.kernel.access.CertificateRequest;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Pattern;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// Makes the certificate authority of an installation and the certificates that it signs: elliptic curve keys.
///
/// Writes X.509 itself, since Java reads certificates and makes none: a library for that is so large that checking its
/// signature took longer than all else of a start.
final class CertificateMaker {
    static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
    static final Duration SERVER_LIFETIME = Duration.ofDays(365);

    /// How far a certificate reaches back, for clients whose clocks are slow.
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    private static final byte[] ECDSA_SHA256 = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";

    private static final byte SIGNS_CERTIFICATES_AND_LISTS = 0x06;
    private static final byte SIGNS_DATA = (byte) 0x80;
    private static final byte SIGNS_DATA_AND_KEYS = (byte) 0xa0;
    private static final int VERSION_3 = 2;
    private static final int DNS_NAME = 2;
    private static final int ADDRESS_NAME = 7;

    /// How many bytes a point of the curve has at the end of an encoded key.
    private static final int POINT_BYTES = 65;

    private static final int KEY_ID_BYTES = 20;
    private static final int SHORT_HEAD_BYTES = 2;

    /// A certificate with its key.
    record Signed(X509Certificate certificate, PrivateKey key) {}

    private final Clock clock;
    private final SecureRandom random;

    CertificateMaker(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /// A new authority that signs itself.
    Signed authority() throws GeneralSecurityException {
        var name = new X500Principal("CN=Slipway CA " + Long.toHexString(random.nextLong()));
        var pair = pair();
        var extensions =
                Der.sequence(
                        extension(
                                BASIC_CONSTRAINTS,
                                true,
                                Der.sequence(Der.bool(true), Der.integer(BigInteger.ZERO))),
                        extension(KEY_USAGE, true, Der.bits(1, SIGNS_CERTIFICATES_AND_LISTS)),
                        extension(SUBJECT_KEY, false, Der.octets(keyId(pair.getPublic()))));
        return signed(name, pair.getPrivate(), name, pair, AUTHORITY_LIFETIME, extensions);
    }

    /// A certificate for a server that answers under these names and addresses.
    Signed server(Signed authority, Collection<String> hosts) throws GeneralSecurityException {
        var extensions =
                Der.sequence(
                        extension(BASIC_CONSTRAINTS, true, Der.sequence()),
                        extension(KEY_USAGE, true, Der.bits(7, SIGNS_DATA)),
                        purpose(SERVER_AUTHENTICATION),
                        authorityKey(authority),
                        extension(ALTERNATIVE_NAMES, false, names(hosts)));
        return signed(
                authority.certificate().getSubjectX500Principal(),
                authority.key(),
                new X500Principal("CN=slipway"),
                pair(),
                SERVER_LIFETIME,
                extensions);
    }

    /// A certificate for a client, with its name and its groups.
    Signed client(Signed authority, String name, Collection<String> groups, Duration lifetime)
            throws GeneralSecurityException {
        var subject = new StringBuilder("CN=").append(Rdn.escapeValue(name));
        groups.forEach(group -> subject.append(",O=").append(Rdn.escapeValue(group)));
        var extensions =
                Der.sequence(
                        extension(BASIC_CONSTRAINTS, true, Der.sequence()),
                        extension(KEY_USAGE, true, Der.bits(7, SIGNS_DATA)),
                        purpose(CLIENT_AUTHENTICATION),
                        authorityKey(authority));
        return signed(
                authority.certificate().getSubjectX500Principal(),
                authority.key(),
                new X500Principal(subject.toString()),
                pair(),
                lifetime,
                extensions);
    }

    /// A certificate for whoever asked for one, with the name and the key of the request; good no longer than the
    /// authority.
    X509Certificate client(Signed authority, CertificateRequest request, Duration lifetime)
            throws GeneralSecurityException {
        var extensions =
                Der.sequence(
                        extension(BASIC_CONSTRAINTS, true, Der.sequence()),
                        extension(KEY_USAGE, true, Der.bits(5, SIGNS_DATA_AND_KEYS)),
                        purpose(CLIENT_AUTHENTICATION),
                        authorityKey(authority));
        var left =
                Duration.between(
                        clock.instant(), authority.certificate().getNotAfter().toInstant());
        return signed(
                authority.certificate().getSubjectX500Principal(),
                authority.key(),
                request.subject(),
                request.key(),
                lifetime.compareTo(left) < 0 ? lifetime : left,
                extensions);
    }

    private Signed signed(
            X500Principal issuer,
            PrivateKey issuerKey,
            X500Principal subject,
            KeyPair pair,
            Duration lifetime,
            byte[] extensions)
            throws GeneralSecurityException {
        return new Signed(
                signed(
                        issuer,
                        issuerKey,
                        subject.getEncoded(),
                        pair.getPublic().getEncoded(),
                        lifetime,
                        extensions),
                pair.getPrivate());
    }

    private X509Certificate signed(
            X500Principal issuer,
            PrivateKey issuerKey,
            byte[] subject,
            byte[] key,
            Duration lifetime,
            byte[] extensions)
            throws GeneralSecurityException {
        var now = clock.instant();
        var content =
                Der.sequence(
                        Der.explicit(0, Der.integer(BigInteger.valueOf(VERSION_3))),
                        Der.integer(new BigInteger(127, random).add(BigInteger.ONE)),
                        ECDSA_SHA256,
                        issuer.getEncoded(),
                        Der.sequence(Der.time(now.minus(BACKDATED)), Der.time(now.plus(lifetime))),
                        subject,
                        key,
                        Der.explicit(3, extensions));
        return read(Der.sequence(content, ECDSA_SHA256, Der.bits(0, sign(content, issuerKey))));
    }

    private KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private byte[] sign(byte[] content, PrivateKey key) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key, random);
        signature.update(content);
        return signature.sign();
    }

    private static X509Certificate read(byte[] bytes) throws GeneralSecurityException {
        var in = new ByteArrayInputStream(bytes);
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }

    private static byte[] extension(String identifier, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.identifier(identifier), Der.bool(true), Der.octets(value))
                : Der.sequence(Der.identifier(identifier), Der.octets(value));
    }

    private static byte[] purpose(String identifier) {
        return extension(EXTENDED_KEY_USAGE, false, Der.sequence(Der.identifier(identifier)));
    }

    private static byte[] authorityKey(Signed authority) throws GeneralSecurityException {
        var keyId = Der.implicit(0, subjectKeyId(authority.certificate()));
        return extension(AUTHORITY_KEY, false, Der.sequence(keyId));
    }

    /// What tells keys apart: some bytes of the digest of a key's point.
    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        var encoded = key.getEncoded();
        var sha = MessageDigest.getInstance("SHA-256");
        sha.update(encoded, encoded.length - POINT_BYTES, POINT_BYTES);
        return Arrays.copyOf(sha.digest(), KEY_ID_BYTES);
    }

    /// As an authority's certificate says it: bytes in bytes, each with a tag and a short length before them.
    private static byte[] subjectKeyId(X509Certificate authority) throws GeneralSecurityException {
        var value = authority.getExtensionValue(SUBJECT_KEY);
        return value == null
                ? keyId(authority.getPublicKey())
                : Arrays.copyOfRange(value, 2 * SHORT_HEAD_BYTES, value.length);
    }

    private static byte[] names(Collection<String> hosts) {
        return Der.sequence(hosts.stream().map(CertificateMaker::name).toArray(byte[][]::new));
    }

    private static byte[] name(String host) {
        return ADDRESS.matcher(host).matches()
                ? Der.implicit(ADDRESS_NAME, InetAddress.ofLiteral(host).getAddress())
                : Der.implicit(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
    }
}
