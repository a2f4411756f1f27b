package dev.slipway.apiserver;

import dev.slipway.client.ApiClient;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The API without a network between: the same authorization and the same answers, as one user. Thread-safe.
public final class InProcessApiClient implements ApiClient {
    private final Api api;
    private final Identity identity;

    public InProcessApiClient(Api api, Identity identity) {
        this.api = api;
        // What is written here was checked at the door that the user came by.
        this.identity = identity.withoutSession();
    }

    @Override
    public Reply send(Call call) {
        return switch (api.handle(request(call))) {
            case WebResponse.Whole(var status, var headers, var body) ->
                    new Reply(status, lowerCase(headers), new ByteArrayInputStream(body));
            case WebResponse.Streaming(var status, var headers, var body, _) ->
                    new Reply(status, lowerCase(headers), stream(body));
        };
    }

    /// Written on a thread of its own, which waits when the reader does.
    private static InputStream stream(WebResponse.Body body) {
        var pipe = new BoundedPipe();
        var writer =
                Thread.ofVirtual().name("in-process stream").unstarted(() -> write(body, pipe));
        pipe.onClose(writer::interrupt);
        writer.start();
        return pipe.in();
    }

    private static void write(WebResponse.Body body, BoundedPipe pipe) {
        try (var out = pipe.out()) {
            body.write(out);
            out.flush();
        } catch (IOException e) {
            // The reader has gone: nobody is left to be told.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WebRequest request(Call call) {
        var target = URI.create(call.target());
        return new WebRequest(
                call.method(),
                target.getPath(),
                query(target.getRawQuery()),
                lowerCase(call.headers()),
                call.body(),
                identity);
    }

    private static Map<String, List<String>> query(
            @org.jspecify.annotations.Nullable String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (var part : query == null ? new String[0] : query.split("&")) {
            var equals = part.indexOf('=');
            var name = decode(equals < 0 ? part : part.substring(0, equals));
            var value = equals < 0 ? "" : decode(part.substring(equals + 1));
            parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Map<String, String> lowerCase(Map<String, String> headers) {
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }
}
