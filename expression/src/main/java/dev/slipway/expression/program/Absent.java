package dev.slipway.expression.program;

/// Stands for what is not there, where absence is no failure.
enum Absent {
    ABSENT
}
