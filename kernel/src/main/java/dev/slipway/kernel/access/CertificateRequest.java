package dev.slipway.kernel.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;

/// What somebody who holds a key wants to be certified as (PKCS #10): a name, with the key's signature below it.
///
/// @param subject the name, in DER
/// @param key the public key with its algorithm, in DER
/// @param content what was signed
/// @param algorithm that it was signed by, an object identifier in hexadecimal digits
public record CertificateRequest(
        byte[] subject, byte[] key, byte[] content, String algorithm, byte[] signature) {
    /// How long a request may be, in bytes of its text.
    public static final int MAX_LENGTH = 64 * 1024;

    private static final Pattern BLOCK =
            Pattern.compile(
                    "-----BEGIN CERTIFICATE REQUEST-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE REQUEST-----");

    /// Algorithms by the bytes of their identifiers: the key's, and the signature's.
    private static final Map<String, List<String>> ALGORITHMS =
            Map.of(
                    "2a864886f70d01010b", List.of("RSA", "SHA256withRSA"),
                    "2a864886f70d01010c", List.of("RSA", "SHA384withRSA"),
                    "2a864886f70d01010d", List.of("RSA", "SHA512withRSA"),
                    "2a8648ce3d040302", List.of("EC", "SHA256withECDSA"),
                    "2a8648ce3d040303", List.of("EC", "SHA384withECDSA"),
                    "2a8648ce3d040304", List.of("EC", "SHA512withECDSA"),
                    "2b6570", List.of("Ed25519", "Ed25519"));

    /// Reads a text in PEM; what is none is an [IllegalArgumentException].
    public static CertificateRequest read(byte[] pem) {
        var text = new String(pem, StandardCharsets.ISO_8859_1);
        var block = BLOCK.matcher(text);
        if (pem.length > MAX_LENGTH || !block.find()) {
            throw new IllegalArgumentException("PEM block type must be CERTIFICATE REQUEST");
        }
        try {
            return decode(Base64.getMimeDecoder().decode(block.group(1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the certificate request is malformed: " + e.getMessage(), e);
        }
    }

    private static CertificateRequest decode(byte[] der) {
        var request = new DerReader(der).inside(DerReader.SEQUENCE);
        var content = request.whole();
        var algorithm = request.inside(DerReader.SEQUENCE).content(DerReader.IDENTIFIER);
        var bits = request.content(DerReader.BIT_STRING);
        var info = new DerReader(content).inside(DerReader.SEQUENCE);
        info.whole();
        var made =
                new CertificateRequest(
                        info.whole(),
                        info.whole(),
                        content,
                        HexFormat.of().formatHex(algorithm),
                        java.util.Arrays.copyOfRange(bits, Math.min(1, bits.length), bits.length));
        made.principal();
        return made;
    }

    /// The name as other parts of Java know it.
    public X500Principal principal() {
        return new X500Principal(subject);
    }

    /// Whether whoever asks holds the key.
    public boolean isSigned() {
        var algorithms = ALGORITHMS.getOrDefault(algorithm, List.of());
        if (algorithms.isEmpty()) {
            return false;
        }
        try {
            var verifier = Signature.getInstance(algorithms.getLast());
            verifier.initVerify(
                    KeyFactory.getInstance(algorithms.getFirst())
                            .generatePublic(new X509EncodedKeySpec(key)));
            verifier.update(content);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /// The groups that the name says, each an organisation.
    public List<String> groups() {
        var groups = new ArrayList<String>();
        try {
            for (var part : new LdapName(principal().getName()).getRdns()) {
                read(part, groups);
            }
        } catch (NamingException e) {
            throw new IllegalStateException("a principal has no readable name", e);
        }
        return groups;
    }

    private static void read(Rdn part, List<String> groups) throws NamingException {
        var attributes = part.toAttributes().getAll();
        while (attributes.hasMore()) {
            var attribute = attributes.next();
            for (int i = 0; i < attribute.size(); i++) {
                if (attribute.getID().toUpperCase(Locale.ROOT).equals("O")) {
                    groups.add(String.valueOf(attribute.get(i)));
                }
            }
        }
    }
}
