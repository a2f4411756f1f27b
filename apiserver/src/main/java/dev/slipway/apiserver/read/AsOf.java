package dev.slipway.apiserver.read;

import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import java.util.List;
import java.util.Optional;

/// The moment of the past that a request asks for: `?asOf=71`, `?asOf=2026-01-31T12:00:00Z`.
public final class AsOf {
    /// The name of the parameter.
    public static final String PARAMETER = "asOf";

    /// What says otherwise which state is meant.
    private static final List<String> RIVALS = List.of("resourceVersion", "resourceVersionMatch");

    private AsOf() {}

    /// The moment as it was written; empty where the present is meant.
    public static Optional<String> of(WebRequest request) {
        var text = request.parameter(PARAMETER);
        if (text.isPresent()) {
            RIVALS.stream()
                    .filter(rival -> !request.parameter(rival).orElse("").isEmpty())
                    .findFirst()
                    .ifPresent(rival -> {
                        throw refused(rival, "may not be given together with asOf");
                    });
        }
        return text;
    }

    /// Refuses a moment where there is no past to ask for.
    public static void refuse(WebRequest request, String where) {
        if (request.parameter(PARAMETER).isPresent()) {
            throw refused(PARAMETER, "may be given on get and list only, not on " + where);
        }
    }

    private static ProblemException refused(String field, String why) {
        return Problem.badRequest(field + ": Forbidden: " + why).exception();
    }
}
