package dev.slipway.kernel.patch;

/// The value of a field that is not there, which null is not.
enum Absent {
    ABSENT
}
