package dev.slipway.kernel.resources;

import dev.slipway.kernel.model.User;
import dev.slipway.kernel.store.Attribution;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// On whose behalf and how a write is made.
///
/// @param manager the field manager
/// @param dryRun whether everything but the commit happens
/// @param user whose rights bound what may be written; empty for the platform's own controllers
public record WriteOptions(
        Attribution attribution,
        String manager,
        boolean dryRun,
        Strictness strictness,
        Optional<User> user) {
    public WriteOptions {
        Objects.requireNonNull(attribution);
        Objects.requireNonNull(manager);
    }

    /// A write of the platform itself.
    public WriteOptions(
            Attribution attribution, String manager, boolean dryRun, Strictness strictness) {
        this(attribution, manager, dryRun, strictness, Optional.empty());
    }

    /// The same, within the rights of a user.
    public WriteOptions by(User other) {
        return new WriteOptions(attribution, manager, dryRun, strictness, Optional.of(other));
    }

    /// A controller's write: the controller is the actor and the field manager, unknown fields are errors.
    public static WriteOptions controller(String manager, List<Long> causes) {
        return new WriteOptions(
                new Attribution(manager, causes, causes.isEmpty() ? "resync" : ""),
                manager,
                false,
                Strictness.STRICT);
    }

    /// The same under another field manager.
    public WriteOptions as(String other) {
        return new WriteOptions(attribution, other, dryRun, strictness, user);
    }

    /// The same for what says nothing of fields that a stored object has and its kind no longer knows: these go.
    public WriteOptions lenient() {
        return new WriteOptions(attribution, manager, dryRun, Strictness.IGNORE, user);
    }

    public WriteOptions dry() {
        return new WriteOptions(attribution, manager, true, strictness, user);
    }
}
