package dev.slipway.kernel.store;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// Closes bytes that only processes with the store's master key may read, and that nobody else can make.
///
/// What is closed may lie where others read it: in a resource. Bound to a purpose: what was closed for another does not
/// open. Safe to use from any thread.
public final class Lockbox {
    private final String purpose;
    private final List<MasterKey> keys;

    /// @param keys that of now, then those before it
    Lockbox(String purpose, List<MasterKey> keys) {
        this.purpose = purpose;
        this.keys = List.copyOf(keys);
    }

    /// Whose key goes with the process.
    public static Lockbox ofThisProcess(String purpose, SecureRandom random) {
        return new Lockbox(purpose, List.of(new MasterKey(MasterKey.fresh(random), random)));
    }

    public byte[] close(byte[] plain) {
        return keys.getFirst().wrap(purpose, plain);
    }

    /// What was closed, also with a key before that of now; empty where it was not closed here, or was altered.
    public Optional<byte[]> open(byte[] closed) {
        return keys.stream().flatMap(key -> key.unwrap(purpose, closed).stream()).findFirst();
    }

    /// Whether it was closed with the key of now.
    public boolean isCurrent(byte[] closed) {
        return keys.getFirst().wrapped(closed);
    }
}
