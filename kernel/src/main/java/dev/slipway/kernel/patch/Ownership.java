package dev.slipway.kernel.patch;

import dev.slipway.kernel.patch.ManagedFields.Entry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Set;

/// The rules by which fields change hands, common to applies and updates.
final class Ownership {
    /// What nobody owns.
    private static final FieldSet NOBODYS =
            FieldSet.of(
                    FieldPath.of("apiVersion"),
                    FieldPath.of("kind"),
                    FieldPath.of("metadata"),
                    FieldPath.of("metadata", "name"),
                    FieldPath.of("metadata", "namespace"),
                    FieldPath.of("metadata", "creationTimestamp"),
                    FieldPath.of("metadata", "selfLink"),
                    FieldPath.of("metadata", "uid"),
                    FieldPath.of("metadata", "clusterName"),
                    FieldPath.of("metadata", "generation"),
                    FieldPath.of("metadata", "managedFields"),
                    FieldPath.of("metadata", "resourceVersion"));

    private Ownership() {}

    /// The set without what nobody owns.
    static FieldSet ownable(FieldSet fields) {
        return fields.difference(NOBODYS);
    }

    /// The set of whole root fields.
    static FieldSet roots(Set<String> names) {
        return FieldSet.of(names.stream().map(FieldPath::of).toArray(FieldPath[]::new));
    }

    /// The owners after `manager`, an updater, made this difference: it owns what it took, all others lose that.
    static ManagedFields afterUpdate(
            ManagedFields managed, Comparison difference, Manager manager, Instant now) {
        var taken = difference.taken();
        var lost = taken.union(difference.removed());
        var left = new ArrayList<Entry>();
        managed.entries().forEach(entry -> left.add(entry.with(entry.fields().difference(lost))));
        var after = ManagedFields.of(left);
        var owned = ownable(taken);
        if (owned.isEmpty()) {
            return after;
        }
        var former = after.entry(manager).map(Entry::fields).orElse(FieldSet.EMPTY);
        return after.with(new Entry(manager, time(now), owned.union(former)));
    }

    static String time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
