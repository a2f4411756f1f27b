package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// What a new object gets from time and chance: a generated name, its uid, when it was made.
record Birth(Clock clock, RandomGenerator random) {
    private static final String NAME_LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int GENERATED_LETTERS = 5;
    private static final int MAX_GENERATED_PREFIX = 58;

    /// Generates the name that was asked for by its beginning.
    void name(Resource object) {
        var prefix = Json.string(object.metadata(), "generateName");
        if (object.name().isEmpty() && !prefix.isEmpty()) {
            var name =
                    new StringBuilder(
                            prefix.substring(0, Math.min(prefix.length(), MAX_GENERATED_PREFIX)));
            for (int i = 0; i < GENERATED_LETTERS; i++) {
                name.append(NAME_LETTERS.charAt(random.nextInt(NAME_LETTERS.length())));
            }
            Json.child(object.tree(), "metadata").put("name", name.toString());
        }
    }

    /// Gives a new object what only the server gives.
    Resource stamped(Resource object, Served served) {
        var metadata = Json.child(object.tree(), "metadata");
        metadata.put("uid", uid());
        metadata.put("creationTimestamp", now().toString());
        if (served.kind().rules().generation()) {
            metadata.put("generation", 1L);
        }
        return object;
    }

    /// A random UUID of version 4, from the chance that was handed in.
    private String uid() {
        var high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        var low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    /// The time as objects carry it, in seconds.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
