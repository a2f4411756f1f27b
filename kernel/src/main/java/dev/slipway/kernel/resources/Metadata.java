package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Advice;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.kind.MetadataRules;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What the server keeps in metadata from one revision to the next.
final class Metadata {
    static final String MODIFIED =
            "the object has been modified; please apply your changes to the latest version and try again";

    private static final List<String> KEPT =
            List.of(
                    "uid",
                    "creationTimestamp",
                    "deletionTimestamp",
                    "deletionGracePeriodSeconds",
                    "generation",
                    "resourceVersion");

    private Metadata() {}

    /// Puts back what a client may not change; mutates and returns `next`.
    static Resource restored(Resource live, Resource next) {
        var metadata = Json.child(next.tree(), "metadata");
        for (var key : KEPT) {
            if (live.metadata().containsKey(key)) {
                Json.put(metadata, key, live.metadata().get(key));
            } else {
                metadata.remove(key);
            }
        }
        metadata.remove("selfLink");
        for (var key : List.of("labels", "annotations", "finalizers", "ownerReferences")) {
            dropEmpty(metadata, key);
        }
        return next;
    }

    /// Counts a change outside metadata and status; mutates and returns `next`.
    static Resource counted(Resource live, Resource next, boolean counts, boolean status) {
        if (counts && !content(live, status).equals(content(next, status))) {
            Json.child(next.tree(), "metadata").put("generation", live.generation() + 1);
        }
        return next;
    }

    /// All that is wrong with an object's metadata. An update is checked by several in a row, who repeat each other.
    static List<FieldCause> check(Resource object, Kind kind, Optional<Resource> old) {
        var causes = new ArrayList<FieldCause>();
        var found = MetadataRules.check(object, kind);
        for (int i = 0; i < (old.isEmpty() ? 1 : checks(kind)); i++) {
            causes.addAll(found);
        }
        old.ifPresent(live -> {
            causes.addAll(immutable(live, object));
            causes.addAll(immutable(live, object));
        });
        return causes;
    }

    /// What a client should know about metadata that is accepted.
    static List<String> warnings(Resource object, Kind kind, Optional<Resource> old) {
        if (kind.rules().builtIn()) {
            return Advice.of(object, kind, old);
        }
        var known = old.map(Resource::finalizers).orElse(List.of());
        return object.finalizers().stream()
                .filter(finalizer -> !finalizer.contains("/") && !known.contains(finalizer))
                .filter(finalizer -> !Finalization.isStandard(finalizer))
                .map(finalizer ->
                        "metadata.finalizers: \"%s\": prefer a domain-qualified finalizer name to avoid accidental conflicts with other finalizer writers"
                                .formatted(finalizer))
                .toList();
    }

    /// Drops what a list of owners repeats, in place, and returns what a client should know about that.
    static List<String> withoutRepeatedOwners(Resource object) {
        var owners = Json.list(object.metadata(), "ownerReferences");
        var once = new ArrayList<Object>(new LinkedHashSet<>(owners));
        if (once.size() == owners.size()) {
            return List.of();
        }
        var repeated = new ArrayList<>(owners);
        once.forEach(repeated::remove);
        Json.child(object.tree(), "metadata").put("ownerReferences", once);
        var uids =
                repeated.stream()
                        .map(owner -> String.valueOf(Json.at(owner, "uid")))
                        .distinct()
                        .collect(Collectors.joining(", "));
        return List.of(
                ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; please fix your requests; duplicate UID(s) observed: "
                        + uids);
    }

    /// How often the metadata of an update is looked at.
    private static int checks(Kind kind) {
        var thrice =
                !kind.rules().builtIn()
                        || kind.group().equals("apps")
                        || kind.names().plural().equals("namespaces");
        return thrice ? 3 : 4;
    }

    /// What stands in a terminating object's way: no finalizer may join.
    private static List<FieldCause> immutable(Resource live, Resource next) {
        var joined = new ArrayList<>(next.finalizers());
        joined.removeAll(live.finalizers());
        return live.terminating() && !joined.isEmpty()
                ? List.of(
                        FieldCause.forbidden(
                                "metadata.finalizers",
                                "no new finalizers can be added if the object is being deleted, found new finalizers "
                                        + joined.stream()
                                                .map(Json::text)
                                                .collect(
                                                        Collectors.joining(
                                                                ", ", "[]string{", "}"))))
                : List.of();
    }

    /// Another object has taken the name since.
    static Problem otherUid(Served served, ResourceKey key, String asked, String actual) {
        var place = new StringBuilder("/registry/");
        if (!served.kind().rules().builtIn()) {
            place.append(key.group()).append('/');
        }
        place.append(key.plural()).append('/');
        if (!key.namespace().isEmpty()) {
            place.append(key.namespace()).append('/');
        }
        return Problem.conflict(
                key,
                "StorageError: invalid object, Code: 4, Key: %s, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: %s, UID in object meta: %s"
                        .formatted(place.append(key.name()), asked, actual));
    }

    /// Refuses a deletion that was meant for another object, or for another state of it.
    static void check(Resource live, Served served, DeleteOptions deletion) {
        precondition(
                live,
                served,
                deletion.uid(),
                live.uid(),
                "the UID in the precondition (%s) does not match the UID in record (%s). The object might have been deleted and then recreated");
        precondition(
                live,
                served,
                deletion.resourceVersion(),
                live.resourceVersion(),
                "the ResourceVersion in the precondition (%s) does not match the ResourceVersion in record (%s). The object might have been modified");
    }

    private static void precondition(
            Resource live, Served served, Optional<String> asked, String actual, String why) {
        if (asked.isPresent() && !asked.get().equals(actual)) {
            var subject =
                    new Problem.Subject(served.kind().group(), served.names().kind(), live.name());
            var message =
                    "Operation cannot be fulfilled on %s: %s"
                            .formatted(subject, why.formatted(asked.get(), actual));
            throw new Problem(
                            Problem.Reason.CONFLICT,
                            message,
                            Optional.of(subject),
                            List.of(),
                            Optional.empty())
                    .exception();
        }
    }

    private static void dropEmpty(Map<String, Object> metadata, String key) {
        var value = metadata.get(key);
        if ((value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof List<?> list && list.isEmpty())) {
            metadata.remove(key);
        }
    }

    private static Map<String, Object> content(Resource object, boolean withoutStatus) {
        var content = new LinkedHashMap<>(object.tree());
        content.keySet().removeAll(List.of("apiVersion", "kind", "metadata"));
        if (withoutStatus) {
            content.remove("status");
        }
        return content;
    }
}
