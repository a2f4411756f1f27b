package dev.slipway.apiserver.audit;

import dev.slipway.client.web.Identity;
import dev.slipway.kernel.store.Origin;
import java.util.Optional;

/// The request that is being answered on this thread: its id, where it came from, and by what right it goes on.
///
/// Bound at the door, and read where writes and reads are noted. Used by one thread.
public final class Occasion {
    /// The one of this thread; not bound where nobody came by the door.
    public static final ScopedValue<Occasion> NOW = ScopedValue.newInstance();

    /// What is said of those whom no rule binds.
    private static final String MASTER = "group system:masters";

    private final String id;
    private final String address;
    private final String agent;
    private String allowed = "";

    public Occasion(String id, String address, String agent) {
        this.id = id;
        this.address = address;
        this.agent = agent;
    }

    /// Notes why the request may go on.
    public static void allowed(String reason) {
        now().ifPresent(occasion -> occasion.allowed = reason.isEmpty() ? MASTER : reason);
    }

    /// Where a write of somebody comes from.
    public static Origin origin(Identity identity) {
        return now().map(one ->
                        new Origin(one.address, one.agent, one.id, identity.by(), one.allowed))
                .orElse(Origin.NONE);
    }

    private static Optional<Occasion> now() {
        return NOW.isBound() ? Optional.of(NOW.get()) : Optional.empty();
    }
}
