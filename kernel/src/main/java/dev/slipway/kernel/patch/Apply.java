package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.patch.ManagedFields.Entry;
import dev.slipway.kernel.schema.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Server-side apply: merges what one manager wants into an object, and keeps account of who owns which field.
public final class Apply {
    /// Owns what was in an object before anybody's fields were tracked.
    static final String BEFORE_FIRST_APPLY = "before-first-apply";

    /// What came of an apply.
    public sealed interface Result {
        /// The object with the configuration in it and the new owners, not yet defaulted.
        ///
        /// @param changed whether it differs from the live object; where not, `object` is the live one itself
        record Merged(Resource object, boolean changed) implements Result {}

        /// The configuration does not fit the schema, or other managers own what it changes.
        record Refused(Problem problem) implements Result {}
    }

    private final Shape shape;
    private final Manager manager;
    private final FieldSet reset;
    private final Instant now;
    private final Map<String, Object> nothing;

    /// The stored object, and the same without managedFields; a new object starts from nothing.
    private final Optional<Resource> stored;

    private final Resource live;

    private final Resource configuration;

    /// What the configuration holds, and what of it the manager comes to own.
    private final FieldSet wanted;

    private final FieldSet owned;

    private Apply(
            Optional<Resource> stored,
            Resource configuration,
            Shape shape,
            Manager manager,
            Set<String> resetRootFields,
            Instant now,
            Map<String, Object> nothing) {
        this.shape = shape;
        this.manager = manager;
        this.now = now;
        this.nothing = nothing;
        this.stored = stored;
        this.configuration = configuration;
        reset = Ownership.roots(resetRootFields);
        live = stored.map(ManagedFields::strip).orElse(new Resource(Map.of()));
        wanted = Owned.of(shape, configuration.tree());
        owned = Ownership.ownable(wanted);
    }

    /// Applies a configuration.
    ///
    /// @param live the object as it is stored; empty when this creates it
    /// @param configuration all that the manager wants, in the version of the endpoint
    /// @param force whether fields of other managers are taken over
    /// @param resetRootFields root fields that this endpoint does not write: neither changed nor owned
    /// @param now becomes the time of the manager's entry if the object changes
    /// @param nothing what an object of the kind is before anything is set in it
    public static Result apply(
            Optional<Resource> live,
            Resource configuration,
            Schema schema,
            Manager manager,
            boolean force,
            Set<String> resetRootFields,
            Instant now,
            Map<String, Object> nothing) {
        if (configuration.metadata().get("managedFields") != null) {
            return new Result.Refused(Problem.badRequest("metadata.managedFields must be nil"));
        }
        var shape = Shape.of(schema);
        var misfit = TypeCheck.check(shape, configuration);
        if (misfit.isPresent()) {
            return new Result.Refused(misfit.get());
        }
        var effective = effective(configuration, resetRootFields, live.isEmpty());
        return new Apply(live, effective, shape, manager, resetRootFields, now, nothing)
                .apply(force);
    }

    /// The configuration without what this endpoint does not write.
    private static Resource effective(
            Resource configuration, Set<String> resetRootFields, boolean creates) {
        var tree = new LinkedHashMap<>(configuration.tree());
        tree.keySet().removeAll(resetRootFields);
        if (tree.containsKey("metadata")) {
            var metadata = new LinkedHashMap<>(configuration.metadata());
            metadata.remove("managedFields");
            if (creates) {
                metadata.remove("resourceVersion");
            }
            tree.put("metadata", metadata);
        }
        return new Resource(tree);
    }

    private Result apply(boolean force) {
        var merged = merged();
        return isConverged(merged)
                ? new Result.Merged(stored.orElseThrow(), false)
                : apply(merged, managed(), force);
    }

    private Resource merged() {
        return asObject(Merge.of(shape, live.tree(), configuration.tree()));
    }

    /// The usual apply of a controller: what it wants is there, and it is on record for it. No other entry is read.
    private boolean isConverged(Resource merged) {
        return stored.isPresent()
                && Trees.same(merged.tree(), live.tree())
                && !LastApplied.concerns(manager, live)
                && ManagedFields.records(ManagedFields.raw(stored.get()), manager, owned);
    }

