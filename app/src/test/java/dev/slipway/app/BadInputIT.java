package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.HttpApiClient;
import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What users and strangers get wrong: one clear message each, and nothing is half done.
class BadInputIT {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

    @TempDir private static Path folder;
    private static Server server;
    private static HttpApiClient api;

    @BeforeAll
    static void start() {
        server = Server.start(folder.resolve("data"));
        api = server.client();
    }

    @AfterAll
    static void stop() {
        assertThat(server.runs()).isTrue();
        api.close();
        server.close();
    }

    // ---- graphs

    @Test
    void refusesAGraphWithACycle() {
        var said =
                server.cliWith(
                        """
                        apiVersion: kro.run/v1alpha1
                        kind: ResourceGraph
                        metadata: {name: cycles.briefstack.com}
                        spec:
                          schema: {apiVersion: briefstack.com/v1, kind: Cycle, spec: {image: string}}
                          resources:
                            - id: first
                              template: {apiVersion: v1, kind: ConfigMap, data: {of: "${second.data.of}"}}
                            - id: second
                              template: {apiVersion: v1, kind: ConfigMap, data: {of: "${first.data.of}"}}
                        """,
                        "apply",
                        "-f",
                        "-");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err().toLowerCase(java.util.Locale.ROOT))
                .contains("cycle", "first", "second");
    }

    @Test
    void tellsEveryErrorOfAGraphAtOnceWithItsPath() throws IOException {
        var said =
                apply(
                        broken().replace("schema.spec.image", "schema.spec.picture")
                                .replace("replicas: 2", "replicas: ${nobody.x}")
                                .replace("port: int", "port: wholenumber"));
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .contains("spec.schema.spec.port", "wholenumber")
                .contains("spec.resources[0].template.spec.replicas", "nobody")
                .contains(
                        "spec.resources[0].template.spec.template.spec.containers[0].image",
                        "picture")
                .contains("      ${nobody.x}\n        ^\n");
        assertThat(said.err().lines().filter(line -> line.startsWith("slipway: "))).hasSize(1);
    }

    @Test
    void refusesAnExpressionOfTheWrongType() throws IOException {
        var said = apply(broken().replace("schema.spec.port", "schema.spec.image"));
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("containers[0].ports[0].containerPort");
    }

    @Test
    void refusesAGraphOverAKindThatIsNotServed() throws IOException {
        var said = apply(broken().replace("kind: Deployment", "kind: Deploiment"));
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("spec.resources[0]", "Deploiment");
    }

    @Test
    void leavesNothingOfARefusedGraphBehind() throws IOException {
        apply(broken().replace("schema.spec.port", "schema.spec.image"));
        assertThat(
                        api.find(
                                "/apis/kro.run/v1alpha1/resourcegraphdefinitions/brokens.briefstack.com"))
                .isEmpty();
        assertThat(
                        api.find(
                                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/brokens.briefstack.com"))
                .isEmpty();
    }

    @Test
    void namesTheFieldOfABadInstance() {
        server.cli("apply", "-f", "examples/simpleapp/graph.yaml");
        server.eventually("the kind is served", () -> server.cli("get", "simpleapps").code() == 0);
        var said =
                server.cliWith(
                        "{apiVersion: briefstack.com/v1, kind: SimpleApp, metadata: {name: bad}, spec: {image: nginx, port: eighty}}",
                        "apply",
                        "-f",
                        "examples/simpleapp/app.yaml",
                        "-f",
                        "-");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).contains("simpleapp.briefstack.com/demo created");
        assertThat(said.err()).contains("-:1: SimpleApp bad: ").contains("spec.port: ");
        assertThat(server.cli("get", "simpleapp", "bad").code()).isEqualTo(1);
    }

    // ---- entities

    @Test
    void namesTheFieldThatAnEntityLacks() throws IOException {
        var text = example("catalog/payment-service.yaml").replace("  lifecycle: production\n", "");
        var said = server.cliWith(text, "apply", "-f", "-");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err())
                .isEqualTo(
                        "slipway: -:1: Component payment-service: spec.lifecycle: Required value\n");
        assertThat(server.cli("get", "component", "payment-service").code()).isEqualTo(1);
    }

    // ---- bytes

    @Test
    void refusesWhatIsNotYaml() {
        var said = server.cliWith("kind: [unclosed", "apply", "-f", "-");
        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).startsWith("slipway: -: is not YAML: line ");

        var answer = post("application/yaml", "kind: [unclosed");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(message(answer)).contains("line ");
    }

    @Test
    void refusesWhatIsNotJson() {
        var answer = post("application/json", "{\"kind\": ");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.readObject(answer.body()))
                .containsEntry("kind", "Status")
                .containsEntry("reason", "BadRequest");
    }

    @Test
    void refusesABodyOfTwentyMegabytes() {
        var answer = post("application/json", " ".repeat(20 * 1024 * 1024));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(message(answer)).contains("limit is 3145728");
    }

    @Test
    void refusesAStaleRevision() {
        post(
                "application/json",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"stale\"}}");
        var before = api.get(CONFIG_MAPS + "/stale");
        assertThat(put(before.tree(), "first").statusCode()).isEqualTo(200);

        var answer = put(before.tree(), "second");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(message(answer)).contains("configmaps \"stale\"");
        assertThat(api.get(CONFIG_MAPS + "/stale").at("data", "by")).isEqualTo("first");
    }

    // ---- strangers

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces",
                "/apis/backstage.io/v1alpha1/components",
                "/openapi/v3",
                "/metrics",
                "/version"
            })
    void tellsAStrangerNothing(String path) {
        assertThat(server.send(server.request(path)).statusCode()).isEqualTo(401);
        var wrong = server.send(server.request(path).header("Authorization", "Bearer wrong"));
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).doesNotContain("default");
    }

    @Test
    void sendsAStrangersBrowserToTheDoor() {
        var answer = server.send(server.request("/").header("Accept", "text/html"));
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/login"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1:1", "evil.example:80"})
    void refusesAForeignHost(String host) throws IOException {
        var status =
                raw(
                        "GET /api HTTP/1.1",
                        "Host: " + host,
                        "Authorization: Bearer " + server.token());
        assertThat(status).matches("(?s)HTTP/1.1 4\\d\\d .*");
    }

    @Test
    void signsABrowserInOnce() {
        var said = server.cli("login").out().strip();
        var code = said.substring(said.indexOf('#') + 1);

        var first = signIn(code);
        assertThat(first.statusCode()).isEqualTo(303);
        var cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
        assertThat(signIn(code).statusCode()).isEqualTo(401);

        var session = cookie.substring(0, cookie.indexOf(';'));
        assertThat(
                        server.send(
                                        server.request("/")
                                                .header("Accept", "text/html")
                                                .header("Cookie", session))
                                .statusCode())
                .isEqualTo(200);
        var forged =
                server.send(
                        server.request(CONFIG_MAPS)
                                .header("Cookie", session)
                                .header("Origin", "http://evil.example")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}")));
        assertThat(forged.statusCode()).isEqualTo(403);
    }

    // ---- words

    private static Server.Said apply(String text) {
        return server.cliWith(text, "apply", "-f", "-");
    }

    private static String broken() throws IOException {
        return example("simpleapp/graph.yaml")
                .replace("simpleapps.", "brokens.")
                .replace("kind: SimpleApp", "kind: Broken");
    }

    private static String example(String name) throws IOException {
        return Files.readString(Path.of("../examples").resolve(name));
    }

    private static HttpResponse<String> signIn(String code) {
        return server.send(
                server.request("/login")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("code=" + code)));
    }

    private static HttpResponse<String> post(String type, String body) {
        return server.send(
                server.request(CONFIG_MAPS)
                        .header("Authorization", "Bearer " + server.token())
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> put(Map<String, Object> tree, String by) {
        var changed = Json.copy(tree);
        changed.put("data", Map.of("by", by));
        return server.send(
                server.request(CONFIG_MAPS + "/stale")
                        .header("Authorization", "Bearer " + server.token())
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofByteArray(Json.write(changed))));
    }

    private static String message(HttpResponse<String> answer) {
        return Json.string(Json.readObject(answer.body()), "message");
    }

    /// Sends a head by hand and reads how the answer begins.
    private static String raw(String... lines) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.portal().getPort())) {
            socket.setSoTimeout((int) Server.PATIENCE.toMillis());
            var head = String.join("\r\n", lines) + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            var buffer = new byte[4096];
            var read = socket.getInputStream().read(buffer);
            return new String(buffer, 0, Math.max(0, read), StandardCharsets.UTF_8);
        }
    }
}
