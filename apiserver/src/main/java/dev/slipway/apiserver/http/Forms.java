package dev.slipway.apiserver.http;

import dev.slipway.client.web.WebRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Queries and submitted forms: `a=1&b=2`.
final class Forms {
    /// How many parameters are read.
    static final int MAX_PARAMETERS = 1000;

    private static final String FORM = "application/x-www-form-urlencoded";

    private Forms() {}

    /// The parameters in their order; throws [IllegalArgumentException] where the text is not well encoded.
    static Map<String, List<String>> parse(String text) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (var part : text.split("&", MAX_PARAMETERS)) {
            if (!part.isEmpty()) {
                var equals = part.indexOf('=');
                var name = decode(equals < 0 ? part : part.substring(0, equals));
                var value = equals < 0 ? "" : decode(part.substring(equals + 1));
                parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    /// A field of a submitted form; empty where there is none.
    static String field(WebRequest request, String name) {
        if (!request.header("content-type").orElse("").startsWith(FORM)) {
            return "";
        }
        try {
            return parse(new String(request.body(), StandardCharsets.UTF_8))
                    .getOrDefault(name, List.of(""))
                    .getFirst();
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
