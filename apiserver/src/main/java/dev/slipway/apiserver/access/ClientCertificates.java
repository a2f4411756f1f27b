package dev.slipway.apiserver.access;

import dev.slipway.client.web.Identity;
import dev.slipway.kernel.model.User;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.naming.NamingException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/// Knows the users whose certificates the authority of this installation has signed: the common name is the user, each
/// organisation a group. Safe to use from any thread.
public final class ClientCertificates {
    /// How many certificates that were found good are remembered; the one that was not seen longest goes first.
    static final int MAX_REMEMBERED = 1_000;

    private static final String FOR_CLIENTS = "1.3.6.1.5.5.7.3.2";
    private static final String FOR_ANYTHING = "2.5.29.37.0";

    private final X509Certificate authority;
    private final Clock clock;
    private final Map<X509Certificate, User> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<X509Certificate, User> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    public ClientCertificates(X509Certificate authority, Clock clock) {
        this.authority = authority;
        this.clock = clock;
    }

    /// The authority that signs them, which the handshake tells clients of.
    public X509Certificate authority() {
        return authority;
    }

    /// Who shows a chain of certificates, their own first.
    public Authentication authenticate(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return new Authentication.Nobody();
        }
        var own = chain.getFirst();
        return isNow(own)
                ? user(own, chain)
                        .<Authentication>map(user ->
                                new Authentication.Known(
                                        Identity.of(user, own.getNotAfter().toInstant())))
                        .orElseGet(Authentication.Refused::new)
                : new Authentication.Refused();
    }

    private boolean isNow(X509Certificate certificate) {
        var now = clock.instant();
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private Optional<User> user(X509Certificate own, List<X509Certificate> chain) {
        synchronized (remembered) {
            var found = remembered.get(own);
            if (found != null) {
                return Optional.of(found);
            }
        }
        var user = isGood(own, chain) ? user(own) : Optional.<User>empty();
        user.ifPresent(known -> {
            synchronized (remembered) {
                remembered.put(own, known);
            }
        });
        return user;
    }

    private boolean isGood(X509Certificate own, List<X509Certificate> chain) {
        try {
            var parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(clock.instant()));
            var path =
                    CertificateFactory.getInstance("X.509")
                            .generateCertPath(
                                    chain.stream().filter(one -> !one.equals(authority)).toList());
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return isForClients(own);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isForClients(X509Certificate own) throws CertificateParsingException {
        var uses = own.getExtendedKeyUsage();
        return uses == null || uses.contains(FOR_CLIENTS) || uses.contains(FOR_ANYTHING);
    }

    /// Nobody where there is no common name.
    private static Optional<User> user(X509Certificate own) {
        try {
            var names = new ArrayList<String>();
            var groups = new ArrayList<String>();
            var subject = new LdapName(own.getSubjectX500Principal().getName());
            for (var part : subject.getRdns()) {
                read(part, names, groups);
            }
            groups.add(User.AUTHENTICATED);
            return names.stream().findFirst().map(name -> User.of(name, groups));
        } catch (NamingException e) {
            return Optional.empty();
        }
    }

    private static void read(Rdn part, List<String> names, List<String> groups)
            throws NamingException {
        var attributes = part.toAttributes().getAll();
        while (attributes.hasMore()) {
            var attribute = attributes.next();
            for (int i = 0; i < attribute.size(); i++) {
                var value = String.valueOf(attribute.get(i));
                switch (attribute.getID().toUpperCase(java.util.Locale.ROOT)) {
                    case "CN" -> names.add(value);
                    case "O" -> groups.add(value);
                    default -> {}
                }
            }
        }
    }
}