    /// Who owns what now; of an object that nobody is on record for, what is in it belongs to an owner of its own.
    private ManagedFields managed() {
        var managed = stored.map(ManagedFields::of).orElse(ManagedFields.EMPTY);
        if (managed.isEmpty() && stored.isPresent()) {
            var all = Comparison.of(shape, nothing, live.tree()).without(reset);
            var nobody =
                    new Manager(
                            BEFORE_FIRST_APPLY,
                            Manager.UPDATE,
                            manager.apiVersion(),
                            manager.subresource());
            return Ownership.afterUpdate(managed, all, nobody, now);
        }
        var reconciled =
                ManagedFields.of(
                        managed.entries().stream()
                                .map(entry -> entry.with(Owned.reconciled(shape, entry.fields())))
                                .toList());
        return Succession.of(reconciled, manager);
    }

    private Result apply(Resource merged, ManagedFields managed, boolean force) {
        var pruned = pruned(merged, managed);
        var difference = Comparison.of(shape, live.tree(), pruned.tree()).without(reset);
        var conflicts = conflicts(managed, difference);
        var refused = force ? new Conflicts(List.of()) : conflicts.without(migrated(conflicts));
        return refused.isEmpty()
                ? result(
                        pruned,
                        after(managed, difference, !Trees.equal(live.tree(), pruned.tree())))
                : new Result.Refused(refused.problem());
    }

    /// The fields that are kubectl's own although another entry is on record: those that its older apply had set.
    private FieldSet migrated(Conflicts conflicts) {
        return !conflicts.isEmpty() && LastApplied.concerns(manager, live)
                ? LastApplied.fields(shape, live)
                : FieldSet.EMPTY;
    }

    /// The merged object without what the manager applied last time, does not want any more, and nobody else owns.
    private Resource pruned(Resource merged, ManagedFields managed) {
        var last = managed.entry(manager).map(Entry::fields).orElse(FieldSet.EMPTY).without(reset);
        if (last.difference(wanted).isEmpty()) {
            return merged;
        }
        var kept = wanted;
        for (var entry : managed.others(manager)) {
            kept = kept.union(entry.fields());
        }
        return asObject(prune(merged.tree(), last, kept));
    }

    /// Takes all out that was applied last time, puts back what is owned, and then takes out what is still missing.
    ///
    /// The second look keeps what was never applied by this manager, though it stands in something that was.
    private @Nullable Object prune(Map<String, Object> merged, FieldSet last, FieldSet kept) {
        var dropped = Owned.named(shape, last);
        var all = named(merged);
        var rest = named(Removal.of(shape, merged, dropped));
        var unowned = all.difference(rest.union(Owned.named(shape, kept)));
        var remaining = named(Removal.of(shape, merged, unowned));
        return Removal.of(shape, merged, all.difference(remaining).intersection(dropped));
    }

    private FieldSet named(@Nullable Object value) {
        return Owned.named(shape, Owned.of(shape, value));
    }

    private Conflicts conflicts(ManagedFields managed, Comparison difference) {
        var taken = difference.taken();
        return new Conflicts(
                managed.others(manager).stream()
                        .map(entry -> entry.with(entry.fields().intersection(taken)))
                        .toList());
    }

    /// The owners after this: the manager has what it wants, the others lose what it changed.
    private ManagedFields after(ManagedFields managed, Comparison difference, boolean changed) {
        var lost = difference.taken().union(difference.removed());
        var entries = new ArrayList<Entry>();
        for (var entry : managed.others(manager)) {
            entries.add(entry.with(entry.fields().difference(lost)));
        }
        var former = managed.entry(manager).map(Entry::time).orElse("");
        entries.add(new Entry(manager, changed ? Ownership.time(now) : former, owned));
        return ManagedFields.of(entries);
    }

    private Result result(Resource object, ManagedFields managed) {
        var annotated =
                LastApplied.concerns(manager, live)
                        ? LastApplied.updated(object, configuration)
                        : object;
        var result = managed.in(annotated);
        return stored.isPresent() && Trees.equal(stored.get().tree(), result.tree())
                ? new Result.Merged(stored.get(), false)
                : new Result.Merged(result, true);
    }

    private static Resource asObject(@Nullable Object tree) {
        return new Resource(Json.cast((Map<?, ?>) Objects.requireNonNull(tree)));
    }
}
