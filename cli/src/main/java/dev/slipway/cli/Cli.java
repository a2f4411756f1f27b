package dev.slipway.cli;

import dev.slipway.kernel.model.ProblemException;
import java.util.List;
import java.util.Optional;

/// The command line: finds the verb, runs it, and turns what went wrong into one line and an exit code.
public final class Cli {
    /// Everything was done.
    public static final int DONE = 0;

    /// Something was not; a line says what.
    public static final int FAILED = 1;

    /// The command line cannot be understood.
    public static final int MISUSED = 2;

    private static final List<Verb> VERBS =
            List.of(
                    Apply.VERB,
                    Plan.VERB,
                    Get.VERB,
                    Delete.VERB,
                    History.VERB,
                    Diff.VERB,
                    Why.VERB,
                    Rollback.VERB,
                    Revisions.VERB,
                    Pin.VERB,
                    Login.VERB,
                    Examples.VERB,
                    Version.VERB);

    private Cli() {}

    /// Whether a verb is one of the command line's.
    public static boolean knows(String verb) {
        return verb(verb).isPresent();
    }

    /// The usage lines of all verbs, for whoever prints help.
    public static List<String> usage() {
        return VERBS.stream().map(Verb::line).toList();
    }

    /// Runs a verb with what follows it; returns the exit code.
    public static int run(List<String> words, Environment world) {
        var environment = world.plain();
        var verb = words.isEmpty() ? Optional.<Verb>empty() : verb(words.getFirst());
        if (verb.isEmpty()) {
            environment
                    .err()
                    .println(
                            words.isEmpty()
                                    ? "slipway: a verb is missing"
                                    : "slipway: unknown verb " + words.getFirst());
            usage().forEach(line -> environment.err().println("  " + line));
            return MISUSED;
        }
        return run(verb.get(), words.subList(1, words.size()), environment);
    }

    private static int run(Verb verb, List<String> words, Environment environment) {
        try {
            var arguments = Arguments.parse(words, verb.options());
            if (arguments.has(Option.HELP)) {
                environment.out().println(verb.line());
                environment.out().println(verb.summary());
                return DONE;
            }
            return verb.run().in(new Session(arguments, environment));
        } catch (UsageException e) {
            environment
                    .err()
                    .println(
                            "slipway %s: %s; usage: %s"
                                    .formatted(verb.name(), e.getMessage(), verb.line()));
            return MISUSED;
        } catch (ProblemException e) {
            environment.err().println("slipway: " + Outcome.line(e.problem()));
            return FAILED;
        }
    }

    private static Optional<Verb> verb(String name) {
        return VERBS.stream().filter(verb -> verb.name().equals(name)).findFirst();
    }
}
