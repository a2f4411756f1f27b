package dev.slipway.apiserver.wire;

import dev.slipway.apiserver.protobuf.ProtobufWriter;
import dev.slipway.apiserver.wire.Representation.Format;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Makes answers of trees, texts and problems.
public final class Answers {
    private Answers() {}

    /// A tree in the form that was asked for.
    public static WebResponse tree(int status, Map<String, Object> tree, Representation form) {
        return tree(status, tree, form, Map.of());
    }

    /// A tree in the form that was asked for, with further headers.
    public static WebResponse tree(
            int status,
            Map<String, Object> tree,
            Representation form,
            Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putIfAbsent("Content-Type", form.format().contentType());
        return new WebResponse.Whole(status, all, bytes(tree, form));
    }

    /// A problem as a `Status`.
    public static WebResponse problem(Problem problem, WebRequest request) {
        var headers =
                problem.retryAfterSeconds()
                        .map(seconds -> Map.of("Retry-After", seconds.toString()))
                        .orElse(Map.of());
        return tree(
                problem.reason().status(),
                Statuses.of(problem),
                Representation.ofError(request),
                headers);
    }

    /// Plain text, ending in a new line.
    public static WebResponse text(int status, String text) {
        return WebResponse.text(status, "text/plain; charset=utf-8", text + "\n");
    }

    /// The same answer with one more header.
    public static WebResponse with(WebResponse response, String name, String value) {
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.put(name, value);
        return switch (response) {
            case WebResponse.Whole whole ->
                    new WebResponse.Whole(whole.status(), headers, whole.body());
            case WebResponse.Streaming streaming ->
                    new WebResponse.Streaming(
                            streaming.status(), headers, streaming.body(), streaming.open());
        };
    }

    private static byte[] bytes(Map<String, Object> tree, Representation form) {
        return switch (form.format()) {
            case YAML -> Yaml.writeQuoted(Tree.sorted(tree)).getBytes(StandardCharsets.UTF_8);
            case PROTOBUF -> protobuf(tree);
            case JSON ->
                    form.pretty()
                            ? PrettyJson.write(tree).getBytes(StandardCharsets.UTF_8)
                            : Json.write(tree);
        };
    }

    /// An object as its message; refused where there is none.
    public static byte[] protobuf(Map<String, Object> tree) {
        return ProtobufWriter.write(tree)
                .orElseThrow(() ->
                        noMessage(
                                String.valueOf(tree.get("apiVersion")),
                                String.valueOf(tree.get("kind"))));
    }

    /// The problem of a kind that cannot be had in protocol buffers.
    public static ProblemException noMessage(String apiVersion, String kind) {
        return Problem.of(
                        Reason.NOT_ACCEPTABLE,
                        "%s of %s cannot be encoded as %s: ask for %s"
                                .formatted(
                                        kind,
                                        apiVersion,
                                        Format.PROTOBUF.contentType(),
                                        Format.JSON.contentType()))
                .exception();
    }
}
