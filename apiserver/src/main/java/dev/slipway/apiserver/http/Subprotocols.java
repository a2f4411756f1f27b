package dev.slipway.apiserver.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a WebSocket client offers to speak. Scripts in browsers cannot set headers, so they hide their token there.
///
/// @param others what was offered beside tokens
/// @param tokens encoded, as they were offered
record Subprotocols(List<String> others, List<String> tokens) {
    /// In lower case, as all headers are kept.
    static final String HEADER = "sec-websocket-protocol";

    private static final String TOKEN = "base64url.bearer.authorization.k8s.io.";

    /// Whether a request wants to go on as WebSocket.
    static boolean isUpgrade(Map<String, String> headers) {
        var connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        return connection.contains("upgrade")
                && headers.getOrDefault("upgrade", "").equalsIgnoreCase("websocket");
    }

    /// Of the value of the header, or of several joined by commas.
    static Subprotocols parse(String header) {
        var others = new ArrayList<String>();
        var tokens = new ArrayList<String>();
        Arrays.stream(header.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .forEach(one -> {
                    if (one.startsWith(TOKEN)) {
                        tokens.add(one.substring(TOKEN.length()));
                    } else {
                        others.add(one);
                    }
                });
        return new Subprotocols(List.copyOf(others), List.copyOf(tokens));
    }

    /// What will be spoken; never the token, which the answer would show.
    Optional<String> chosen() {
        return others.stream().findFirst();
    }

    /// The one token, where something else is offered, too: a browser gives up when nothing of its offer is chosen.
    Optional<String> token() {
        return tokens.size() == 1 && !others.isEmpty()
                ? decoded(tokens.getFirst())
                : Optional.empty();
    }

    private static Optional<String> decoded(String token) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(token));
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
