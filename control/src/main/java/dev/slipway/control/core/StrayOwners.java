package dev.slipway.control.core;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/// Tells of owners that are somewhere else than where they are named: in another namespace, or in one at all. Whoever
/// wrote such a reference wonders why their resource goes, or never does.
final class StrayOwners {
    private static final KindKey EVENTS = KindKey.of("", "events");
    private static final String SOURCE = "garbage-collector-controller";
    private static final String REASON = "OwnerRefInvalidNamespace";

    private final Resources resources;
    private final Clock clock;

    StrayOwners(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    /// Makes an event, once for each reference as long as events are kept.
    void tell(Resource dependent, OwnerReference owner, Kind kind, WriteOptions options) {
        if (kind.namespaced() && isSomewhere(owner, kind)) {
            resources
                    .kinds()
                    .byKey(EVENTS)
                    .map(Served::stored)
                    .ifPresent(served -> {
                        var namespace = namespace(dependent);
                        try {
                            resources.create(served, namespace, event(dependent, owner), options);
                        } catch (ProblemException e) {
                            if (e.problem().reason() != Reason.ALREADY_EXISTS
                                    && e.problem().reason() != Reason.FORBIDDEN) {
                                throw e;
                            }
                        }
                    });
        }
    }

    private boolean isSomewhere(OwnerReference owner, Kind kind) {
        return resources.state().list(kind.key()).stream().anyMatch(one -> isIt(one, owner));
    }

    private static boolean isIt(StoredObject one, OwnerReference owner) {
        return one.key().name().equals(owner.name())
                && one.field("metadata.uid").equals(owner.uid());
    }

    /// Events of what is in no namespace are kept here.
    private static String namespace(Resource dependent) {
        return dependent.namespace().isEmpty() ? "default" : dependent.namespace();
    }

    private Map<String, Object> event(Resource dependent, OwnerReference owner) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("apiVersion", "v1");
        event.put("kind", "Event");
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", dependent.name() + "." + mark(dependent, owner));
        metadata.put("namespace", namespace(dependent));
        event.put("metadata", metadata);
        event.put("involvedObject", reference(dependent));
        event.put("type", "Warning");
        event.put("reason", REASON);
        event.put("message", message(dependent, owner));
        event.put("source", new LinkedHashMap<>(Map.of("component", SOURCE)));
        event.put("reportingComponent", SOURCE);
        event.put("firstTimestamp", now);
        event.put("lastTimestamp", now);
        event.put("count", 1L);
        return event;
    }

    private static String message(Resource dependent, OwnerReference owner) {
        return "ownerRef [%s/%s, namespace: %s, name: %s, uid: %s] does not exist in namespace \"%s\""
                .formatted(
                        owner.apiVersion(),
                        owner.kind(),
                        dependent.namespace(),
                        owner.name(),
                        owner.uid(),
                        dependent.namespace());
    }

    private static Map<String, Object> reference(Resource dependent) {
        Map<String, Object> reference = new LinkedHashMap<>();
        reference.put("apiVersion", dependent.apiVersion());
        reference.put("kind", dependent.kind());
        if (!dependent.namespace().isEmpty()) {
            reference.put("namespace", dependent.namespace());
        }
        reference.put("name", dependent.name());
        reference.put("uid", dependent.uid());
        return reference;
    }

    /// The same for the same two, so that one is told of once.
    private static String mark(Resource dependent, OwnerReference owner) {
        var both = (dependent.uid() + owner.uid()).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(both).toString().substring(0, 13).replace("-", "");
    }
}
