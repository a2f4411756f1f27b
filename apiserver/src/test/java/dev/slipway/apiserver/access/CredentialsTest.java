package dev.slipway.apiserver.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.Kubeconfig;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {
    @TempDir private Path folder;
    private final TestClock clock = new TestClock();

    private Credentials open(String... hosts) {
        return Credentials.open(folder, List.of(hosts), clock, new SecureRandom());
    }

    private static X509Certificate certificate(Credentials credentials)
            throws GeneralSecurityException {
        return (X509Certificate)
                Objects.requireNonNull(credentials.keyStore().getCertificate("server"));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void staysTheSameOverStarts() throws Exception {
        var first = open();
        var second = open();

        assertThat(second.token()).isEqualTo(first.token()).hasSizeGreaterThan(40);
        assertThat(second.sessionKey()).isEqualTo(first.sessionKey()).hasSize(32);
        assertThat(second.authority()).isEqualTo(first.authority());
        assertThat(certificate(second)).isEqualTo(certificate(first));
    }

    @Test
    void keepsSecretsFromOthers() throws IOException {
        open().writeKubeconfig(URI.create("https://127.0.0.1:7443"));

        assertThat(mode(folder.resolve("token"))).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("kubeconfig"))).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("keys"))).isEqualTo("rwx------");
    }

    @Test
    void signsTheServerWithItsAuthority() throws Exception {
        var credentials = open("slipway.example", "10.1.2.3");
        var server = certificate(credentials);

        server.verify(credentials.authority().getPublicKey());
        assertThat(server.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .contains(
                        "127.0.0.1", "0:0:0:0:0:0:0:1", "localhost", "slipway.example", "10.1.2.3");
    }

    @Test
    void renewsTheServersCertificateInTime() throws Exception {
        var first = open();

        clock.pass(
                CertificateMaker.SERVER_LIFETIME
                        .minus(Credentials.RENEWED_BEFORE)
                        .minus(Duration.ofDays(1)));
        var kept = open();
        clock.pass(Duration.ofDays(2));
        var renewed = open();

        assertThat(certificate(kept)).isEqualTo(certificate(first));
        assertThat(certificate(renewed)).isNotEqualTo(certificate(first));
        assertThat(renewed.authority()).isEqualTo(first.authority());
    }

    @Test
    void makesAnotherCertificateForAnotherName() throws Exception {
        var first = open();
        var second = open("slipway.example");

        assertThat(certificate(second)).isNotEqualTo(certificate(first));
        assertThat(certificate(open("slipway.example"))).isEqualTo(certificate(second));
    }

    @Test
    void writesAKubeconfigThatFollowsThePort() {
        var credentials = open();

        credentials.writeKubeconfig(URI.create("https://127.0.0.1:7443"));
        var file = credentials.writeKubeconfig(URI.create("https://127.0.0.1:9443"));

        var config = Kubeconfig.read(file);
        assertThat(config.server()).isEqualTo(URI.create("https://127.0.0.1:9443"));
        assertThat(config.token()).isEqualTo(credentials.token());
        assertThat(config.authority()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(config.namespace()).isEqualTo("default");
    }

    @Test
    void leavesAKubeconfigAloneThatIsRight() throws IOException {
        var credentials = open();
        var file = credentials.writeKubeconfig(URI.create("https://127.0.0.1:7443"));
        Files.writeString(
                file, Files.readString(file).replace("namespace: default", "namespace: mine"));

        credentials.writeKubeconfig(URI.create("https://127.0.0.1:7443"));

        assertThat(Kubeconfig.read(file).namespace()).isEqualTo("mine");
    }

    @Test
    void saysWhichFolderItCannotUse() throws IOException {
        Files.writeString(folder.resolve("keys"), "not a folder");

        assertThatThrownBy(this::open)
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("cannot read or make the keys in " + folder);
    }

    @Test
    void saysThatAKeyIsBroken() throws IOException {
        open();
        Files.writeString(folder.resolve("keys/server.pem"), "nonsense");

        assertThatThrownBy(this::open)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no certificate in PEM");
    }
}
