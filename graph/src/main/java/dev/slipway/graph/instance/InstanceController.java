package dev.slipway.graph.instance;

import dev.slipway.control.Controller;
import dev.slipway.control.Fanout;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.graph.compile.Compiled;
import dev.slipway.graph.compile.CompiledGraphs;
import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.compile.DefinitionIndex;
import dev.slipway.graph.definition.Pin;
import dev.slipway.graph.write.Writes;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.RoleKinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes the resources of every instance as its graph says, keeps them so, and takes them away with it.
///
/// Woken by the instance, its definition, each resource that it made or awaits, and a change of the rights that it is
/// made within; never by a clock.
public final class InstanceController implements Controller {
    /// The annotation of an instance that nobody shall work on; its value is `suspended`.
    static final String SUSPEND = "kro.run/reconcile";

    /// How long an instance waits at most, after a pass over many resources that its selectors find, for more changes;
    /// where there are more such instances, its turn may come later.
    public static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final Set<KindKey> RIGHTS =
            Set.of(
                    RoleKinds.ROLES,
                    RoleKinds.CLUSTER_ROLES,
                    RoleKinds.ROLE_BINDINGS,
                    RoleKinds.CLUSTER_ROLE_BINDINGS);

    /// Its field manager on what instances are made of.
    static final String NAME = "slipway-graph-instances";

    private static final Logger LOG = System.getLogger(InstanceController.class.getName());

    private static final Set<String> SUSPENDED = Set.of("suspended", "disabled");

    private final Resources resources;
    private final DefinitionIndex definitions;
    private final CompiledGraphs graphs;
    private final Optional<Rbac> rbac;
    private final Fanout fanout;
    private final Clock clock;
    private final Interests interests = new Interests();

    private final Said said = new Said();
    private final Applied applied = new Applied();
    private final Duration pause;
    private final Gathering gathering;
    private final Brake brake = new Brake();

    /// The instances whose last pass left nothing to do.
    private final Map<ResourceKey, Resting> rests = new ConcurrentHashMap<>();

    /// @param rights the version of everybody's rights that the pass began with
    private record Resting(Rest rest, long rights) {}

    /// @param rbac the rights of service accounts
    /// @param fanout how the items of a collection are made
    /// @param pause how long an instance waits at most for more changes; zero where nothing comes about with time, and
    ///     nobody looks on
    public InstanceController(
            Resources resources,
            DefinitionIndex definitions,
            CompiledGraphs graphs,
            Optional<Rbac> rbac,
            Fanout fanout,
            Duration pause,
            Clock clock) {
        this.resources = resources;
        this.definitions = definitions;
        this.graphs = graphs;
        this.rbac = rbac;
        this.fanout = fanout;
        this.pause = pause;
        this.gathering = new Gathering(pause);
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        definitions.see(occurrence);
        if (RIGHTS.contains(occurrence.key().kind())) {
            return losingOrGaining(occurrence);
        }
        var keys = new LinkedHashSet<>(interests.in(occurrence.key()));
        keys.addAll(interests.selecting(occurrence));
        if (occurrence.key().kind().equals(Definition.KIND) && changesInstances(occurrence)) {
            var kind = new Definition(occurrence.object()).instances();
            resources.state().list(kind).forEach(stored -> keys.add(stored.key()));
        } else if (definitions.isInstance(occurrence.key().kind())
                && (isChange(occurrence) || isForeignStatus(occurrence))) {
            keys.add(occurrence.key());
        }
        return keys;
    }

    /// The instances that are made within the rights of whom a change of roles or bindings concerns, and who looks at
    /// the role or the binding itself.
    private Collection<ResourceKey> losingOrGaining(Occurrence occurrence) {
        var keys = new LinkedHashSet<>(interests.in(occurrence.key()));
        keys.addAll(interests.selecting(occurrence));
        rbac.map(one -> one.concerned(occurrence.stored(), occurrence.before()))
                .map(definitions::madeBy)
                .orElse(Set.of())
                .forEach(kind -> resources.state().list(kind).forEach(one -> keys.add(one.key())));
        return keys;
    }

    /// Whether the spec changed, or the kind became ready.
    private static boolean changesInstances(Occurrence occurrence) {
        return occurrence
                .previous()
                .filter(previous ->
                        previous.generation() == occurrence.object().generation()
                                && Objects.equals(
                                        previous.at("status", "state"),
                                        occurrence.object().at("status", "state")))
                .isEmpty();
    }

    /// Whether the status changed to something else than the controller just said.
    private boolean isForeignStatus(Occurrence occurrence) {
        var status = occurrence.object().status();
        return occurrence.previous().filter(old -> !old.status().equals(status)).isPresent()
                && !said.heard(occurrence.key(), status);
    }

    /// Whether more changed than the status.
    private static boolean isChange(Occurrence occurrence) {
        return occurrence
                .previous()
                .filter(previous -> essence(previous).equals(essence(occurrence.object())))
                .isEmpty();
    }

