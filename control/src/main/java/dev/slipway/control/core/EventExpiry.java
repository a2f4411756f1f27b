package dev.slipway.control.core;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Deletes events an hour after they were last seen, as Kubernetes does.
final class EventExpiry implements Controller {
    static final String NAME = "slipway-events";
    static final Duration LIFETIME = Duration.ofHours(1);

    private static final List<KindKey> KINDS =
            List.of(KindKey.of("", "events"), KindKey.of("events.k8s.io", "events"));

    private static final List<String[]> TIMES =
            List.of(
                    new String[] {"metadata", "creationTimestamp"},
                    new String[] {"lastTimestamp"},
                    new String[] {"deprecatedLastTimestamp"},
                    new String[] {"eventTime"},
                    new String[] {"series", "lastObservedTime"});

    private final Resources resources;
    private final Clock clock;

    EventExpiry(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        var key = occurrence.key();
        return KINDS.contains(key.kind()) && occurrence.operation() != Operation.DELETE
                ? List.of(key)
                : List.of();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return KINDS.stream()
                .flatMap(kind -> state.list(kind).stream())
                .map(StoredObject::key)
                .toList();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var event = resources.state().get(key).map(StoredObject::resource);
        if (event.isEmpty() || event.get().terminating()) {
            return Next.DONE;
        }
        var left = Duration.between(clock.instant(), lastSeen(event.get()).plus(LIFETIME));
        if (left.isPositive()) {
            return new Next.Again(left);
        }
        resources
                .kinds()
                .byKey(key.kind())
                .map(Served::stored)
                .ifPresent(served -> delete(served, key, waking));
        return Next.DONE;
    }

    private void delete(Served served, ResourceKey key, Waking waking) {
        var options = WriteOptions.controller(NAME, waking.causes());
        Quietly.run(() ->
                resources.delete(
                        served, key.namespace(), key.name(), DeleteOptions.BACKGROUND, options));
    }

    /// The latest time that the event names, which no clock is ahead of for long.
    private Instant lastSeen(Resource event) {
        return TIMES.stream()
                .flatMap(path -> time(event.at(path)).stream())
                .filter(time -> !time.isAfter(clock.instant()))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private static Optional<Instant> time(@Nullable Object value) {
        try {
            return value instanceof String text
                    ? Optional.of(Instant.parse(text))
                    : Optional.empty();
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
