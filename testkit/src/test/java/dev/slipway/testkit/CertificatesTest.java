package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.control.certificate.Certificates;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who asks for a certificate, who decides, and what is signed.
class CertificatesTest {
    /// Of `CN=eva, O=devs, O=ops`.
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

    private static final KindKey REQUESTS =
            KindKey.of("certificates.k8s.io", "certificatesigningrequests");
    private static final User JANE = User.of("jane", List.of("system:authenticated"));
    private static final String CLIENTS = "kubernetes.io/kube-apiserver-client";

    private static final String CERTIFICATE =
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    private final List<String> signed = new ArrayList<>();
    private World world;

    @BeforeEach
    void start() {
        var rbac = new Rbac(() -> world.store().state());
        world =
                World.of(
                        new Certificates(
                                rbac,
                                (request, lifetime) -> {
                                    signed.add(
                                            request.principal() + " for " + lifetime.toMinutes());
                                    return CERTIFICATE;
                                },
                                Clock.systemUTC()));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private static WriteOptions as(User user) {
        return new WriteOptions(
                Attribution.of(user.name()), "test", false, Strictness.WARN, Optional.of(user));
    }

    private Resource request(String signer, String usages, String more) {
        var body =
                """
                {"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": {"name": "eva"},
                 "spec": {"request": "%s", "signerName": "%s", "usages": [%s], "username": "nobody"%s}}
                """
                        .formatted(
                                Base64.getEncoder()
                                        .encodeToString(EVA.getBytes(StandardCharsets.US_ASCII)),
                                signer,
                                usages,
                                more);
        var served = world.served("certificates.k8s.io/v1", "CertificateSigningRequest");
        return world.resources().create(served, "", Json.readObject(body), as(JANE)).object();
    }

    private Resource decide(String type, User user) {
        return write(
                "approval",
                Map.of("conditions", List.of(Map.of("type", type, "status", "True"))),
                user);
    }

    private Resource write(String subresource, Map<String, Object> status, User user) {
        var served = world.served("certificates.k8s.io/v1", "CertificateSigningRequest");
        var patch = new Patch.Merge(Map.of("status", status));
        return world.resources().patch(served, "", "eva", subresource, patch, as(user)).object();
    }

    private Resource eva() {
        return world.find("certificates.k8s.io/v1", "CertificateSigningRequest", "", "eva")
                .orElseThrow();
    }

    private void may(String verb, String signer) {
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: deciding}
                rules: [{apiGroups: [certificates.k8s.io], resources: [signers], resourceNames: ["%s"], verbs: [%s]}]
                """
                        .formatted(signer, verb));
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: deciding}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: deciding}
                subjects: [{kind: User, apiGroup: rbac.authorization.k8s.io, name: jane}]
                """);
    }

    @Test
    void takesRequestsAwayThatNobodyNeedsAnyMore() {
        world.close();
        var clock = new TestClock();
        var rbac = new Rbac(() -> world.store().state());
        world = World.at(clock, new Certificates(rbac, (_, _) -> CERTIFICATE, clock));
        request("acme.dev/open", "\"client auth\"", "");
        world.pass(Duration.ofHours(23));
        assertThat(world.store().state().count(REQUESTS)).isOne();
        world.pass(Duration.ofHours(2));
        assertThat(world.store().state().count(REQUESTS)).isZero();

        request(CLIENTS, "\"client auth\"", "");
        may("approve", "kubernetes.io/*");
        decide("Approved", JANE);
        world.pass(Duration.ofMinutes(50));
        assertThat(eva().status()).containsKey("certificate");
        world.pass(Duration.ofMinutes(20));
        assertThat(world.store().state().count(REQUESTS)).isZero();
    }

    @Test
    void signsWhatWasApproved() {
        var request = request(CLIENTS, "\"client auth\"", ", \"expirationSeconds\": 3600");
        assertThat(request.spec())
                .containsEntry("username", "jane")
                .containsEntry("groups", List.of("system:authenticated"));
        may("approve", "kubernetes.io/*");

        var approved = decide("Approved", JANE);
        assertThat(Json.at(Json.list(approved.status(), "conditions").getFirst(), "lastUpdateTime"))
                .isNotNull();

        world.eventually(
                "the certificate is there", () -> eva().status().containsKey("certificate"));
        assertThat(signed).containsExactly("O=ops, O=devs, CN=eva for 60");
        assertThat(eva().spec()).isEqualTo(request.spec());
    }

    @Test
    void letsOnlyThoseDecideWhoMayForTheSigner() {
        request(CLIENTS, "\"client auth\"", "");
        assertThatThrownBy(() -> decide("Approved", JANE))
                .hasMessage(
                        "certificatesigningrequests.certificates.k8s.io \"eva\" is forbidden: user not permitted to approve requests with signerName \"kubernetes.io/kube-apiserver-client\"");
        assertThatThrownBy(() -> write("status", Map.of("certificate", "eA=="), JANE))
                .hasMessageContaining("user not permitted to sign requests with signerName");
        assertThatThrownBy(() ->
                        write(
                                "status",
                                Map.of(
                                        "conditions",
                                        List.of(Map.of("type", "Approved", "status", "True"))),
                                JANE))
                .hasMessageContaining("updates may not add a condition of type \"Approved\"");
    }

    @Test
    void staysDenied() {
        request(CLIENTS, "\"client auth\"", "");
        may("approve", CLIENTS);
        decide("Denied", JANE);
        assertThatThrownBy(() -> write("approval", Map.of("conditions", List.of()), JANE))
                .hasMessageContaining("updates may not remove a condition of type \"Denied\"");
        world.settle();
        assertThat(signed).isEmpty();
    }

    @Test
    void saysWhyItDoesNotSign() {
        request(CLIENTS, "\"client auth\", \"server auth\"", "");
        may("approve", CLIENTS);
        decide("Approved", JANE);
        world.eventually(
                "it failed",
                () ->
                        Json.list(eva().status(), "conditions").stream()
                                .anyMatch(one -> "Failed".equals(Json.at(one, "type"))));
        assertThat(signed).isEmpty();
    }

    @Test
    void leavesToOtherSignersWhatIsTheirs() {
        request("example.com/others", "\"server auth\"", "");
        may("approve", "example.com/others");
        decide("Approved", JANE);
        world.settle();
        assertThat(eva().status()).doesNotContainKey("certificate");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    a.b/c/d     | "client auth"                | | spec.signerName: Invalid value: "a.b/c/d": must be a fully qualified domain and path of the form 'example.com/signer-name'
                    example.com/x |                            | | spec.usages: Required value
                    example.com/x | "nothing"                  | | spec.usages[0]: Unsupported value: "nothing"
                    example.com/x | "client auth","client auth"| | spec.usages[1]: Duplicate value: "client auth"
                    example.com/x | "client auth"              | , "expirationSeconds": 5 | spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 600 seconds (10 minutes)
                    example.com/x | "client auth"              | , "request": "eA==" | spec.request: Invalid value: "eA==": PEM block type must be CERTIFICATE REQUEST
                    """)
    void refusesWhatCannotBeSigned(String signer, String usages, String more, String why) {
        assertThatThrownBy(() ->
                        request(
                                signer,
                                Optional.ofNullable(usages).orElse(""),
                                Optional.ofNullable(more).orElse("")))
                .hasMessageContaining(why);
    }
}
