package dev.slipway.cli;

import java.util.ArrayList;
import java.util.List;

/// Prints what came of each document, each on a line of its own, and knows the exit code.
final class Report {
    private final Session session;
    private final boolean json;
    private final List<Object> told = new ArrayList<>();
    private boolean failed;

    Report(Session session) {
        this.session = session;
        this.json = session.arguments().output("json", "name").equals("json");
    }

    void add(Outcome outcome) {
        failed |= outcome instanceof Outcome.Failed;
        if (json) {
            told.add(outcome.tree());
        } else {
            print(outcome);
        }
    }

    /// 0 when everything was done, 1 otherwise.
    int end() {
        if (json) {
            session.print("json", java.util.Map.of("items", told));
        }
        return failed ? Cli.FAILED : Cli.DONE;
    }

    private void print(Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(var shownAs, var result, _, var warnings) -> {
                var name = session.arguments().has(Option.OUTPUT);
                session.out().println(name ? shownAs : shownAs + " " + result);
                warnings.forEach(
                        warning -> session.environment().err().println("Warning: " + warning));
            }
            case Outcome.Failed(var place, var message) -> session.complain(place + ": " + message);
        }
    }
}
