package dev.slipway.control;

import java.time.Duration;

/// What a controller wants after a look at a key.
public sealed interface Next {
    /// Nothing, until an event concerns the key again.
    record Done() implements Next {}

    /// Another look after a while, or at the next event that concerns the key.
    record Again(Duration after) implements Next {}

    /// It did not work for a reason that may pass: another look with back-off.
    record Retry(String reason) implements Next {}

    Next DONE = new Done();
}
