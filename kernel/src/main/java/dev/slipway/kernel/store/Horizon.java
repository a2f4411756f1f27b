package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;

/// How far compaction has come in a part of the log.
///
/// @param removed the newest revision that is gone: who watches from there on misses nothing
/// @param complete the oldest revision at which, and after which, the state can be told
record Horizon(long removed, long complete) {
    /// Nothing is gone.
    static final Horizon NONE = new Horizon(0, 0);

    Horizon {
        if (removed < 0 || complete < 0) {
            throw new IllegalArgumentException(
                    "removed %d, complete %d".formatted(removed, complete));
        }
    }

    /// What both leave.
    Horizon and(Horizon other) {
        return new Horizon(Math.max(removed, other.removed), Math.max(complete, other.complete));
    }

    /// Refuses to tell a state that compaction has made holes in.
    void refuseState(long number) {
        if (number < complete) {
            throw expired(number, complete);
        }
    }

    /// Refuses a watch that would miss something.
    void refuseWatch(long after) {
        if (after < removed) {
            throw Problem.of(
                            Reason.EXPIRED,
                            "too old resource version: %d (%d)".formatted(after, removed))
                    .exception();
        }
    }

    static ProblemException expired(long number, long earliest) {
        return Problem.of(
                        Reason.EXPIRED,
                        "revision %d was compacted; the earliest there is is %d"
                                .formatted(number, earliest))
                .exception();
    }
}
