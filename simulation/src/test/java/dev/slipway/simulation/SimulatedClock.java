package dev.slipway.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/// A clock that goes on only when it is told to.
final class SimulatedClock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    Instant now() {
        return now;
    }

    void advance(Duration time) {
        now = now.plus(time);
    }

    /// The same time as a process sees it whose clock is off by so much.
    Clock offBy(Supplier<Duration> skew) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.plus(skew.get());
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new IllegalArgumentException("times are in UTC here, not in " + zone);
            }
        };
    }
}
