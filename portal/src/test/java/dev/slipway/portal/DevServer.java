package dev.slipway.portal;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

/// Serves the portal over a fake API, to look at pages without a platform; for people, not for tests.
final class DevServer {
    private DevServer() {}

    public static void main(String[] arguments) throws Exception {
        var api = FakeApi.load("/world/world.yaml");
        var portal = new Portal(_ -> api, _ -> "csrf-token", Clock.system(ZoneId.systemDefault()));
        int port = Integer.parseInt(arguments[0]);
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        if (exchange.getRequestMethod().equals("PUT")) {
                            var yaml =
                                    new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8);
                            api.put(FakeApi.object(yaml));
                            exchange.sendResponseHeaders(204, -1);
                            return;
                        }
                        var headers = new HashMap<String, String>();
                        exchange.getRequestHeaders()
                                .forEach((name, values) ->
                                        headers.put(
                                                name.toLowerCase(Locale.ROOT),
                                                String.join(", ", values)));
                        var response =
                                portal.handle(
                                        new WebRequest(
                                                exchange.getRequestMethod(),
                                                exchange.getRequestURI().getPath(),
                                                query(exchange.getRequestURI()),
                                                headers,
                                                new byte[0],
                                                new Identity(
                                                        "admin", List.of("system:masters"), "s")));
                        response.headers()
                                .forEach((name, value) ->
                                        exchange.getResponseHeaders().set(name, value));
                        switch (response) {
                            case WebResponse.Whole whole -> {
                                exchange.sendResponseHeaders(
                                        whole.status(),
                                        whole.body().length == 0 ? -1 : whole.body().length);
                                exchange.getResponseBody().write(whole.body());
                            }
                            case WebResponse.Streaming streaming -> {
                                exchange.sendResponseHeaders(streaming.status(), 0);
                                streaming.body().write(exchange.getResponseBody());
                            }
                        }
                    } catch (Exception e) {
                        System.err.println(e);
                    }
                });
        server.start();
    }

    private static Map<String, List<String>> query(URI uri) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (uri.getRawQuery() != null) {
            for (var pair : uri.getRawQuery().split("&", -1)) {
                var parts = pair.split("=", 2);
                query.computeIfAbsent(decode(parts[0]), _ -> new ArrayList<>())
                        .add(parts.length > 1 ? decode(parts[1]) : "");
            }
        }
        return query;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
