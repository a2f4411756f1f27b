package dev.slipway.bench.report;

import java.util.OptionalDouble;

/// One value of one server.
///
/// @param cpuMicros what the server's processors spent on one operation, in microseconds; empty where nobody counted
public record Measured(double value, OptionalDouble cpuMicros) {
    public static Measured of(double value) {
        return new Measured(value, OptionalDouble.empty());
    }
}
