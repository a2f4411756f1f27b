package dev.slipway.portal;

import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Asks a portal for pages as a browser does, at a moment that stands still.
final class Browser implements AutoCloseable {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-19T14:30:00Z"), ZoneOffset.UTC);

    private final Portal portal;

    Browser(FakeApi api) {
        this.portal = new Portal(_ -> api, _ -> "csrf-token", CLOCK);
    }

    WebResponse.Whole get(String address) {
        return (WebResponse.Whole) portal.handle(request("GET", address, Map.of()));
    }

    WebResponse ask(String method, String address, Map<String, String> headers) {
        return portal.handle(request(method, address, headers));
    }

    @Override
    public void close() {
        portal.close();
    }

    /// The body of a page.
    String page(String address) {
        return new String(get(address).body(), StandardCharsets.UTF_8);
    }

    /// What a reader sees of a page: its text without tags, white space folded.
    String text(String address) {
        return page(address)
                .replaceAll("(?s)<head>.*?</head>", "")
                .replaceAll("<[^>]+>", " ")
                .replaceAll("\\s+", " ");
    }

    /// Where the links of a page lead.
    List<String> links(String address) {
        return Pattern.compile("<a [^>]*href=\"([^\"]*)\"")
                .matcher(page(address))
                .results()
                .map(match -> match.group(1).replace("&amp;", "&"))
                .toList();
    }

    private static WebRequest request(String method, String address, Map<String, String> headers) {
        int question = address.indexOf('?');
        var path = question < 0 ? address : address.substring(0, question);
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (question >= 0) {
            for (var pair : address.substring(question + 1).split("&", -1)) {
                var parts = pair.split("=", 2);
                query.computeIfAbsent(decoded(parts[0]), _ -> new ArrayList<>())
                        .add(parts.length > 1 ? decoded(parts[1]) : "");
            }
        }
        var identity = new Identity("admin", List.of("system:masters"), "session");
        return new WebRequest(method, decoded(path), query, headers, new byte[0], identity);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
