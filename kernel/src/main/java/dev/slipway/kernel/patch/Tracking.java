package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.schema.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Field ownership of creates, updates and patches other than apply: who changes a field owns it.
public final class Tracking {
    private Tracking() {}

    /// The updated object with `metadata.managedFields` as they are after this write.
    ///
    /// An object without managers has none afterwards either, unless this creates it: tracking begins at its creation,
    /// and again with the next apply.
    ///
    /// @param live the object as it is stored; empty when this creates it
    /// @param updated the object as it will be, defaulted; its own managedFields count where they can be read
    /// @param resetRootFields root fields that this endpoint does not write
    /// @param now becomes the time of the manager's entry if it took any field
    /// @param nothing what an object of the kind is before anything is set in it
    public static Resource updated(
            Optional<Resource> live,
            Resource updated,
            Schema schema,
            Manager manager,
            Set<String> resetRootFields,
            Instant now,
            Map<String, Object> nothing) {
        var before = former(live, updated, manager);
        if (live.isPresent() && before.isEmpty()) {
            return ManagedFields.in(updated, List.of());
        }
        var difference =
                difference(live, updated, schema, nothing)
                        .without(Ownership.roots(resetRootFields));
        if (difference.isEmpty()) {
            return ManagedFields.in(updated, before);
        }
        var managed = ManagedFields.read(before).orElse(ManagedFields.EMPTY);
        return Ownership.afterUpdate(managed, difference, manager, now).capped().in(updated);
    }

    /// The updated object, or the live one where they differ in nothing but times of managers.
    public static Resource settled(Resource live, Resource updated) {
        return Trees.equal(timeless(live), timeless(updated)) ? live : updated;
    }

    private static Comparison difference(
            Optional<Resource> live, Resource updated, Schema schema, Map<String, Object> nothing) {
        return Comparison.of(
                Shape.of(schema),
                live.map(ManagedFields::strip).map(Resource::tree).orElse(nothing),
                ManagedFields.strip(updated).tree());
    }

    /// The list that this write starts from: the client's where it may send one and it makes sense, else the live one.
    private static List<Object> former(Optional<Resource> live, Resource updated, Manager manager) {
        var sent = ManagedFields.raw(updated);
        if (manager.subresource().isEmpty()) {
            if (isReset(updated, sent)) {
                return List.of();
            }
            if (!sent.isEmpty() && ManagedFields.read(sent).isPresent()) {
                return sent;
            }
        }
        var known = live.map(ManagedFields::raw).orElse(List.of());
        return ManagedFields.read(known).isPresent() ? known : List.of();
    }

    /// Whether the client sent an empty list, or one of a single empty entry.
    private static boolean isReset(Resource updated, List<Object> sent) {
        return updated.metadata().get("managedFields") instanceof List<?>
                && (sent.isEmpty() || sent.equals(List.of(Map.of())));
    }

    private static Map<String, Object> timeless(Resource object) {
        var list = new ArrayList<Object>();
        for (var entry : ManagedFields.raw(object)) {
            if (entry instanceof Map<?, ?> map) {
                var copy = new LinkedHashMap<>(Json.cast(map));
                copy.remove("time");
                list.add(copy);
            }
        }
        return ManagedFields.in(object, list).tree();
    }
}
