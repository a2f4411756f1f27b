package dev.slipway.simulation;

/// Unwinds what a process was doing when it died.
final class Crashed extends Error {
    private static final long serialVersionUID = 1L;

    Crashed() {
        super("the process died", null, false, false);
    }
}