    private static List<Object> essence(Resource instance) {
        return List.of(
                instance.generation(),
                instance.terminating(),
                instance.labels(),
                instance.annotations(),
                instance.finalizers());
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        definitions.load(state);
        return definitions.kinds().stream()
                .flatMap(kind -> state.list(kind).stream())
                .map(StoredObject::key)
                .toList();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var state = resources.state();
        var stored = state.get(key);
        if (stored.isEmpty()) {
            interests.retain(key, Set.of());
            interests.select(key, Map.of());
            said.forget(key);
            rests.remove(key);
            gathering.forget(key);
            brake.forget(key);
            return Next.DONE;
        }
        return gathering
                .pause(stored.get(), waking, clock.instant())
                .orElseGet(() -> reconcile(stored.get(), gathering.gathered(key, waking)));
    }

    private Next reconcile(StoredObject stored, Waking waking) {
        var key = stored.key();
        if (isAtRest(key, resources.state())) {
            return Next.DONE;
        }
        var held = pause.isZero() ? Optional.<Duration>empty() : brake.hold(key, clock.instant());
        if (held.isPresent()) {
            return new Next.Again(held.get());
        }
        rests.remove(key);
        var instance = stored.resource();
        var served = resources.kinds().byKind(instance.apiVersion(), instance.kind());
        return served.map(kind -> reconcile(kind, instance, waking)).orElse(Next.DONE);
    }

    private boolean isAtRest(ResourceKey key, State state) {
        var resting = rests.get(key);
        return resting != null
                && resting.rights() == rights()
                && definitions
                        .of(key.kind(), state)
                        .flatMap(definition -> compiled(definition, resting.rest().pin(), state))
                        .filter(compiled -> resting.rest().goesOn(compiled, state))
                        .isPresent();
    }

    private long rights() {
        return rbac.map(Rbac::version).orElse(0L);
    }

    private Next reconcile(Served served, Resource instance, Waking waking) {
        var writes = new Writes(resources, name(), waking);
        if (instance.terminating()) {
            return delete(served, instance, writes);
        }
        return definitions
                .of(served.kind().key(), resources.state())
                .map(definition -> work(served, instance, definition, writes))
                .orElse(Next.DONE);
    }

    private Next work(Served served, Resource instance, Definition definition, Writes writes) {
        if (isSuspended(instance)) {
            say(served, instance, InstanceStatus.suspended(), writes);
            return Next.DONE;
        }
        var pin = Pin.of(instance);
        var compiled = compiled(definition, pin, resources.state());
        if (compiled.isEmpty()) {
            say(served, instance, InstanceStatus.unresolved(pin.missing(definition)), writes);
            return Next.DONE;
        }
        return switch (compiled.get()) {
            case Compiled.Accepted accepted ->
                    pass(served, instance, accepted, writes, children(definition, writes));
            case Compiled.Rejected rejected -> {
                say(served, instance, InstanceStatus.unresolved(rejected.message()), writes);
                yield Next.DONE;
            }
        };
    }

    /// The graph as it is now, or as the revision has it that an instance is pinned to; empty where that is not there.
    private Optional<Compiled> compiled(Definition definition, Pin pin, State state) {
        return pin.of(definition, state)
                .map(one -> graphs.of(one, pin.written(), resources.kinds()));
    }

