package dev.slipway.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;

/// A process that runs one simulation and prints what it came to. Arguments: the seed and the steps.
final class Replay {
    /// Kept, because a logger that nobody holds forgets its level.
    private static final Logger LOG = Logger.getLogger("dev.slipway");

    private Replay() {}

    public static void main(String[] arguments) {
        silence();
        System.out.println(
                Simulation.run(
                        Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]), Defect.NONE));
    }

    /// In a simulation failures are expected, and told by it alone.
    static void silence() {
        LOG.setLevel(Level.OFF);
    }
}
