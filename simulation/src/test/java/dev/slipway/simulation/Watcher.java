package dev.slipway.simulation;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.store.Broken;
import dev.slipway.kernel.store.Event;
import dev.slipway.kernel.store.Scope;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Watch;
import dev.slipway.kernel.store.Witness;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A client that watches a scope, loses its connection and comes back, and must see every event once and in order.
final class Watcher implements Actor {
    private static final List<Scope> SCOPES =
            List.of(
                    new Scope.Everything(),
                    new Scope.OfKind(KindKey.of("", "configmaps")),
                    new Scope.InNamespace(KindKey.of("", "configmaps"), "default"),
                    new Scope.OfKind(KindKey.of("", "namespaces")));

    private final String name;
    private final Scope scope;
    private final List<Host> hosts;
    private final Witness witness;
    private final Chance chance;
    private @Nullable Host host;
    private @Nullable Instance connected;
    private @Nullable Watch watch;

    /// Everything of the scope up to here was seen.
    private long seen;

    Watcher(int number, Simulated world, List<Host> hosts) {
        this.name = "watcher " + number;
        this.scope = SCOPES.get(number % SCOPES.size());
        this.hosts = hosts;
        this.witness = world.medium().witness();
        this.chance = world.chance().split();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int weight() {
        return 8;
    }

    @Override
    public Optional<Host> writesThrough() {
        return Optional.empty();
    }

    @Override
    public String step() {
        if (chance.oneIn(40)) {
            drop();
            return "disconnects at " + seen;
        }
        try {
            return connect() ? poll() : "finds nobody to connect to";
        } catch (ProblemException e) {
            drop();
            return "loses its watch at %d: %s".formatted(seen, e.problem().message());
        }
    }

    /// Sees everything that there is; for the end.
    void finish() {
        while (witness.next(scope, seen).isPresent()) {
            Broken.unless(connect(), "%s finds nobody to connect to", name);
            poll();
        }
    }

    private boolean connect() {
        if (host == null || !host.serving().equals(Optional.ofNullable(connected))) {
            drop();
        }
        if (watch == null) {
            host = chance.of(hosts);
            connected =
                    host.serving()
                            .filter(one -> one.store().state().revision() >= seen)
                            .orElse(null);
            watch = connected == null ? null : connected.store().watch(scope, seen);
        }
        return watch != null;
    }

    private void drop() {
        if (watch != null) {
            watch.close();
        }
        host = null;
        connected = null;
        watch = null;
    }

    private String poll() {
        var open = java.util.Objects.requireNonNull(watch);
        var shown = store().state().revision();
        var expected = witness.next(scope, seen);
        var event = open.poll();
        if (event.isPresent()) {
            check(event.get());
            seen = event.get().revision();
            return "sees " + seen;
        }
        Broken.unless(
                expected.isEmpty() || expected.get().number() > shown,
                "%s is shown nothing after %d, and revision %s is visible",
                name,
                seen,
                expected.map(one -> one.number()));
        var upTo = open.revision();
        var next = witness.next(scope, seen);
        Broken.unless(
                next.isEmpty() || next.get().number() > upTo,
                "%s is told that it has seen all up to %d, without %s",
                name,
                upTo,
                next.map(one -> one.number()));
        seen = Math.max(seen, Math.min(upTo, witness.newest()));
        return "has seen all up to " + seen;
    }

    private void check(Event event) {
        var expected = witness.next(scope, seen);
        Broken.unless(
                expected.isPresent() && expected.get().number() == event.revision(),
                "%s sees %d after %d where %s is next",
                name,
                event.revision(),
                seen,
                expected.map(one -> one.number()));
        var next = expected.get();
        Broken.unless(
                next.operation() == event.operation()
                        && next.key().equals(event.object().key())
                        && Arrays.equals(next.body(), event.object().body()),
                "%s sees another event at %d than was kept",
                name,
                event.revision());
        var before =
                next.previous() == 0
                        ? Optional.<StoredObject>empty()
                        : witness.revision(next.previous()).map(one -> one.object());
        Broken.unless(
                before.map(StoredObject::revision)
                        .equals(event.previous().map(StoredObject::revision)),
                "%s sees %d with the wrong object before it",
                name,
                event.revision());
    }

    private Store store() {
        return java.util.Objects.requireNonNull(connected).store();
    }
}
