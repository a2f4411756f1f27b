package dev.slipway.kernel.rollback;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.past.Differences;
import dev.slipway.kernel.past.Past;
import dev.slipway.kernel.resources.Batch;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Written;
import dev.slipway.kernel.resources.Written.Effect;
import dev.slipway.kernel.rollback.RolledBack.Step;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.StoredObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One try of a rollback: the writes of one batch, in an order in which each finds what it needs.
final class Attempt {
    private final Batch batch;
    private final Past past;
    private final Rights rights;
    private final Map<String, String> uids = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Set<String> warnings = new LinkedHashSet<>();

    Attempt(Batch batch, Past past, Rights rights) {
        this.batch = batch;
        this.past = past;
        this.rights = rights;
    }

    List<Step> steps() {
        return steps;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /// First what comes back, owners and places before what belongs to them; last what goes, the other way round.
    void write(List<Undo> undos) {
        var coming = undos.stream().filter(undo -> undo.target().isPresent()).toList();
        var order = Descent.of(coming.stream().map(Attempt::then).toList());
        coming.stream().sorted(Comparator.comparing(Attempt::then, order)).forEach(this::bringBack);
        var going =
                undos.stream()
                        .filter(undo -> undo.target().isEmpty())
                        .flatMap(undo -> going(undo).stream())
                        .toList();
        var reverse = Descent.of(going.stream().map(Going::live).toList()).reversed();
        going.stream().sorted(Comparator.comparing(Going::live, reverse)).forEach(this::takeAway);
    }

    /// Something that was not there.
    private record Going(Undo undo, StoredObject live) {}

    /// Empty for what is gone already, or on its way.
    private Optional<Going> going(Undo undo) {
        return batch.state()
                .get(undo.key())
                .filter(live -> !live.resource().terminating())
                .map(live -> new Going(undo, live));
    }

    private static StoredObject then(Undo undo) {
        return undo.target().orElseThrow().object();
    }

    private void bringBack(Undo undo) {
        var live = batch.state().get(undo.key());
        var target = undo.target().orElseThrow();
        if (live.isEmpty()) {
            create(undo, target);
        } else {
            update(undo, target, live.get());
        }
    }

    private void create(Undo undo, Revision target) {
        rights.check("create", undo.key());
        var kind = kind(undo.key());
        var served = Served.stored(kind);
        var then = target.object().resource();
        var body =
                Restoration.again(
                        served, then, uids, owner -> exists(owner, undo.key().namespace()));
        var written = batch.create(served, undo.key().namespace(), body);
        uids.put(then.uid(), written.object().uid());
        took(undo, kind, Operation.CREATE, written, Differences.NONE);
    }

    private void update(Undo undo, Revision target, StoredObject live) {
        rights.check("update", undo.key());
        var kind = kind(undo.key());
        var served = Served.stored(kind);
        var body = Restoration.of(served, target.object().resource(), live.resource());
        var written = batch.update(served, undo.key().namespace(), undo.key().name(), body);
        if (written.effect() != Effect.UNCHANGED) {
            var changes = past.differences(kind, Optional.of(live), batch.state().get(undo.key()));
            took(undo, kind, Operation.UPDATE, written, changes);
        }
    }

    private void takeAway(Going going) {
        var key = going.undo().key();
        rights.check("delete", key);
        var kind = kind(key);
        var written =
                batch.delete(
                        Served.stored(kind), key.namespace(), key.name(), DeleteOptions.BACKGROUND);
        took(going.undo(), kind, Operation.DELETE, written, Differences.NONE);
    }

    private void took(
            Undo undo, Kind kind, Operation operation, Written written, Differences changes) {
        warnings.addAll(written.warnings());
        steps.add(
                new Step(
                        kind,
                        undo.key(),
                        operation,
                        undo.target().map(Revision::number),
                        undo.revisions(),
                        changes,
                        written.effect() == Effect.TERMINATING));
    }

    private Kind kind(ResourceKey key) {
        return batch.kinds()
                .byKey(key.kind())
                .orElseThrow(() -> new IllegalStateException("not served: " + key));
    }

    private boolean exists(OwnerReference owner, String namespace) {
        return batch.kinds()
                .byKind(owner.apiVersion(), owner.kind())
                .map(served -> served.kind())
                .flatMap(kind ->
                        batch.state()
                                .get(
                                        kind.key()
                                                .resource(
                                                        kind.namespaced() ? namespace : "",
                                                        owner.name())))
                .filter(object -> object.field("metadata.uid").equals(owner.uid()))
                .isPresent();
    }
}
