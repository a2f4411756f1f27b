package dev.slipway.apiserver;

import dev.slipway.apiserver.audit.Occasion;
import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads the options of writes from their queries and headers.
final class WriteRequests {
    /// How many bytes a field manager's name may have.
    static final int MAX_MANAGER = 128;

    /// How many characters of a stated cause are kept.
    static final int MAX_CAUSE = 512;

    private static final Pattern END_OF_WORD = Pattern.compile("[/ ]");
    private static final String META_GROUP = "meta.k8s.io";

    private WriteRequests() {}

    /// @param kind of the options, for messages: `CreateOptions`
    static WriteOptions options(WebRequest request, String kind) {
        var causes = new ArrayList<FieldCause>();
        var dryRun = dryRun(request, causes);
        var strictness = strictness(request, causes);
        var manager = manager(request, causes);
        if (!causes.isEmpty()) {
            throw invalid(kind, causes).exception();
        }
        return new WriteOptions(
                attribution(request),
                manager,
                dryRun,
                strictness,
                Optional.of(request.identity().who()));
    }

    static Problem invalid(String kind, List<FieldCause> causes) {
        return Problem.invalid(META_GROUP, kind, "", causes);
    }

    /// Refuses duplicates in a strict body, and makes a warning of each in any other but an ignoring one.
    ///
    /// @param unknown the fields that the schema does not know
    static List<String> duplicates(
            List<String> paths,
            List<String> unknown,
            WriteOptions options,
            String kind,
            String version) {
        var found = paths.stream().map(path -> "duplicate field \"%s\"".formatted(path)).toList();
        if (found.isEmpty() || options.strictness() == Strictness.IGNORE) {
            return List.of();
        }
        if (options.strictness() == Strictness.STRICT) {
            var all =
                    Stream.concat(
                                    unknown.stream().map("unknown field \"%s\""::formatted),
                                    found.stream())
                            .collect(Collectors.joining(", "));
            throw Problem.badRequest(
                            "%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s"
                                    .formatted(kind, version, kind, all))
                    .exception();
        }
        return found;
    }

    /// Refuses keys that a strict YAML document repeats, and makes warnings of them in any other but an ignoring one.
    static List<String> repeated(List<String> keys, WriteOptions options) {
        if (keys.isEmpty() || options.strictness() == Strictness.IGNORE) {
            return List.of();
        }
        if (options.strictness() == Strictness.STRICT) {
            throw Problem.badRequest(
                            "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  "
                                    + String.join("\n  ", keys))
                    .exception();
        }
        return keys;
    }

    private static Attribution attribution(WebRequest request) {
        var cause = request.header("slipway-cause").orElse("");
        return new Attribution(
                request.identity().user(),
                List.of(),
                cause.length() <= MAX_CAUSE ? cause : cause.substring(0, MAX_CAUSE),
                Occasion.origin(request.identity()));
    }

    private static boolean dryRun(WebRequest request, List<FieldCause> causes) {
        var values = request.query().getOrDefault("dryRun", List.of());
        if (values.stream().anyMatch(value -> !value.equals("All"))) {
            causes.add(FieldCause.notSupported("dryRun", values, List.of("All")));
        }
        return !values.isEmpty();
    }

    private static Strictness strictness(WebRequest request, List<FieldCause> causes) {
        var value = request.parameter("fieldValidation").orElse("");
        return switch (value) {
            case "Ignore" -> Strictness.IGNORE;
            case "", "Warn" -> Strictness.WARN;
            case "Strict" -> Strictness.STRICT;
            default -> {
                var supported = List.of("", "Ignore", "Strict", "Warn");
                causes.add(FieldCause.notSupported("fieldValidation", value, supported));
                yield Strictness.WARN;
            }
        };
    }

    /// As the client says, else the first word of its user agent.
    private static String manager(WebRequest request, List<FieldCause> causes) {
        var said = request.parameter("fieldManager").orElse("");
        if (said.isEmpty()) {
            var agent = request.header("user-agent").orElse("unknown");
            return cut(END_OF_WORD.split(agent, 2)[0]);
        }
        if (said.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > MAX_MANAGER) {
            var why = "Too long: may not be more than %d bytes".formatted(MAX_MANAGER);
            causes.add(new FieldCause("FieldValueTooLong", "fieldManager", why));
        }
        said.chars()
                .filter(Character::isISOControl)
                .findFirst()
                .ifPresent(control -> causes.add(unprintable(said, control)));
        return said;
    }

    private static FieldCause unprintable(String manager, int control) {
        return FieldCause.invalid(
                "fieldManager",
                manager,
                "invalid character U+%04X (at position %d)"
                        .formatted(control, manager.indexOf(control)));
    }

    private static String cut(String agent) {
        return agent.isEmpty()
                ? "unknown"
                : agent.length() <= MAX_MANAGER ? agent : agent.substring(0, MAX_MANAGER);
    }
}
