package dev.slipway.apiserver.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.apiserver.access.CertificateMaker.Signed;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;

class CertificateMakerTest {
    private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
    private static final List<String> HOSTS = List.of("127.0.0.1", "::1", "localhost");

    private final CertificateMaker maker = makerAt(NOW);

    private static CertificateMaker makerAt(Instant now) {
        return new CertificateMaker(Clock.fixed(now, ZoneOffset.UTC), new SecureRandom());
    }

    private static void validate(Signed authority, Signed server, Instant at)
            throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var path = factory.generateCertPath(List.of(server.certificate()));
        var anchor = new TrustAnchor(authority.certificate(), null);
        var parameters = new PKIXParameters(Set.of(anchor));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX").validate(path, parameters);
    }

    @Test
    void makesAChainThatIsTrusted() throws GeneralSecurityException {
        var authority = maker.authority();
        var server = maker.server(authority, HOSTS);

        assertThatCode(() -> validate(authority, server, NOW)).doesNotThrowAnyException();
        authority.certificate().verify(authority.certificate().getPublicKey());
    }

    @Test
    void isTrustedForAYearAndByNobodyElse() throws GeneralSecurityException {
        var authority = maker.authority();
        var server = maker.server(authority, HOSTS);
        var end = NOW.plus(CertificateMaker.SERVER_LIFETIME);

        validate(authority, server, end.minusSeconds(1));
        assertThatThrownBy(() -> validate(authority, server, end.plusSeconds(1)))
                .isInstanceOf(CertPathValidatorException.class);
        assertThatThrownBy(() -> validate(maker.authority(), server, NOW))
                .isInstanceOf(CertPathValidatorException.class);
    }

    @Test
    void saysWhatACertificateIsFor() throws GeneralSecurityException {
        var authority = maker.authority().certificate();
        var server = maker.server(maker.authority(), HOSTS).certificate();

        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(authority.getKeyUsage()[5]).as("signs certificates").isTrue();
        assertThat(authority.getKeyUsage()[6]).as("signs lists").isTrue();
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getKeyUsage()[0]).as("signs data").isTrue();
        assertThat(server.getKeyUsage()[5]).as("signs certificates").isFalse();
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    }

    @Test
    void namesHostsAndAddresses() throws GeneralSecurityException {
        var names = maker.server(maker.authority(), HOSTS).certificate();

        assertThat(names.getSubjectAlternativeNames())
                .containsExactly(
                        List.of(7, "127.0.0.1"),
                        List.of(7, "0:0:0:0:0:0:0:1"),
                        List.of(2, "localhost"));
    }

    @Test
    void namesClientsWithTheirGroups() throws GeneralSecurityException {
        var authority = maker.authority();
        var client = maker.client(authority, "ann,lee", List.of("a", "b"), Duration.ofDays(1));

        validate(authority, client, NOW);
        assertThat(client.certificate().getSubjectX500Principal())
                .isEqualTo(new X500Principal("CN=ann\\,lee,O=a,O=b"));
        assertThat(client.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    }

    @Test
    void pointsFromTheServersToTheAuthoritysKey() throws GeneralSecurityException {
        var authority = maker.authority();
        var own = authority.certificate().getExtensionValue("2.5.29.14");
        var named = maker.server(authority, HOSTS).certificate().getExtensionValue("2.5.29.35");

        assertThat(Arrays.copyOfRange(named, named.length - 20, named.length))
                .isEqualTo(Arrays.copyOfRange(own, own.length - 20, own.length));
    }

    @Test
    void namesManyHosts() throws GeneralSecurityException {
        var hosts = java.util.stream.IntStream.range(0, 200).mapToObj("host-%d.example"::formatted);

        var names = maker.server(maker.authority(), hosts.toList()).certificate();

        assertThat(names.getSubjectAlternativeNames()).hasSize(200);
    }

    @Test
    void reachesIntoYearsOfFourDigits() throws GeneralSecurityException {
        var now = Instant.parse("2049-06-01T00:00:00Z");

        var authority = makerAt(now).authority().certificate();

        assertThat(authority.getNotBefore()).isEqualTo(Date.from(now.minusSeconds(300)));
        assertThat(authority.getNotAfter()).isEqualTo(Date.from(now.plus(3650, ChronoUnit.DAYS)));
    }
}
