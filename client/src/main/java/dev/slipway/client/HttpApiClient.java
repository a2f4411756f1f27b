package dev.slipway.client;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The API over HTTP, as whoever's token or certificate is shown. Thread-safe.
public final class HttpApiClient implements ApiClient, AutoCloseable {
    /// How long a connection may take to be made.
    public static final Duration CONNECT = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI server;
    private final String token;

    public HttpApiClient(Kubeconfig kubeconfig) {
        this(
                kubeconfig.server(),
                kubeconfig.trust(),
                kubeconfig.token(),
                kubeconfig.certificate(),
                kubeconfig.key());
    }

    /// @param authority the certificate of the server's authority in PEM, empty where the system's are good
    /// @param token shown as bearer, empty for none
    public HttpApiClient(URI server, String authority, String token) {
        this(server, ServerTrust.of(authority), token, "", "");
    }

    private HttpApiClient(
            URI server, ServerTrust trust, String token, String certificate, String key) {
        var builder = HttpClient.newBuilder().connectTimeout(CONNECT);
        if (!trust.isUsual() || !certificate.isEmpty()) {
            builder.sslContext(ClientTls.context(trust, certificate, key));
        }
        this.http = builder.build();
        this.server = server;
        this.token = token;
    }

    @Override
    public Reply send(Call call) {
        try {
            var response = http.send(request(call), HttpResponse.BodyHandlers.ofInputStream());
            return new Reply(response.statusCode(), headers(response), response.body());
        } catch (ConnectException e) {
            throw unavailable("nothing answers at " + server);
        } catch (IOException e) {
            throw unavailable("no answer from %s: %s".formatted(server, why(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("interrupted while waiting for " + server);
        }
    }

    /// Lets go of the connections; streams that are still read break off.
    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest request(Call call) {
        var body =
                call.body().length == 0
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofByteArray(call.body());
        var base = server.toString().replaceAll("/$", "");
        var builder =
                HttpRequest.newBuilder(URI.create(base + call.target()))
                        .method(call.method(), body);
        call.headers().forEach(builder::setHeader);
        if (!token.isEmpty()) {
            builder.setHeader("Authorization", "Bearer " + token);
        }
        return builder.build();
    }

    private static Map<String, String> headers(HttpResponse<?> response) {
        Map<String, String> headers = new LinkedHashMap<>();
        response.headers()
                .map()
                .forEach((name, values) ->
                        headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    private static RuntimeException unavailable(String why) {
        return Problem.of(Reason.SERVICE_UNAVAILABLE, why).exception();
    }

    private static String why(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
