package dev.slipway.apiserver.read;

import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a list or a watch is asked for.
///
/// @param limit how many items a page may have; 0 for all
/// @param resourceVersion the revision that was named; empty where none
/// @param match how the revision is meant: `Exact`, `NotOlderThan` or empty
/// @param timeoutSeconds how long a watch may last; empty where not said
/// @param initialEvents whether a watch begins with what exists; empty where not said
public record Options(
        LabelSelector labels,
        FieldSelector fields,
        int limit,
        String continueToken,
        OptionalLong resourceVersion,
        String match,
        OptionalLong timeoutSeconds,
        boolean bookmarks,
        Optional<Boolean> initialEvents) {
    static final String EXACT = "Exact";
    static final String NOT_OLDER_THAN = "NotOlderThan";

    private static final String MATCH = "resourceVersionMatch";

    /// Reads the query of a list.
    public static Options ofList(WebRequest request, Served served) {
        var options = of(request, served);
        if (options.initialEvents.isPresent()) {
            throw forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list");
        }
        options.checkMatch(request.parameter("resourceVersion").orElse(""));
        return options;
    }

    /// Reads the query of a watch.
    public static Options ofWatch(WebRequest request, Served served) {
        var options = of(request, served);
        options.checkWatch();
        return options;
    }

    /// The state that a list or the beginning of a watch is of: a page that begins at a revision is of that revision.
    Wanted wanted() {
        var revision = resourceVersion.orElse(0);
        if (resourceVersion.isEmpty()) {
            return new Wanted.Newest();
        }
        return match.equals(EXACT) || (match.isEmpty() && limit > 0 && revision > 0)
                ? new Wanted.Exactly(revision)
                : new Wanted.NotOlderThan(revision);
    }

    /// Whether a watch begins with what exists.
    boolean initial() {
        return initialEvents.orElse(resourceVersion.orElse(0) == 0);
    }

    private static Options of(WebRequest request, Served served) {
        return new Options(
                LabelSelector.parse(request.parameter("labelSelector").orElse("")),
                FieldSelector.parse(request.parameter("fieldSelector").orElse(""), served),
                Math.clamp(number(request, "limit").orElse(0), 0, Integer.MAX_VALUE),
                request.parameter("continue").orElse(""),
                revision(request),
                request.parameter(MATCH).orElse(""),
                number(request, "timeoutSeconds"),
                request.flag("allowWatchBookmarks").orElse(false),
                request.flag("sendInitialEvents"));
    }

    private void checkMatch(String version) {
        if (match.isEmpty()) {
            checkContinue();
            return;
        }
        if (!continueToken.isEmpty()) {
            throw forbidden(MATCH, "resourceVersionMatch is forbidden when continue is provided");
        }
        if (version.isEmpty()) {
            throw forbidden(
                    MATCH, "resourceVersionMatch is forbidden unless resourceVersion is provided");
        }
        if (!match.equals(EXACT) && !match.equals(NOT_OLDER_THAN)) {
            throw unsupported(match, List.of(EXACT, NOT_OLDER_THAN, ""));
        }
        if (match.equals(EXACT) && version.equals("0")) {
            throw forbidden(
                    MATCH, "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"");
        }
    }

    private void checkWatch() {
        var causes = new ArrayList<FieldCause>();
        if (initialEvents.isPresent() && match.isEmpty()) {
            causes.add(
                    FieldCause.forbidden(
                            MATCH,
                            "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
        }
        if (initialEvents.isEmpty() && !match.isEmpty()) {
            causes.add(
                    FieldCause.forbidden(
                            MATCH,
                            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
        }
        if (!match.isEmpty() && !match.equals(NOT_OLDER_THAN)) {
            causes.add(FieldCause.notSupported(MATCH, match, List.of(NOT_OLDER_THAN)));
        }
        if (!causes.isEmpty()) {
            throw Problem.invalid("meta.k8s.io", "ListOptions", "", causes).exception();
        }
    }

    private void checkContinue() {
        if (continueToken.isEmpty()) {
            return;
        }
        ContinueToken.parse(continueToken);
        if (resourceVersion.orElse(0) > 0) {
            throw Problem.badRequest(
                            "specifying resource version is not allowed when using continue")
                    .exception();
        }
    }

    /// The number behind `resourceVersion`, which must be one.
    public static OptionalLong revision(WebRequest request) {
        var text = request.parameter("resourceVersion").orElse("");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.badRequest(
                            "invalid resource version: resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
                                    .formatted(text, text))
                    .exception();
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static OptionalLong number(WebRequest request, String name) {
        var text = request.parameter(name).orElse("");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!text.matches("-?[0-9]{1,18}")) {
            throw Problem.badRequest(
                            "strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(text))
                    .exception();
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    private static RuntimeException forbidden(String field, String why) {
        return invalid(FieldCause.forbidden(field, why));
    }

    private static RuntimeException unsupported(String value, List<String> supported) {
        return invalid(FieldCause.notSupported(MATCH, value, supported));
    }

    private static RuntimeException invalid(FieldCause cause) {
        return Problem.invalid("meta.k8s.io", "ListOptions", "", List.of(cause)).exception();
    }
}
