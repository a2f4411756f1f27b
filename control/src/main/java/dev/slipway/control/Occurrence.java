package dev.slipway.control;

import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.Event;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.StoredObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One event as controllers see it: the objects are parsed once, when the first of them asks. One thread only.
public final class Occurrence {
    private final Event event;
    private @Nullable Resource object;
    private @Nullable Resource previous;

    public Occurrence(Event event) {
        this.event = event;
    }

    public ResourceKey key() {
        return event.object().key();
    }

    public Operation operation() {
        return event.operation();
    }

    public long revision() {
        return event.revision();
    }

    /// The same in its bytes, for who need not read it.
    public StoredObject stored() {
        return event.object();
    }

    /// What was there before, in its bytes.
    public Optional<StoredObject> before() {
        return event.previous();
    }

    /// The resource after the event; for a deletion its last state.
    public Resource object() {
        if (object == null) {
            object = event.object().resource();
        }
        return object;
    }

    /// The resource before the event.
    public Optional<Resource> previous() {
        if (previous == null && event.previous().isPresent()) {
            previous = event.previous().get().resource();
        }
        return Optional.ofNullable(previous);
    }
}
