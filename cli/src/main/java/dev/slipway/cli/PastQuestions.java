package dev.slipway.cli;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Asks the server about the past, and puts its complaints into the words of the command line.
final class PastQuestions {
    /// What the server calls something, and how it is written here.
    private static final Map<String, String> WORDS =
            Map.of(
                    "diffFrom", "--from",
                    "diffTo", "--to",
                    "labelSelector", "-l",
                    "spec.to", "--to",
                    "spec.cause", "--cause",
                    "spec.noted", "--noted",
                    "spec.object.kind", "KIND",
                    "spec.object.name", "NAME",
                    "spec.object.namespace", "-n");

    /// What is answered where there is no such kind.
    private static final List<String> NOWHERE =
            List.of("404 page not found", "the server could not find the requested resource");

    private PastQuestions() {}

    /// The answer to a question about an object, or to one that is about none.
    ///
    /// @param about `configmap default/web`, or nothing
    static <T> T ask(String about, Supplier<T> question) {
        try {
            return question.get();
        } catch (ProblemException e) {
            var problem = e.problem();
            throw Problem.of(problem.reason(), sentence(about, problem)).exception();
        }
    }

    private static String sentence(String about, Problem problem) {
        if (problem.reason() == Reason.CONFLICT) {
            return problem.message();
        }
        var line = Outcome.line(problem);
        if (problem.reason() == Reason.NOT_FOUND && !about.isEmpty()) {
            return notFound(about, line);
        }
        if (line.startsWith("unable to parse requirement")) {
            return "-l: " + line;
        }
        var colon = line.indexOf(':');
        var word = WORDS.get(line.substring(0, Math.max(0, colon)));
        return word == null ? line : word + line.substring(colon);
    }

    private static String notFound(String about, String line) {
        if (NOWHERE.contains(line)) {
            return "the server serves no such kind as that of %s, and the log knows of none that was"
                    .formatted(about);
        }
        return line.endsWith("\" not found")
                ? about + " is not there, and the log knows of none that was"
                : line;
    }
}
