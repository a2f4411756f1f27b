package dev.slipway.apiserver.wire;

import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import java.util.Optional;

/// The form in which a client wants an answer.
///
/// @param pretty whether JSON is indented
public record Representation(Format format, Shape shape, boolean pretty) {
    /// The syntax.
    public enum Format {
        JSON("application/json"),
        YAML("application/yaml");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        public String contentType() {
            return contentType;
        }
    }

    /// How much of an object, and as what.
    public enum Shape {
        WHOLE,
        /// A table of printer columns.
        TABLE,
        /// Only metadata.
        METADATA
    }

    private static final String META_GROUP = "meta.k8s.io";
    private static final String AVAILABLE =
            "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /// What a request asks for, by its Accept header; refused with 406 when nothing of it can be had.
    public static Representation of(WebRequest request) {
        var header = request.header("accept").filter(text -> !text.isBlank()).orElse("*/*");
        for (var range : MediaRange.all(header)) {
            var found = servable(range);
            if (found.isPresent()) {
                return found.get().pretty(request);
            }
        }
        throw Problem.of(
                        Reason.NOT_ACCEPTABLE,
                        "406: Not Acceptable\n\nAvailable representations: " + AVAILABLE)
                .exception();
    }

    /// As far as it can be told: for errors, which are answered in any case.
    public static Representation ofError(WebRequest request) {
        var header = request.header("accept").orElse("");
        var yaml = header.startsWith(Format.YAML.contentType());
        return new Representation(yaml ? Format.YAML : Format.JSON, Shape.WHOLE, false)
                .pretty(request);
    }

    private static Optional<Representation> servable(MediaRange range) {
        return format(range)
                .flatMap(format ->
                        shape(range).map(shape -> new Representation(format, shape, false)));
    }

    private static Optional<Format> format(MediaRange range) {
        return switch (range.type()) {
            case "application/json", "application/*", "*/*" -> Optional.of(Format.JSON);
            case "application/yaml" -> Optional.of(Format.YAML);
            default -> Optional.empty();
        };
    }

    private static Optional<Shape> shape(MediaRange range) {
        var as = range.parameter("as");
        if (as.isEmpty()) {
            return Optional.of(Shape.WHOLE);
        }
        var version = range.parameter("v");
        if (!range.parameter("g").equals(META_GROUP) || !version.startsWith("v1")) {
            return Optional.empty();
        }
        return switch (as) {
            case "Table" -> Optional.of(Shape.TABLE);
            case "PartialObjectMetadata", "PartialObjectMetadataList" ->
                    Optional.of(Shape.METADATA);
            default -> Optional.empty();
        };
    }

    private Representation pretty(WebRequest request) {
        var asked = request.parameter("pretty");
        var wanted =
                asked.isPresent()
                        ? asked.get().equals("true") || asked.get().equals("1")
                        : readByPeople(request.header("user-agent").orElse(""));
        return new Representation(format, shape, wanted);
    }

    private static boolean readByPeople(String userAgent) {
        return userAgent.startsWith("curl")
                || userAgent.startsWith("Wget")
                || userAgent.startsWith("Mozilla");
    }
}
