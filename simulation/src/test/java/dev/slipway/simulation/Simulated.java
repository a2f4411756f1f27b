package dev.slipway.simulation;

import dev.slipway.kernel.store.Medium;

/// What all who take part in a simulation share.
record Simulated(
        Chance chance,
        SimulatedClock clock,
        Trace trace,
        Scheduler scheduler,
        Medium medium,
        Trouble mishaps,
        Defect defect) {}
