package dev.slipway.apiserver.wire;

import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of requests.
public final class Bodies {
    /// How many bytes a body may have.
    public static final int MAX_BYTES = 3_145_728;

    private static final int EXCERPT = 100;

    private Bodies() {}

    /// A body that was an object.
    ///
    /// @param duplicates the paths of keys that occur twice
    public record Body(Map<String, Object> tree, List<String> duplicates) {}

    /// Any value, with the paths of keys that occur twice.
    public record Value(@Nullable Object value, List<String> duplicates) {}

    /// The problem of a body that is too long.
    public static Problem tooLarge() {
        return Problem.of(Reason.TOO_LARGE, "Request entity too large: limit is " + MAX_BYTES);
    }

    /// The media type of the body, without parameters; JSON where none is given.
    public static String mediaType(WebRequest request) {
        return request.header("content-type")
                .filter(text -> !text.isBlank())
                .map(text -> MediaRange.parse(text).type())
                .orElse("application/json");
    }

    /// Reads an object of a kind, in JSON or YAML.
    ///
    /// @param kind for the message
    public static Body object(WebRequest request, String kind) {
        var type = mediaType(request);
        var value =
                switch (type) {
                    case "application/json" -> json(request.body(), kind);
                    case "application/yaml" -> yaml(request.body(), kind);
                    default -> throw unsupported(type);
                };
        if (value.value() instanceof Map<?, ?> map) {
            return new Body(Json.cast(map), value.duplicates());
        }
        throw unrecognized(kind, "the body is not an object", request.body());
    }

    private static Value json(byte[] body, String kind) {
        var duplicates = new ArrayList<String>();
        try {
            return new Value(Json.read(body, duplicates::add), duplicates);
        } catch (MalformedException e) {
            throw unrecognized(kind, "json parse error: " + e.getMessage(), body);
        }
    }

    private static Value yaml(byte[] body, String kind) {
        try {
            return new Value(Yaml.read(body), List.of());
        } catch (MalformedException e) {
            throw unrecognized(kind, "yaml parse error: " + e.getMessage(), body);
        }
    }

    /// Reads the body of a patch: JSON, or for `application/apply-patch+yaml` YAML, of which JSON is a part.
    public static Value patch(WebRequest request) {
        var duplicates = new ArrayList<String>();
        try {
            return mediaType(request).endsWith("+yaml") && !looksLikeJson(request.body())
                    ? new Value(Yaml.read(request.body()), List.of())
                    : new Value(Json.read(request.body(), duplicates::add), duplicates);
        } catch (MalformedException e) {
            throw Problem.badRequest("error decoding patch: " + e.getMessage()).exception();
        }
    }

    private static boolean looksLikeJson(byte[] body) {
        for (byte one : body) {
            if (!Character.isWhitespace(one)) {
                return one == '{';
            }
        }
        return false;
    }

    private static RuntimeException unsupported(String type) {
        var accepted = "accepted media types include: application/json, application/yaml";
        var why = "the body of the request was in an unknown format (" + type + ") - ";
        return Problem.of(Reason.UNSUPPORTED_MEDIA_TYPE, why + accepted + hint(type)).exception();
    }

    /// `kubectl create` of a built-in kind sends nothing but protobuf; its files do as well.
    private static String hint(String type) {
        return type.contains("protobuf")
                ? "; instead of kubectl create, add --dry-run=client -o yaml and pipe it into kubectl apply -f -"
                : "";
    }

    private static RuntimeException unrecognized(String kind, String why, byte[] body) {
        return Problem.badRequest(
                        "the object provided is unrecognized (must be of type %s): couldn't get version/kind; %s (%s)"
                                .formatted(kind, why, excerpt(body)))
                .exception();
    }

    private static String excerpt(byte[] body) {
        if (body.length == 0) {
            return "<empty>";
        }
        var text = new String(body, StandardCharsets.UTF_8);
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + " ...";
    }
}
