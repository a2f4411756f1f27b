package dev.slipway.kernel.store;

import java.time.Instant;

/// A place in the log that somebody names.
public sealed interface Moment {
    /// The newest revision there is.
    record Newest() implements Moment {
        @Override
        public String toString() {
            return "the newest revision";
        }
    }

    /// A revision by its number.
    record At(long number) implements Moment {
        @Override
        public String toString() {
            return "revision " + number;
        }
    }

    /// The newest revision at a time.
    record Until(Instant time) implements Moment {
        @Override
        public String toString() {
            return time.toString();
        }
    }
}
