package dev.slipway.kernel.admission;

import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import java.util.Optional;

/// A write that asks to be stored: defaulted, checked against its schema, not yet committed.
///
/// @param subresource `status` for a write of the status alone, `approval` for one of its decisions, else empty
/// @param old the live object of an update or a deletion
/// @param object what shall be stored; for a deletion the live object
/// @param state everything that exists at the revision that the write is evaluated at
/// @param actor who writes
/// @param user whose rights bound the write; empty for the platform's own
/// @param dryRun whether it is not going to be stored
public record Admission(
        Served served,
        Operation operation,
        String subresource,
        Optional<Resource> old,
        Resource object,
        State state,
        Kinds kinds,
        String actor,
        Optional<User> user,
        boolean dryRun) {
    /// A write of the platform itself.
    public Admission(
            Served served,
            Operation operation,
            String subresource,
            Optional<Resource> old,
            Resource object,
            State state,
            Kinds kinds,
            String actor) {
        this(
                served,
                operation,
                subresource,
                old,
                object,
                state,
                kinds,
                actor,
                Optional.empty(),
                false);
    }

    /// The same admission with another object.
    public Admission with(Resource other) {
        return of(served, old, other);
    }

    /// The same admission as it is seen through another view of its kind.
    public Admission of(Served view, Optional<Resource> before, Resource now) {
        return new Admission(
                view, operation, subresource, before, now, state, kinds, actor, user, dryRun);
    }
}
