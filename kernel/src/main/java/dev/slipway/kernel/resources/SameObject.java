package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Refuses a write that means another object than the one that it was sent to: another name, uid or revision.
final class SameObject {
    private SameObject() {}

    static void isNamed(Resource object, ResourceKey key) {
        if (object.name().isEmpty()) {
            throw Problem.badRequest(
                            "the name of the object (%s based on URL) was undeterminable: name must be provided"
                                    .formatted(key.name()))
                    .exception();
        }
        if (!object.name().equals(key.name())) {
            throw Problem.badRequest(
                            "the name of the object (%s) does not match the name on the URL (%s)"
                                    .formatted(object.name(), key.name()))
                    .exception();
        }
    }

    static void isAt(Resource live, String asked, ResourceKey key) {
        if (!asked.chars().allMatch(Character::isDigit)) {
            throw Problem.badRequest(
                            "metadata.resourceVersion: Invalid value: \"%s\": strconv.ParseUint: parsing \"%s\": invalid syntax"
                                    .formatted(asked, asked))
                    .exception();
        }
        if (!asked.equals(live.resourceVersion()) && !asked.equals("0")) {
            throw Problem.conflict(key, Metadata.MODIFIED).exception();
        }
    }

    /// Refuses a patch that makes another object of it, or says when it goes.
    static void stays(Served served, Resource live, Resource wanted) {
        var causes = new ArrayList<FieldCause>();
        if (!wanted.uid().isEmpty() && !wanted.uid().equals(live.uid())) {
            causes.add(FieldCause.invalid("metadata.uid", wanted.uid(), "field is immutable"));
        }
        var end = wanted.metadata().get("deletionTimestamp");
        if (end != null && !live.terminating()) {
            causes.add(FieldCause.invalid("metadata.deletionTimestamp", end, "field is immutable"));
        }
        if (!causes.isEmpty()) {
            // Both the kind's own rules and the general ones say so.
            causes.addAll(List.copyOf(causes));
            throw Situation.invalid(served, live.name(), causes).exception();
        }
    }

    static void hasUid(Resource live, Resource wanted, Served served, ResourceKey key) {
        if (!wanted.uid().isEmpty() && !wanted.uid().equals(live.uid())) {
            throw Metadata.otherUid(served, key, wanted.uid(), live.uid()).exception();
        }
    }

    /// An apply may name the object that it is meant for.
    static void isMeant(Served served, ResourceKey key, Optional<Resource> live, Resource merged) {
        if (live.isPresent()) {
            stays(served, live.get(), merged);
        } else if (!merged.uid().isEmpty()) {
            throw Problem.conflict(
                            key,
                            "uid mismatch: the provided object specified uid %s, and no existing object was found"
                                    .formatted(merged.uid()))
                    .exception();
        }
    }
}
