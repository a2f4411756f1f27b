package dev.slipway.portal.page;

import dev.slipway.kernel.model.Problem;
import java.util.List;

/// The page of a request that failed: what is so, and the way on.
///
/// @param heading what is so, as a sentence
/// @param sentence the API's own words
/// @param causes field by field, where there are any
public record ProblemPage(
        int status,
        String icon,
        String heading,
        String sentence,
        List<String> causes,
        List<Frame.Link> ways) {
    public ProblemPage {
        causes = List.copyOf(causes);
        ways = List.copyOf(ways);
    }

    static ProblemPage of(Problem problem, List<Frame.Link> ways) {
        return new ProblemPage(
                problem.reason().status(),
                icon(problem),
                heading(problem),
                problem.message(),
                problem.causes().stream().map(Object::toString).toList(),
                ways);
    }

    private static String icon(Problem problem) {
        return switch (problem.reason()) {
            case FORBIDDEN, UNAUTHORIZED -> "lock";
            case NOT_FOUND, GONE, EXPIRED -> "search";
            default -> "warning";
        };
    }

    private static String heading(Problem problem) {
        var about = problem.subject().map(Problem.Subject::name).filter(name -> !name.isEmpty());
        return switch (problem.reason()) {
            case FORBIDDEN ->
                    about.map(name -> "You may not see " + name).orElse("You may not see this");
            case UNAUTHORIZED -> "You are not signed in";
            case NOT_FOUND, GONE, EXPIRED ->
                    about.map(name -> name + " does not exist").orElse("There is no such page");
            case METHOD_NOT_ALLOWED -> "This page can only be read";
            case SERVICE_UNAVAILABLE, TIMEOUT, TOO_MANY_REQUESTS -> "The API does not answer now";
            default -> "This page could not be made";
        };
    }
}
