package dev.slipway.apiserver.access;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes the certificate authority of an installation and the certificates that it signs: elliptic curve keys.
final class CertificateMaker {
    static final Duration AUTHORITY_LIFETIME = Duration.ofDays(3650);
    static final Duration SERVER_LIFETIME = Duration.ofDays(365);

    /// How far a certificate reaches back, for clients whose clocks are slow.
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

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
        var builder = builder(name, name, pair, AUTHORITY_LIFETIME);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        } catch (IOException e) {
            throw new GeneralSecurityException("cannot make a certificate authority", e);
        }
        return new Signed(sign(builder, pair.getPrivate()), pair.getPrivate());
    }

    /// A certificate for a server that answers under these names and addresses.
    Signed server(Signed authority, Collection<String> hosts) throws GeneralSecurityException {
        var pair = pair();
        var builder =
                builder(
                        authority.certificate().getSubjectX500Principal(),
                        new X500Principal("CN=slipway"),
                        pair,
                        SERVER_LIFETIME);
        try {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils()
                            .createAuthorityKeyIdentifier(authority.certificate()));
            builder.addExtension(Extension.subjectAlternativeName, false, names(hosts));
        } catch (IOException e) {
            throw new GeneralSecurityException("cannot make a server certificate", e);
        }
        return new Signed(sign(builder, authority.key()), pair.getPrivate());
    }

    private JcaX509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, KeyPair pair, Duration lifetime) {
        Instant now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, random),
                Date.from(now.minus(BACKDATED)),
                Date.from(now.plus(lifetime)),
                subject,
                pair.getPublic());
    }

    private KeyPair pair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private static X509Certificate sign(JcaX509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException("cannot sign a certificate", e);
        }
    }

    private static GeneralNames names(Collection<String> hosts) {
        return new GeneralNames(
                hosts.stream()
                        .map(host ->
                                new GeneralName(
                                        ADDRESS.matcher(host).matches()
                                                ? GeneralName.iPAddress
                                                : GeneralName.dNSName,
                                        host))
                        .toArray(GeneralName[]::new));
    }
}
