package dev.slipway.simulation;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.Broken;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Witness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The peace after a run: controllers come to rest, and what they leave is what was asked for.
final class Ending {
    /// How long nothing may have been written before it is called rest: the longest back-off, several times.
    private static final Duration REST = Duration.ofMinutes(15);

    /// How often a client tries what others come in between of.
    private static final int TRIES = 10;

    private static final String FOREGROUND = "foregroundDeletion";

    private final Simulated world;
    private final List<Host> hosts;
    private final Passing passing;
    private final Witness witness;

    Ending(Simulated world, List<Host> hosts, Passing passing) {
        this.world = world;
        this.hosts = hosts;
        this.passing = passing;
        this.witness = world.medium().witness();
    }

    /// Goes on until nothing has been written for a while and nothing waits; within a bound.
    void settle(String when) {
        var scheduler = world.scheduler();
        var bound = scheduler.steps() + Simulation.STEPS_TO_REST;
        var written = witness.newest();
        var since = world.clock().now();
        while (!quiet() || world.clock().now().isBefore(since.plus(REST))) {
            Broken.unless(
                    scheduler.steps() < bound,
                    "%s, the controllers do not come to rest: after %d steps they have written %s",
                    when,
                    Simulation.STEPS_TO_REST,
                    witness.revision(witness.newest()).map(Revision::key));
            if (quiet()) {
                var due = passing.due();
                if (due.isEmpty()) {
                    break;
                }
                world.clock().advance(due.get());
            }
            scheduler.step();
            if (witness.newest() != written) {
                written = witness.newest();
                since = world.clock().now();
            }
        }
        hosts.forEach(host -> host.serving().ifPresent(this::compare));
    }

    /// Nobody is left whose owners are all gone.
    void checkOwners() {
        var resources = resources();
        for (var stored : all(resources)) {
            var object = stored.resource();
            if (!object.owners().isEmpty() && !object.terminating()) {
                Broken.unless(
                        object.owners().stream()
                                .anyMatch(owner -> present(owner, stored.key(), resources)),
                        "%s is left, and its owners %s are gone%s",
                        stored.key(),
                        object.owners(),
                        witness.told(stored.key()));
            }
        }
    }

    /// Clients let go of what they hold, each as it finds it then: controllers go on in between.
    void releaseAll() {
        var resources = resources();
        all(resources).forEach(stored -> release(resources, stored.key()));
    }

    private static void release(Resources resources, ResourceKey key) {
        for (int i = 1; ; i++) {
            try {
                held(resources, key).ifPresent(object -> Requests.release(resources, object));
                return;
            } catch (ProblemException e) {
                if (i == TRIES || e.problem().reason() != Reason.CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private static Optional<Resource> held(Resources resources, ResourceKey key) {
        return resources
                .state()
                .get(key)
                .map(StoredObject::resource)
                .filter(object -> object.finalizers().contains(Requests.HOLD))
                .filter(object -> isServed(object, resources));
    }

    /// What was deleted and is held by nobody has gone.
    void checkGone() {
        var resources = resources();
        var waiting =
                all(resources).stream()
                        .anyMatch(stored -> waitsForInstances(stored.resource(), resources));
        for (var stored : all(resources)) {
            var object = stored.resource();
            Broken.unless(
                    !object.terminating()
                            || waitsForInstances(object, resources)
                            || (waiting && object.finalizers().contains(FOREGROUND)),
                    "%s was deleted and does not go; it has the finalizers %s%s%nbeside it are %s",
                    stored.key(),
                    object.finalizers(),
                    witness.told(stored.key()),
                    terminating(resources));
        }
    }

    private static List<String> terminating(Resources resources) {
        return all(resources).stream()
                .filter(one -> one.resource().terminating())
                .map(one -> one.key() + " " + one.resource().finalizers())
                .toList();
    }

    /// Processes that start over find everything as it was kept, and nothing to do.
    void restart() {
        hosts.forEach(Host::crash);
        var written = witness.newest();
        settle("after a restart");
        Broken.unless(
                witness.newest() == written,
                "after a restart the controllers write%s",
                witness.revision(written + 1).map(one -> witness.told(one.key())).orElse(""));
    }

    private boolean quiet() {
        return hosts.stream().allMatch(host -> host.serving().filter(this::isQuiet).isPresent())
                && hosts.stream()
                        .anyMatch(host -> host.serving().filter(Instance::leads).isPresent());
    }

    private boolean isQuiet(Instance instance) {
        return !instance.behind()
                && !Worker.hasWork(instance)
                && instance.controllers().filter(one -> one.behind()).isEmpty();
    }

    private void compare(Instance instance) {
        witness.compare(instance.store().state());
        witness.compare(instance.store().log(0, Integer.MAX_VALUE));
    }

    private Resources resources() {
        return hosts.getFirst().serving().orElseThrow().resources();
    }

    private static List<StoredObject> all(Resources resources) {
        var state = resources.state();
        return state.kinds().stream().flatMap(kind -> state.list(kind).stream()).toList();
    }

    /// Whether an owner exists, or cannot be looked for: its kind is not served, or no namespace is said.
    private static boolean present(
            OwnerReference owner, ResourceKey dependent, Resources resources) {
        var kind = kind(owner, resources);
        if (kind.isEmpty() || (kind.get().namespaced() && dependent.namespace().isEmpty())) {
            return true;
        }
        var namespace = kind.get().namespaced() ? dependent.namespace() : "";
        return resources
                .state()
                .get(kind.get().key().resource(namespace, owner.name()))
                .filter(one -> one.resource().uid().equals(owner.uid()))
                .isPresent();
    }

    private static Optional<Kind> kind(OwnerReference owner, Resources resources) {
        var slash = owner.apiVersion().indexOf('/');
        var group = slash < 0 ? "" : owner.apiVersion().substring(0, slash);
        return resources.kinds().byGroupKind(group, owner.kind());
    }

    private static boolean isServed(Resource object, Resources resources) {
        return resources.kinds().byKind(object.apiVersion(), object.kind()).isPresent();
    }

    /// A graph that was deleted stays as long as somebody uses it, and with it whoever waits for it.
    private static boolean waitsForInstances(Resource object, Resources resources) {
        return object.terminating()
                && object.kind().equals("ResourceGraphDefinition")
                && resources
                        .kinds()
                        .byKind("sim.example/v1", "Pair")
                        .filter(served -> resources.state().count(served.kind().key()) > 0)
                        .isPresent();
    }
}
