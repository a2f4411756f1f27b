package dev.slipway.kernel.plan;

import dev.slipway.kernel.resources.Resources;
import java.time.Duration;
import java.util.List;

/// Works out what writes would bring about, without making them. Safe to use from any thread.
public interface Planner {
    /// How many writes one plan may be asked for.
    int MAX_PROPOSALS = 1_000;

    /// One write, as it would be made.
    interface Proposal {
        /// Makes it where it is seen by nobody else, and returns what its author is warned of; throws a
        /// [dev.slipway.kernel.model.ProblemException] where it is refused.
        List<String> on(Resources overlay);
    }

    /// How long a plan waits for others to be worked out before it is refused.
    Duration MAX_WAIT = Duration.ofSeconds(5);

    /// The outcome of all proposals together, on what exists now. Those that need what others bring are made after them,
    /// whatever their order.
    Plan plan(List<Proposal> proposals);
}
