package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.client.Kubeconfig;
import dev.slipway.client.ServerTrust;
import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates and impersonation, over real sockets.
class AccessIT {
    private static final String WHOAMI = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir private static Path folder;
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpApiClient certified(String name, List<String> groups, Duration lifetime)
            throws IOException {
        var text = server.credentials.clientKubeconfig(server.api(), name, groups, lifetime);
        return new HttpApiClient(
                Kubeconfig.read(Files.writeString(folder.resolve("certified.yaml"), text)));
    }

    private static int status(ApiClient client, Call call) {
        try (var reply = client.send(call)) {
            return reply.status();
        }
    }

    private static Map<String, Object> who(ApiClient client, Map<String, String> headers) {
        var call = Call.with("POST", WHOAMI, Map.of());
        var as = new Call(call.method(), call.target(), headers, call.body());
        return Json.object(Json.object(client.json(as), "status"), "userInfo");
    }

    @Test
    void knowsWhoShowsACertificate() throws IOException {
        try (var jane = certified("jane", List.of("devs", "ops"), Duration.ofDays(1))) {
            assertThat(who(jane, Map.of()))
                    .containsEntry("username", "jane")
                    .satisfies(info ->
                            assertThat(Json.list(info, "groups"))
                                    .containsExactlyInAnyOrder(
                                            "devs", "ops", "system:authenticated"));
            assertThat(status(jane, Call.get(MAPS))).isEqualTo(403);
        }
        try (var root = certified("root, of all", List.of("system:masters"), Duration.ofDays(1))) {
            assertThat(who(root, Map.of())).containsEntry("username", "root, of all");
            assertThat(status(root, Call.get(MAPS))).isEqualTo(200);
        }
    }

    @Test
    void refusesACertificateThatIsTooOld() throws IOException {
        try (var late = certified("late", List.of("system:masters"), Duration.ofMillis(-1))) {
            assertThat(status(late, Call.get(MAPS))).isEqualTo(401);
        }
    }

    @Test
    void refusesACertificateOfAnotherAuthority() throws IOException {
        var other = folder.resolve("other");
        try (var stranger = new TestServer(other)) {
            var text =
                    stranger.credentials.clientKubeconfig(
                            server.api(), "root", List.of("system:masters"), Duration.ofDays(1));
            var own = Kubeconfig.read(Files.writeString(folder.resolve("theirs.yaml"), text));
            var ours = Kubeconfig.read(server.kubeconfig);
            try (var client =
                    new HttpApiClient(
                            new Kubeconfig(
                                    server.api(),
                                    ours.trust(),
                                    "",
                                    own.certificate(),
                                    own.key(),
                                    ""))) {
                assertThat(status(client, Call.get(MAPS))).isEqualTo(401);
            }
        }
    }

    private int statusTrusting(ServerTrust trust) {
        var ours = Kubeconfig.read(server.kubeconfig);
        try (var client =
                new HttpApiClient(
                        new Kubeconfig(server.api(), trust, ours.token(), "", "", "default"))) {
            return status(client, Call.get(MAPS));
        }
    }

    @Test
    void knowsTheServerByWhatTheKubeconfigSays() {
        var authority = Kubeconfig.read(server.kubeconfig).trust().authority();

        assertThat(statusTrusting(new ServerTrust(authority, "localhost", false))).isEqualTo(200);
        assertThat(statusTrusting(new ServerTrust("", "", true))).isEqualTo(200);
        assertThatThrownBy(() -> statusTrusting(new ServerTrust(authority, "other.example", false)))
                .hasMessageContaining("no answer from");
        assertThatThrownBy(() -> statusTrusting(new ServerTrust("", "localhost", false)))
                .hasMessageContaining("no answer from");
    }

    @Test
    void keepsWithEachRevisionWhereItCameFrom() throws IOException {
        try (var admin = server.client()) {
            var headers =
                    Map.of(
                            "Impersonate-User",
                            "jane",
                            "Impersonate-Group",
                            "system:masters",
                            "User-Agent",
                            "pipeline/7",
                            "Audit-Id",
                            "abc-1");
            var map = "{\"metadata\":{\"name\":\"noted\"}}".getBytes(StandardCharsets.UTF_8);
            try (var reply = admin.send(new Call("POST", MAPS, headers, map))) {
                assertThat(reply.status()).isEqualTo(201);
                assertThat(reply.headers()).containsEntry("audit-id", "abc-1");
            }
            var history = admin.json(Call.get(MAPS + "/noted/revisions"));
            var newest = Json.list(history, "items").getFirst();
            assertThat(Json.at(newest, "actor")).isEqualTo("jane");
            assertThat(Json.at(newest, "origin"))
                    .isEqualTo(
                            Map.of(
                                    "address", "127.0.0.1",
                                    "agent", "pipeline/7",
                                    "request", "abc-1",
                                    "by", "admin",
                                    "allowed", "group system:masters"));
        }
    }

    @Test
    void notesReadsThatThePolicyNames() throws IOException {
        try (var admin = server.client();
                var jane = certified("jane", List.of(), Duration.ofDays(1))) {
            server.audited.clear();
            admin.send(Call.get("/api/v1/namespaces/default/secrets/none")).close();
            admin.send(Call.get(MAPS)).close();
            jane.send(Call.get("/api/v1/secrets")).close();

            assertThat(server.audited).hasSize(2);
            assertThat(Json.readObject(server.audited.getFirst()))
                    .containsEntry("user", "admin")
                    .containsEntry("verb", "get")
                    .containsEntry("name", "none")
                    .containsEntry("address", "127.0.0.1")
                    .containsEntry("allowed", true);
            assertThat(Json.readObject(server.audited.getLast()))
                    .containsEntry("user", "jane")
                    .containsEntry("allowed", false);
        }
    }

    @Test
    void letsActAsAnotherWhoMay() throws IOException {
        try (var admin = server.client()) {
            assertThat(
                            who(
                                    admin,
                                    Map.of(
                                            "Impersonate-User", "jane",
                                            "Impersonate-Group", "devs",
                                            "Impersonate-Uid", "7",
                                            "Impersonate-Extra-reason%2Fwhy", "night")))
                    .isEqualTo(
                            Map.of(
                                    "username",
                                    "jane",
                                    "uid",
                                    "7",
                                    "groups",
                                    List.of("devs", "system:authenticated"),
                                    "extra",
                                    Map.of("reason/why", List.of("night"))));
            assertThat(
                            who(
                                    admin,
                                    Map.of(
                                            "Impersonate-User",
                                            "system:serviceaccount:default:robot")))
                    .containsEntry(
                            "groups",
                            List.of(
                                    "system:serviceaccounts",
                                    "system:serviceaccounts:default",
                                    "system:authenticated"));
            var lost = new Call("GET", MAPS, Map.of("Impersonate-User", "jane"), new byte[0]);
            assertThat(status(admin, lost)).isEqualTo(403);
            var nobody = new Call("GET", MAPS, Map.of("Impersonate-Group", "devs"), new byte[0]);
            assertThat(status(admin, nobody)).isEqualTo(400);
        }
        try (var jane = certified("jane", List.of(), Duration.ofDays(1))) {
            for (var header :
                    List.of(
                            Map.of("Impersonate-User", "joe"),
                            Map.of(
                                    "Impersonate-User",
                                    "jane",
                                    "Impersonate-Group",
                                    "system:masters"))) {
                assertThat(status(jane, new Call("GET", MAPS, header, new byte[0]))).isEqualTo(403);
            }
        }
    }
}
