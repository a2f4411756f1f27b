package dev.slipway.apiserver.wire;

import dev.slipway.apiserver.protobuf.Protobuf;
import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
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

    private static final int EXCERPT = 30;
    private static final String CONFIDENTIAL = "Secret";

    /// What Go calls the part of an object that is read first.
    private static final String TYPE_META =
            "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \"json:\\\"kind,omitempty\\\"\" }";

    private static final List<String> ACCEPTED =
            List.of("application/json", "application/yaml", Protobuf.MEDIA_TYPE);

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
                    case Protobuf.MEDIA_TYPE -> protobuf(request.body(), kind);
                    default -> throw unsupported();
                };
        if (value.value() instanceof Map<?, ?> map) {
            return new Body(Json.cast(map), value.duplicates());
        }
        throw value.value() == null
                ? kindMissing(request, kind)
                : unreadable(kind, notAnObject(value.value()), request.body());
    }

    /// Reads options, which need not say what they are.
    public static Map<String, Object> options(WebRequest request) {
        try {
            return object(request, "DeleteOptions").tree();
        } catch (ProblemException e) {
            var message = e.problem().message();
            var why = message.indexOf("couldn't get");
            if (why < 0) {
                throw e;
            }
            throw Problem.badRequest(message.substring(why, message.lastIndexOf(" ("))).exception();
        }
    }

    private static Value json(byte[] body, String kind) {
        var duplicates = new ArrayList<String>();
        try {
            return new Value(Json.read(body, duplicates::add), duplicates);
        } catch (MalformedException e) {
            throw unreadable(kind, JsonSyntax.problem(body, String.valueOf(e.getMessage())), body);
        }
    }

    private static Value yaml(byte[] body, String kind) {
        try {
            return new Value(Yaml.read(body), List.of());
        } catch (MalformedException e) {
            throw unreadable(kind, String.valueOf(e.getMessage()), body);
        }
    }

    private static Value protobuf(byte[] body, String kind) {
        try {
            return new Value(Protobuf.read(body), List.of());
        } catch (MalformedException e) {
            throw Problem.badRequest(
                            "the object provided is unrecognized (must be of type %s): %s"
                                    .formatted(kind, e.getMessage()))
                    .exception();
        }
    }

    /// Reads the body of a patch: JSON, or for `application/apply-patch+yaml` YAML, of which JSON is a part.
    public static Value patch(WebRequest request) {
        var type = mediaType(request);
        if (type.endsWith("+yaml") && !looksLikeJson(request.body())) {
            return yamlPatch(request.body());
        }
        var duplicates = new ArrayList<String>();
        try {
            return new Value(Json.read(request.body(), duplicates::add), duplicates);
        } catch (MalformedException e) {
            var why = JsonSyntax.problem(request.body(), String.valueOf(e.getMessage()));
            throw Problem.badRequest(undecodable(type) + why).exception();
        }
    }

    /// How the error begins when a patch cannot be read.
    public static String undecodable(String type) {
        if (type.endsWith("+yaml")) {
            return "error decoding YAML: error unmarshaling JSON: while decoding JSON: ";
        }
        return type.contains("strategic") ? "" : "error decoding patch: ";
    }

    private static Value yamlPatch(byte[] body) {
        var repeated = new ArrayList<String>();
        try {
            return new Value(Yaml.read(body, repeated::add), repeated);
        } catch (MalformedException e) {
            var why =
                    String.valueOf(e.getMessage())
                            .replaceFirst("^line 1, column [0-9]+: ", "")
                            .replaceFirst("^line ([0-9]+), column [0-9]+: ", "line $1: ")
                            .replace("are not allowed here", "are not allowed in this context");
            throw Problem.badRequest(
                            "error decoding YAML: error converting YAML to JSON: yaml: " + why)
                    .exception();
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

    private static RuntimeException unsupported() {
        return Problem.of(
                        Reason.UNSUPPORTED_MEDIA_TYPE,
                        "the body of the request was in an unknown format - accepted media types include: "
                                + String.join(", ", ACCEPTED))
                .exception();
    }

    private static RuntimeException unreadable(String kind, String why, byte[] body) {
        return unrecognized(kind, "couldn't get version/kind; json parse error: " + why, body);
    }

    private static String notAnObject(@Nullable Object value) {
        return "json: cannot unmarshal %s into Go value of type %s"
                .formatted(type(value), TYPE_META);
    }

    /// What a JSON value is called in errors.
    public static String type(@Nullable Object value) {
        return switch (value) {
            case List<?> _ -> "array";
            case Map<?, ?> _ -> "object";
            case String _ -> "string";
            case Boolean _ -> "bool";
            case null -> "null";
            default -> "number";
        };
    }

    /// The problem of an object that does not say what it is.
    public static RuntimeException kindMissing(WebRequest request, String kind) {
        return unrecognized(
                kind,
                "Object 'Kind' is missing in '%s'"
                        .formatted(new String(request.body(), StandardCharsets.UTF_8)),
                request.body());
    }

    private static RuntimeException unrecognized(String kind, String why, byte[] body) {
        return Problem.badRequest(
                        "the object provided is unrecognized (must be of type %s): %s (%s)"
                                .formatted(kind, why, shown(kind, body)))
                .exception();
    }

    /// Errors go to logs, where no secret may be.
    private static String shown(String kind, byte[] body) {
        return kind.equals(CONFIDENTIAL) ? "hidden" : JsonSyntax.excerpt(body, EXCERPT);
    }
}
