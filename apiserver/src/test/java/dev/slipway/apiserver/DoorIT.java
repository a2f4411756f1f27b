package dev.slipway.apiserver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.apiserver.http.FrontDoor;
import dev.slipway.apiserver.http.Limits;
import dev.slipway.apiserver.http.WebServer;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who gets in, over real sockets: names, tokens, sign-in, origins, sizes.
class DoorIT {
    @TempDir private static Path folder;
    private static TestServer server;
    private static HttpClient http;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    }

    @AfterAll
    static void stop() {
        http.close();
        server.close();
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(server.portal().resolve(path));
    }

    private static HttpRequest.Builder asAdmin(String path) {
        return to(path).header("Authorization", "Bearer " + server.credentials.token());
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void tellsAnybodyWhetherItIsReady() throws Exception {
        assertThat(send(to("/readyz")).body()).isEqualTo("ok");
        assertThat(send(to("/livez")).statusCode()).isEqualTo(200);
        assertThat(send(to("/readyz?verbose")).body())
                .isEqualTo("[+]ping ok\nreadyz check passed\n");
    }

    @Test
    void refusesWhoShowsNoToken() throws Exception {
        var answer = send(to("/api/v1/namespaces"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Json.readObject(answer.body()))
                .containsEntry("kind", "Status")
                .containsEntry("reason", "Unauthorized");
    }

    @Test
    void refusesAWrongToken() throws Exception {
        var answer = send(to("/").header("Authorization", "Bearer wrong"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("admin");
    }

    @Test
    void servesTheSameRoutesToTheBearerOfTheToken() throws Exception {
        assertThat(send(asAdmin("/")).body()).contains("<p>admin</p>");
        assertThat(send(asAdmin("/api/v1/namespaces/default")).statusCode()).isEqualTo(200);
        assertThat(send(asAdmin("/metrics")).body()).contains("slipway_http_requests_total");
    }

    @Test
    void tellsProgramsAtTheRootWhereTheyCanGo() throws Exception {
        var program = send(asAdmin("/").header("Accept", "application/json, */*"));
        assertThat(Json.list(Json.readObject(program.body()), "paths"))
                .contains("/api", "/api/v1", "/apis/apps", "/apis/apps/v1", "/readyz", "/version")
                .isSortedAccordingTo(Comparator.comparing(String::valueOf));

        var stranger =
                send(
                        asAdmin("/")
                                .header("Accept", "application/json")
                                .header("Impersonate-User", "joe"));
        assertThat(stranger.statusCode()).isEqualTo(403);
    }

    @Test
    void showsProgramsNoPageWhereThereIsNothing() throws Exception {
        var program = send(asAdmin("/nowhere").header("Accept", "application/json, */*"));
        assertThat(program.statusCode()).isEqualTo(404);
        assertThat(program.body()).isEqualTo("404 page not found\n");

        var stranger =
                send(
                        asAdmin("/nowhere")
                                .header("Accept", "application/json")
                                .header("Impersonate-User", "joe"));
        assertThat(stranger.statusCode()).isEqualTo(403);
        assertThat(Json.readObject(stranger.body()))
                .containsEntry("message", "forbidden: User \"joe\" cannot get path \"/nowhere\"");

        assertThat(send(asAdmin("/nowhere").header("Accept", "text/html")).body())
                .contains("<p>admin</p>");
    }

    @Test
    void sendsBrowsersToSignIn() throws Exception {
        var answer = send(to("/").header("Accept", "text/html"));

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/login");
    }

    @Test
    void answersToItsOwnNamesOnly() throws Exception {
        var port = server.portal().getPort();

        assertThat(status("/login", "localhost:" + port)).isEqualTo(200);
        assertThat(status("/login", "[::1]:" + port)).isEqualTo(200);
        assertThat(status("/login", "127.0.0.1:" + port)).isEqualTo(200);
        assertThat(status("/login", "evil.example:" + port)).isEqualTo(421);
        assertThat(status("/login", "127.0.0.1:1")).isEqualTo(421);
        assertThat(status("/login", "127.0.0.1")).isEqualTo(421);
    }

    @Test
    void answersProbesWhateverTheyCallIt() throws Exception {
        for (var path : List.of("/readyz", "/livez", "/healthz", "/readyz/ping")) {
            assertThat(status(path, "10.244.0.17:7443")).as(path).isEqualTo(200);
        }
        assertThat(status("/readyzz", "10.244.0.17:7443")).isEqualTo(421);
        assertThat(status("/metrics", "10.244.0.17:7443")).isEqualTo(421);
    }

    private static int status(String path, String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.portal().getPort())) {
            var request =
                    "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                            .formatted(path, host);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }

    @Test
    void signsABrowserInOnce() throws Exception {
        var code = server.signIn.address().getFragment();

        var first = send(form("/login", "code=" + code));
        var second = send(form("/login", "code=" + code));

        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Strict")
                .doesNotContain("Secure");
        assertThat(second.statusCode()).isEqualTo(401);
        assertThat(second.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(send(to("/").header("Cookie", cookie(first))).body()).contains("<p>admin</p>");
    }

    @Test
    void printsAnotherCodeForTheAdminOnly() throws Exception {
        var refused = send(to("/login/codes").POST(BodyPublishers.noBody()));
        var made = send(asAdmin("/login/codes").POST(BodyPublishers.noBody()));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(made.statusCode()).isEqualTo(201);
        var answer = Json.readObject(made.body());
        assertThat(answer.get("url")).isEqualTo(server.portal() + "login#" + answer.get("code"));
        assertThat(send(form("/login", "code=" + answer.get("code"))).statusCode()).isEqualTo(303);
    }

    @Test
    void takesWritesOfABrowserFromItsOwnPagesOnly() throws Exception {
        var cookie = signedIn();
        var origin = origin(server.portal());
        var csrf = csrf(cookie);

        assertThat(write(cookie, "http://127.0.0.1:1", csrf).statusCode()).isEqualTo(403);
        assertThat(write(cookie, "http://evil.example", csrf).statusCode()).isEqualTo(403);
        assertThat(write(cookie, origin, "guessed").statusCode()).isEqualTo(403);
        assertThat(write(cookie, origin, csrf).statusCode()).isEqualTo(201);
    }

    @Test
    void takesTheTokenOfAFormFromAField() throws Exception {
        var cookie = signedIn();
        var request =
                form("/logout", FrontDoor.CSRF_FIELD + "=" + csrf(cookie))
                        .header("Cookie", cookie)
                        .header("Origin", origin(server.portal()));

        assertThat(send(request).statusCode()).isEqualTo(303);
        assertThat(send(to("/").header("Cookie", cookie)).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesACookieThatWasChanged() throws Exception {
        var cookie = signedIn();
        var changed = cookie.substring(0, cookie.length() - 2) + "xx";

        assertThat(send(to("/").header("Cookie", changed)).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesABodyThatIsTooLarge() throws Exception {
        var request =
                asAdmin("/api/v1/namespaces/default/configmaps")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(new byte[20_000_000]));

        var answer = send(request);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(Json.readObject(answer.body()).get("message"))
                .isEqualTo("Request entity too large: limit is 3145728");
    }

    @Test
    void refusesABodyThatGrowsTooLarge() throws Exception {
        var pieces = java.util.Collections.nCopies(400, new byte[10_000]);
        var request =
                asAdmin("/api/v1/namespaces/default/configmaps")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArrays(pieces));

        assertThat(send(request).statusCode()).isEqualTo(413);
    }

    @Test
    void saysWhatIsWrongWithABodyThatIsNoJson() throws Exception {
        var request =
                asAdmin("/api/v1/namespaces/default/configmaps")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("not: {json"));

        var answer = send(request);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("must be of type ConfigMap", "invalid character 'o' in literal null");
    }

    @Test
    void repeatsNothingOfASecretThatCannotBeRead() throws Exception {
        var answer =
                send(
                        asAdmin("/api/v1/namespaces/default/secrets")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"p\":\"geheim\" oops}")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("must be of type Secret").doesNotContain("geheim");
    }

    @Test
    void takesBodiesInProtobuf() throws Exception {
        var namespace =
                HexFormat.of()
                        .parseHex(
                                "6b3873000a0f0a02763112094e616d65737061636512090a070a0570726f746f");

        var made = send(protobuf(BodyPublishers.ofByteArray(namespace)));

        assertThat(made.statusCode()).isEqualTo(201);
        assertThat(made.body()).contains("\"name\":\"proto\"");
    }

    @Test
    void saysWhatIsWrongWithABodyThatIsNoProtobuf() throws Exception {
        var answer = send(protobuf(BodyPublishers.ofString("k8s")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("does not appear to be a protobuf message");
    }

    private HttpRequest.Builder protobuf(HttpRequest.BodyPublisher body) {
        return asAdmin("/api/v1/namespaces")
                .header("Content-Type", "application/vnd.kubernetes.protobuf")
                .POST(body);
    }

    @Test
    void compressesLargeAnswersForWhoReadsThat() throws Exception {
        var request = asAdmin("/openapi/v3/apis/apps/v1").header("Accept-Encoding", "gzip");

        var answer = http.send(request.build(), BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var in =
                new java.util.zip.GZIPInputStream(
                        new java.io.ByteArrayInputStream(answer.body()))) {
            assertThat(Json.readObject(in.readAllBytes())).containsEntry("openapi", "3.0.0");
        }
    }

    @Test
    void neverLetsAnswersBeGuessedOrKept() throws Exception {
        var headers = send(asAdmin("/api/v1/namespaces")).headers();

        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Cache-Control")).contains("no-cache, private");
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    @Test
    void answersHeadWithoutABody() throws Exception {
        var answer =
                send(asAdmin("/api/v1/namespaces/default").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void saysWhichAddressIsTaken() {
        var taken = WebServer.Address.parse("127.0.0.1:" + server.portal().getPort());
        var free = new WebServer.Address("127.0.0.1", 0);
        var second =
                new WebServer(
                        taken,
                        free,
                        server.credentials,
                        server.door,
                        Limits.defaults(),
                        WebServer.Patience.defaults());

        assertThatThrownBy(second::bind)
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("cannot listen on " + taken + ": Address already in use");
    }

    @Test
    void letsAllClientsWaitThatComeBackAtOnce() throws Exception {
        var free = new WebServer.Address("127.0.0.1", 0);
        var waiting = new ArrayList<Socket>();
        try (var second =
                new WebServer(
                        free,
                        free,
                        server.credentials,
                        server.door,
                        Limits.defaults(),
                        WebServer.Patience.defaults())) {
            second.bind();
            var address =
                    new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), second.portal().getPort());
            for (int i = 0; i < 120; i++) {
                waiting.add(new Socket());
                waiting.getLast().connect(address, 20_000);
            }
            second.start();

            for (var socket : waiting) {
                socket.getOutputStream()
                        .write("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(12), US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
            }
        } finally {
            for (var socket : waiting) {
                socket.close();
            }
        }
    }

    private static HttpRequest.Builder form(String path, String body) {
        return to(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body));
    }

    private static String signedIn() throws IOException, InterruptedException {
        return cookie(send(form("/login", "code=" + server.signIn.address().getFragment())));
    }

    private static String cookie(HttpResponse<?> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    }

    private static String csrf(String cookie) {
        var payload = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf('.'));
        var claims = Json.readObject(java.util.Base64.getUrlDecoder().decode(payload));
        return server.sessions.csrf(new Identity("admin", List.of(), Json.string(claims, "id")));
    }

    private static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    private static HttpResponse<String> write(String cookie, String origin, String csrf)
            throws IOException, InterruptedException {
        return send(
                to("/api/v1/namespaces/default/configmaps")
                        .header("Cookie", cookie)
                        .header("Origin", origin)
                        .header(FrontDoor.CSRF_HEADER, csrf)
                        .header("Content-Type", "application/json")
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"metadata\":{\"generateName\":\"by-browser-\"}}")));
    }
}
