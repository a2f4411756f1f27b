package dev.slipway.control.core;

import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;

/// Runs writes whose object may have gone in the meantime, which is as well.
final class Quietly {
    private Quietly() {}

    static void run(Runnable write) {
        try {
            write.run();
        } catch (ProblemException e) {
            if (e.problem().reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }
}
