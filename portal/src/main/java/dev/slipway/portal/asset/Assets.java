package dev.slipway.portal.asset;

import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The files under `/assets`, held in memory, each under an address that changes with its content.
///
/// `slipway.css` is also served as `/assets/slipway.css`, without a promise to stay the same. Immutable.
public final class Assets {
    private static final String ROOT = "/assets/";
    private static final List<String> STYLE =
            List.of("tokens.css", "base.css", "frame.css", "parts.css", "views.css", "state.css");

    /// One file.
    private record Asset(String type, byte[] body, String tag) {}

    private final Map<String, Asset> byPath = new HashMap<>();
    private final Map<String, String> pathByName = new HashMap<>();
    private final Set<String> icons;

    public Assets() {
        var style = new ByteArrayOutputStream();
        STYLE.forEach(part -> style.writeBytes(own(part)));
        add("slipway.css", "text/css; charset=utf-8", style.toByteArray());
        var drawings = own("icons.svg");
        add("icons.svg", "image/svg+xml", drawings);
        add("mark.svg", "image/svg+xml", own("mark.svg"));
        add("live.js", "text/javascript; charset=utf-8", own("live.js"));
        icons = idsOf(new String(drawings, StandardCharsets.UTF_8));
    }

    /// The address of a file, for pages.
    public String path(String name) {
        return Optional.ofNullable(pathByName.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no asset " + name));
    }

    /// The address of one icon.
    public String icon(String id) {
        return path("icons.svg") + "#" + id;
    }

    /// The ids of all icons.
    public Set<String> icons() {
        return icons;
    }

    /// Answers a request whose path begins with `/assets/`; empty where there is no such file.
    public Optional<WebResponse> answer(WebRequest request) {
        return Optional.ofNullable(byPath.get(request.path()))
                .map(asset ->
                        request.header("if-none-match").filter(asset.tag()::equals).isPresent()
                                ? new WebResponse.Whole(
                                        304, headers(request.path(), asset), new byte[0])
                                : new WebResponse.Whole(
                                        200, headers(request.path(), asset), asset.body()));
    }

    private Map<String, String> headers(String path, Asset asset) {
        boolean fixed = pathByName.containsValue(path);
        return Map.of(
                "Content-Type",
                asset.type(),
                "ETag",
                asset.tag(),
                "X-Content-Type-Options",
                "nosniff",
                "Cache-Control",
                fixed ? "public, max-age=31536000, immutable" : "no-cache");
    }

    private void add(String name, String type, byte[] body) {
        var digest = digest(body);
        var asset = new Asset(type, body, '"' + digest + '"');
        int dot = name.lastIndexOf('.');
        var path = ROOT + name.substring(0, dot) + "." + digest + name.substring(dot);
        pathByName.put(name, path);
        byPath.put(path, asset);
        byPath.put(ROOT + name, asset);
    }

    private static Set<String> idsOf(String drawings) {
        return Pattern.compile("<symbol id=\"([a-z-]+)\"")
                .matcher(drawings)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static byte[] own(String name) {
        return bytes("/dev/slipway/portal/asset/" + name);
    }

    private static byte[] bytes(String resource) {
        try (var stream = Assets.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the build left out " + resource);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(byte[] body) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
