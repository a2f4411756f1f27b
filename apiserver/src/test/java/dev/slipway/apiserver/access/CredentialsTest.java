package dev.slipway.apiserver.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.Kubeconfig;
import dev.slipway.kernel.access.CertificateRequest;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialsTest {
    /// Of `CN=eva, O=devs, O=ops`, with an elliptic curve.
    private static final String EVA =
            """
            -----BEGIN CERTIFICATE REQUEST-----
            MIHmMIGNAgEAMCsxDDAKBgNVBAMMA2V2YTENMAsGA1UECgwEZGV2czEMMAoGA1UE
            CgwDb3BzMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEGewCoVopepkviaiFA+Pv
            N1Ps+3w/FnIL3seVuUwpscXhyzXPfLUxQpSd45C0f2ui7koKAfo6Z/w8dY5Pma1e
            jaAAMAoGCCqGSM49BAMCA0gAMEUCIBdOzLIkjpRFYLEK1jjeKN1m4vcuxA3yUQXH
            PRHtP4eAAiEA0rCyHeAqoNYzDK6OMWoamojNZGT9XbAitdWP7zanLXc=
            -----END CERTIFICATE REQUEST-----
            """;

    /// Of `CN=jane, O=devs`, with RSA.
    private static final String JANE =
            """
            -----BEGIN CERTIFICATE REQUEST-----
            MIICYzCCAUsCAQAwHjENMAsGA1UEAwwEamFuZTENMAsGA1UECgwEZGV2czCCASIw
            DQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBANUC3uzz/R4/+tHYlZIVUOWm7cIT
            NByt/YjTQmftkVimAKrm0n/YtTBCzqdABX3WvnBzsJVimmoJFqLMGEyJyg/riFfj
            b73dsQWreeWTQD0PyTN70e/VzNZmy5e9KWVAIHyaW2flihslNy/SKshmXf5OUwb9
            mGpSEbo5NAR9rmqa6OqTmJPq/Y+kvZuVb6k2R1APJnkN41ncp4ls2MJeJ3Cqbk6+
            J160ZCBBZspsLLXvDeitsQzyXcR/wDcfVn2af4xUO9f7NWhEwkGvivq1M/vEMC8z
            kdr/qxghpDnBlwm4aLUaS601nCgpBX6fNdnYCbjm35lKHJ5ytPJA30HMcyMCAwEA
            AaAAMA0GCSqGSIb3DQEBCwUAA4IBAQBR0/r8bexGL43kVeie/vOr6jfJ7Wlr16Bl
            lk2C1nScdeo9mMA1SmyE3wFPv8/wsMBv4EUmJh/KtjvHVHqrE9ZusRso44jQvfug
            laU6w6dlLvIwso605+bP7u5tt4/JatcDM+8Bvj/jAG8+nJ5POJPSbbnNePGUZLlL
            dBmDIFBz4bni2d9/pNKhNYaOQjxIq1QQ8oumpGSLb/F7Gp3LaTl29ETRF5/3an+W
            cJ64ThEV9NySfS7d4PvPqA9sqZBlvxGZHJHT7nBaBPKiFMH6RXl2aGZJr4/9DuZE
            iIYPfyyHSgSadMqfXRdiDnUy4m4asQ00WjUFHXdxVT3lmpmK0rq3
            -----END CERTIFICATE REQUEST-----
            """;

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

    @ParameterizedTest
    @CsvSource({"EVA,eva,devs,ops", "JANE,jane,devs,devs"})
    void signsForClientsWhoAsk(String which, String name, String group, String other)
            throws Exception {
        var credentials = open();
        var request =
                CertificateRequest.read(
                        (which.equals("EVA") ? EVA : JANE).getBytes(StandardCharsets.US_ASCII));
        assertThat(request.isSigned()).isTrue();
        assertThat(request.groups()).contains(group, other);

        var signed = Pem.certificate(credentials.sign(request, Duration.ofHours(1)));
        assertThat(signed.getPublicKey().getEncoded()).isEqualTo(request.key());
        var clients = new ClientCertificates(credentials.authority(), clock);
        assertThat(clients.authenticate(List.of(signed)))
                .isInstanceOfSatisfying(
                        Authentication.Known.class,
                        known -> {
                            assertThat(known.identity().user()).isEqualTo(name);
                            assertThat(known.identity().who().groups()).contains(group, other);
                        });

        clock.pass(Duration.ofHours(2));
        assertThat(clients.authenticate(List.of(signed)))
                .isInstanceOf(Authentication.Refused.class);
    }

    @Test
    void tellsWhoDoesNotHoldTheKey() {
        var eva = CertificateRequest.read(EVA.getBytes(StandardCharsets.US_ASCII));
        var jane = CertificateRequest.read(JANE.getBytes(StandardCharsets.US_ASCII));
        var stolen =
                new CertificateRequest(
                        eva.subject(), jane.key(), eva.content(), eva.algorithm(), eva.signature());
        assertThat(stolen.isSigned()).isFalse();
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
