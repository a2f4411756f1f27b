package dev.slipway.simulation;

import java.util.Optional;

/// Somebody who does one thing at a time when the scheduler says so.
interface Actor {
    String name();

    /// How often it comes before others; 0 while it has nothing to do.
    int weight();

    /// Does one thing and says what it was.
    String step();

    /// The process through which it writes now, which has one writer; empty for who only looks.
    Optional<Host> writesThrough();

    /// How many of its steps may be under way at once, one inside the other.
    default int breadth() {
        return 1;
    }
}
