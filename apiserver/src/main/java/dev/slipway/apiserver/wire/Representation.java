package dev.slipway.apiserver.wire;

import dev.slipway.apiserver.protobuf.Protobuf;
import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The form in which a client wants an answer.
///
/// @param pretty whether JSON is indented
public record Representation(Format format, Shape shape, boolean pretty) {
    /// The syntax.
    public enum Format {
        JSON("application/json"),
        YAML("application/yaml"),
        PROTOBUF(Protobuf.MEDIA_TYPE);

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

    /// What `pretty` is, in lower case, where it is a yes.
    private static final Set<String> YES = Set.of("1", "t", "true");

    private static final String META_GROUP = "meta.k8s.io";
    private static final Set<String> META_VERSIONS = Set.of("v1", "v1beta1");
    private static final String AVAILABLE =
            "application/json, application/yaml, application/vnd.kubernetes.protobuf";

    /// What a request asks for, by its Accept header; refused with 406 when nothing of it can be had. Objects are
    /// kept as JSON, so that protocol buffers are made only for who takes nothing else.
    public static Representation of(WebRequest request) {
        var header = request.header("accept").filter(text -> !text.isBlank()).orElse("*/*");
        var ranges = MediaRange.all(header);
        return ranges.stream()
                .flatMap(range -> servable(range).stream())
                .findFirst()
                .map(found -> found.pretty(request))
                .or(() -> ranges.stream().flatMap(range -> message(range).stream()).findFirst())
                .orElseThrow(Representation::notAcceptable);
    }

    private static ProblemException notAcceptable() {
        return Problem.of(
                        Reason.NOT_ACCEPTABLE,
                        "406: Not Acceptable\n\nAvailable representations: " + AVAILABLE)
                .exception();
    }

    /// As far as it can be told: for errors, which are answered in any case.
    public static Representation ofError(WebRequest request) {
        var header = request.header("accept").orElse("");
        var format =
                header.startsWith(Format.YAML.contentType())
                        ? Format.YAML
                        : takesOnlyMessages(header) ? Format.PROTOBUF : Format.JSON;
        return new Representation(format, Shape.WHOLE, false).pretty(request);
    }

    private static boolean takesOnlyMessages(String header) {
        var ranges = MediaRange.all(header);
        return !ranges.isEmpty()
                && ranges.stream().allMatch(range -> range.type().equals(Protobuf.MEDIA_TYPE));
    }

    /// Tables have no message.
    private static Optional<Representation> message(MediaRange range) {
        return range.type().equals(Protobuf.MEDIA_TYPE)
                ? shape(range)
                        .filter(shape -> shape != Shape.TABLE)
                        .map(shape -> new Representation(Format.PROTOBUF, shape, false))
                : Optional.empty();
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
        if (!range.parameter("g").equals(META_GROUP) || !META_VERSIONS.contains(version)) {
            return Optional.empty();
        }
        return switch (as) {
            case "Table" -> Optional.of(Shape.TABLE);
            case "PartialObjectMetadata", "PartialObjectMetadataList" ->
                    Optional.of(Shape.METADATA);
            default -> Optional.empty();
        };
    }

    /// The same without indentation.
    public Representation compact() {
        return new Representation(format, shape, false);
    }

    private Representation pretty(WebRequest request) {
        var asked = request.parameter("pretty");
        var wanted =
                asked.isPresent()
                        ? YES.contains(asked.get().toLowerCase(Locale.ROOT))
                        : readByPeople(request.header("user-agent").orElse(""));
        return new Representation(format, shape, wanted);
    }

    private static boolean readByPeople(String userAgent) {
        return userAgent.startsWith("curl")
                || userAgent.startsWith("Wget")
                || userAgent.startsWith("Mozilla");
    }
}