    static boolean isSuspended(Resource instance) {
        return instance.annotation(SUSPEND)
                .filter(value -> SUSPENDED.contains(value.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /// @param children the writes of its resources
    private Next pass(
            Served served,
            Resource instance,
            Compiled.Accepted compiled,
            Writes writes,
            Writes children) {
        var began = clock.instant();
        var graph = compiled.graph();
        var rights = rights();
        var recorder =
                new Recorder(
                        served, graph.definition(), instance, resources.state(), writes, interests);
        var pass = new Pass(graph, instance, resources, children, recorder, applied, fanout);
        try {
            recorder.begin(pass.foreseen());
        } catch (ProblemException e) {
            return unmarked(served, instance, e.problem(), writes);
        }
        var progress =
                new Progress(
                        recorder.instance(),
                        graph.nodes().size(),
                        clock,
                        status -> tell(recorder, status));
        var reports = pass.run(pause.isZero() ? _ -> {} : progress::at);
        var pruned = prune(recorder, instance, reports, children);
        var failure = pruned.failure().or(() -> failure(reports));
        var before = recorder.instance();
        var status =
                InstanceStatus.of(reports, pass.status(), Pin.of(before))
                        .after(pruned)
                        .with(pass::conditions);
        var after = say(served, before, status, writes);
        var found = pass.selected().values().stream().mapToInt(Set::size).sum();
        gathering.after(recorder.key(), after.resourceVersion(), found, began, clock.instant());
        if (failure.isEmpty()
                && reports.stream().allMatch(NodeReport::isResolved)
                && pass.seen().keySet().containsAll(interests.of(recorder.key()))) {
            Rest.after(compiled, recorder.key(), before, after, pass.seen(), pass.selected())
                    .ifPresent(rest -> rests.put(recorder.key(), new Resting(rest, rights)));
        }
        return failure.<Next>map(Next.Retry::new).orElse(Next.DONE);
    }

    /// What cannot be told now is told when the pass is through.
    private void tell(Recorder recorder, InstanceStatus status) {
        var tree = status.tree(recorder.instance(), clock.instant());
        try {
            said.add(recorder.key(), tree);
            recorder.say(tree);
        } catch (ProblemException e) {
            LOG.log(Level.DEBUG, "the progress of {0} cannot be told: {1}", recorder.key(), e);
        }
    }

    /// Nothing is made that could not be remembered; who was overtaken by another writer has nothing to tell.
    private Next unmarked(Served served, Resource instance, Problem problem, Writes writes) {
        if (problem.reason().fault() != Problem.Fault.CONFLICT) {
            say(served, instance, InstanceStatus.unmarked(problem.message()), writes);
        }
        return new Next.Retry(problem.message());
    }

    /// Resources are written within the rights of the service account, or of who wrote the definition.
    private Writes children(Definition definition, Writes writes) {
        var maker = definition.maker();
        return maker.isEmpty() || rbac.isEmpty() ? writes : writes.by(maker.get(), rbac.get());
    }

    /// Deletes what the graph no longer asks for, once it is known what it asks for.
    private Pruned prune(
            Recorder recorder, Resource instance, List<NodeReport> reports, Writes writes) {
        recorder.forgetSelections();
        if (!reports.stream().allMatch(NodeReport::isResolved)) {
            return Pruned.ALL;
        }
        var wanted = keys(reports.stream().flatMap(report -> report.made().stream()));
        try {
            var left =
                    new Removal(instance, resources, writes, fanout)
                            .remove(recorder.inventory().without(wanted));
            left.forEach(one -> wanted.add(one.key()));
            recorder.keep(wanted);
            wanted.addAll(keys(reports.stream().flatMap(report -> report.members().stream())));
            interests.retain(recorder.key(), wanted);
            return new Pruned(Optional.empty(), left);
        } catch (ProblemException e) {
            return new Pruned(Optional.of(e.problem().message()), List.of());
        }
    }

    private static Set<ResourceKey> keys(Stream<Member> members) {
        return members.map(Member::key).collect(Collectors.toCollection(HashSet::new));
    }

    private static Optional<String> failure(List<NodeReport> reports) {
        return reports.stream()
                .filter(report -> report.state() == NodeState.ERROR)
                .map(report -> report.node().id() + ": " + report.message())
                .findFirst();
    }

    private Next delete(Served served, Resource instance, Writes writes) {
        if (!instance.finalizers().contains(Marks.FINALIZER)) {
            return Next.DONE;
        }
        var members = Inventory.of(instance, resources.state()).members();
        var key = served.kind().key().resource(instance.namespace(), instance.name());
        members.forEach(member -> interests.add(key, member.key()));
        try {
            var children =
                    definitions
                            .of(served.kind().key(), resources.state())
                            .map(definition -> children(definition, writes))
                            .orElse(writes);
            var removal = new Removal(instance, resources, children, fanout);
            var orphaning = Orphaning.isAsked(instance);
            var left = orphaning ? List.<Member>of() : removal.remove(members);
            if (orphaning) {
                removal.leave(members);
                release(served, instance, writes);
            } else if (left.isEmpty()) {
                removal.letGo(members);
                release(served, instance, writes);
            } else {
                say(served, instance, InstanceStatus.deleting(waiting(left)), writes);
            }
            return Next.DONE;
        } catch (ProblemException e) {
            if (e.problem().reason().fault() != Problem.Fault.CONFLICT) {
                say(served, instance, InstanceStatus.deleting(e.problem().message()), writes);
            }
            return new Next.Retry(e.problem().message());
        }
    }

    private static String waiting(List<Member> left) {
        return "waiting for "
                + left.stream().map(Member::title).collect(Collectors.joining(", "))
                + " to go";
    }

    private static void release(Served served, Resource instance, Writes writes) {
        var finalizers =
                instance.finalizers().stream()
                        .filter(name -> !name.equals(Marks.FINALIZER))
                        .toList();
        writes.metadata(served, instance, Map.of("finalizers", finalizers));
    }

    private Resource say(Served served, Resource instance, InstanceStatus status, Writes writes) {
        var tree = status.tree(instance, clock.instant());
        if (tree.equals(instance.status())) {
            return instance;
        }
        said.add(served.kind().key().resource(instance.namespace(), instance.name()), tree);
        return writes.status(served, instance, tree);
    }
}
