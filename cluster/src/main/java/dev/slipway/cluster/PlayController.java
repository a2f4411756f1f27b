package dev.slipway.cluster;

import dev.slipway.cluster.pod.Pods;
import dev.slipway.cluster.pod.Room;
import dev.slipway.cluster.rule.RuleBook;
import dev.slipway.cluster.rule.RulePlayer;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Fault;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Simulation;
import dev.slipway.cluster.simulation.Simulations;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tempo;
import dev.slipway.cluster.workload.BudgetPlayer;
import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.LabelSelection;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.kernel.store.Term;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Plays what is in a simulated cluster: hands each object to the player of its kind, when it or what it made changed.
///
/// Where no cluster is simulated nothing is looked at.
final class PlayController implements Controller {
    static final String NAME = "slipway-simulated-cluster";

    /// What autoscalers look at.
    private static final Set<KindKey> SCALED =
            Set.of(ClusterKinds.DEPLOYMENTS, ClusterKinds.REPLICA_SETS, ClusterKinds.STATEFUL_SETS);

    /// What pods wait for.
    private static final Set<KindKey> NEEDED =
            Set.of(ClusterKinds.CLAIMS, ClusterKinds.CONFIG_MAPS, ClusterKinds.SECRETS);

    /// What makes pods, which the API refuses as long as their account is missing.
    private static final Set<KindKey> MAKERS =
            Set.of(
                    ClusterKinds.REPLICA_SETS,
                    ClusterKinds.STATEFUL_SETS,
                    ClusterKinds.DAEMON_SETS,
                    ClusterKinds.JOBS);

    private static final Term PENDING = new Term.Field("status.phase", "Pending");

    private final Resources resources;
    private final Simulations simulations;
    private final Room room;
    private final Clock clock;
    private final Tempo tempo = new Tempo();
    private final Map<KindKey, Player> players = new LinkedHashMap<>();
    private final RuleBook book = new RuleBook();
    private final RulePlayer rules = new RulePlayer(book);

    PlayController(
            Resources resources,
            Simulations simulations,
            List<Player> players,
            Room room,
            Clock clock) {
        this.resources = resources;
        this.simulations = simulations;
        this.room = room;
        this.clock = clock;
        players.forEach(player -> this.players.put(player.kind(), player));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        var key = occurrence.key();
        if (key.kind().equals(ClusterKinds.CLUSTERS)) {
            return isSpoken(occurrence) ? all(resources.state()) : List.of();
        }
        var simulation = simulation(resources.state());
        if (simulation.isEmpty()) {
            return List.of();
        }
        var keys = new ArrayList<ResourceKey>();
        if (NEEDED.contains(key.kind())) {
            waiting(key.namespace(), keys);
        }
        if (key.kind().equals(ClusterKinds.NODES)) {
            keys.addAll(new NodeChange(occurrence).concerns(resources.state()));
        }
        if (key.kind().equals(ClusterKinds.ACCOUNTS)
                && occurrence.operation() == Operation.CREATE) {
            MAKERS.forEach(kind -> list(kind, key.namespace(), keys));
        }
        if (!isPlayed(simulation.get(), key.kind())) {
            return keys;
        }
        keys.add(key);
        if (!players.containsKey(key.kind())) {
            return keys;
        }
        owners(occurrence, keys);
        adopters(occurrence, keys);
        if (key.kind().equals(ClusterKinds.PODS)) {
            budgets(occurrence, keys);
            if (isOffItsNode(occurrence)) {
                keys.addAll(room.waiting());
            }
        }
        if (SCALED.contains(key.kind())) {
            list(ClusterKinds.AUTOSCALERS, key.namespace(), keys);
        }
        if (occurrence.operation() == Operation.DELETE && isRoomAgain(simulation.get(), key)) {
            return all(resources.state());
        }
        if (occurrence.operation() == Operation.UPDATE && isAskedOtherwise(occurrence)) {
            list(ClusterKinds.PODS, key.namespace(), keys);
        }
        return keys;
    }

    private boolean isPlayed(Simulation simulation, KindKey kind) {
        return players.containsKey(kind) || book.plays(simulation, resources.kinds(), kind);
    }

    /// Whether a pod went that kept others from being made.
    private boolean isRoomAgain(Simulation simulation, ResourceKey key) {
        return key.kind().equals(ClusterKinds.PODS)
                && resources.state().count(ClusterKinds.PODS) + 1 >= simulation.maxPods();
    }

    /// Whether what a cluster is told changed, and not only what it says.
    private static boolean isSpoken(Occurrence occurrence) {
        return occurrence.operation() != Operation.UPDATE
                || occurrence
                        .previous()
                        .filter(before -> before.spec().equals(occurrence.object().spec()))
                        .filter(before -> before.terminating() == occurrence.object().terminating())
                        .isEmpty();
    }

    /// Those that an object was made for, now and before.
    private static void owners(Occurrence occurrence, List<ResourceKey> keys) {
        var object = occurrence.object();
        object.owners().stream()
                .filter(OwnerReference::controller)
                .forEach(owner ->
                        ClusterKinds.of(owner)
                                .map(kind -> kind.resource(object.namespace(), owner.name()))
                                .ifPresent(keys::add));
    }

    /// The budgets that count a pod, where it is new, gone, or not as healthy as before.
    private void budgets(Occurrence occurrence, List<ResourceKey> keys) {
        var pod = occurrence.object();
        var before = occurrence.previous();
        if (occurrence.operation() == Operation.UPDATE
                && before.filter(one -> BudgetPlayer.countsAs(one, pod)).isPresent()) {
            return;
        }
        resources.state().list(ClusterKinds.BUDGETS, occurrence.key().namespace()).stream()
                .filter(budget ->
                        selects(budget.resource(), pod.labels())
                                || before.filter(one -> selects(budget.resource(), one.labels()))
                                        .isPresent())
                .map(StoredObject::key)
                .forEach(keys::add);
    }

    /// Those that select an object that nobody manages.
    private void adopters(Occurrence occurrence, List<ResourceKey> keys) {
        var kind = occurrence.key().kind();
        var pods = kind.equals(ClusterKinds.PODS);
        if (!(pods || kind.equals(ClusterKinds.REPLICA_SETS))
                || occurrence.operation() == Operation.DELETE
                || occurrence.object().owners().stream().anyMatch(OwnerReference::controller)) {
            return;
        }
        var labels = occurrence.object().labels();
        for (var maker : pods ? MAKERS : Set.of(ClusterKinds.DEPLOYMENTS)) {
            resources.state().list(maker, occurrence.key().namespace()).stream()
                    .filter(one -> selects(one.resource(), labels))
                    .map(StoredObject::key)
                    .forEach(keys::add);
        }
    }

    private static boolean selects(Resource maker, Map<String, Object> labels) {
        return maker.spec().containsKey("selector")
                && LabelSelection.matches(Json.object(maker.spec(), "selector"), labels);
    }

    /// Whether a pod left room on its node.
    private static boolean isOffItsNode(Occurrence occurrence) {
        return occurrence.operation() == Operation.DELETE
                || (Pods.isOver(occurrence.object())
                        && occurrence.previous().filter(Pods::isOver).isEmpty());
    }

    /// Whether a workload asks for another fault than before, which its pods do not tell themselves.
    private static boolean isAskedOtherwise(Occurrence occurrence) {
        return !occurrence.key().kind().equals(ClusterKinds.PODS)
                && !occurrence
                        .object()
                        .annotation(Fault.ANNOTATION)
                        .equals(
                                occurrence
                                        .previous()
                                        .flatMap(before -> before.annotation(Fault.ANNOTATION)));
    }

    private void list(KindKey kind, String namespace, List<ResourceKey> keys) {
        resources.state().list(kind, namespace).stream().map(StoredObject::key).forEach(keys::add);
    }

    /// The pods of a namespace that do not run yet.
    private void waiting(String namespace, List<ResourceKey> keys) {
        resources.state().list(ClusterKinds.PODS, PENDING).stream()
                .map(StoredObject::key)
                .filter(key -> key.namespace().equals(namespace))
                .forEach(keys::add);
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return simulation(state).stream()
                .flatMap(this::kinds)
                .flatMap(kind -> state.list(kind).stream())
                .map(StoredObject::key)
                .toList();
    }

    private Stream<KindKey> kinds(Simulation simulation) {
        return Stream.concat(
                players.keySet().stream(), book.kinds(simulation, resources.kinds()).stream());
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var simulation = simulation(resources.state());
        if (simulation.isEmpty()) {
            tempo.forget(key);
            return Next.DONE;
        }
        var stage =
                new Stage(
                        resources,
                        simulation.get(),
                        tempo,
                        clock.instant(),
                        WriteOptions.controller(NAME, waking.causes()));
        try {
            play(stage, key);
        } catch (ProblemException e) {
            return refused(e, key);
        } finally {
            stage.publish();
        }
        if (stage.refusal().isPresent()) {
            return new Next.Retry(stage.refusal().get());
        }
        if (stage.wake().isEmpty()) {
            tempo.forget(key);
            return Next.DONE;
        }
        return new Next.Again(stage.wake().get());
    }

    private void play(Stage stage, ResourceKey key) {
        var found = stage.state().get(key).map(StoredObject::resource);
        var player = players.get(key.kind());
        if (player != null) {
            found.filter(object -> !object.terminating())
                    .ifPresent(object -> player.play(stage, stage.mark(object)));
            return;
        }
        var kind = resources.kinds().byKey(key.kind());
        if (kind.isEmpty()) {
            return;
        }
        if (found.isEmpty()) {
            rules.gone(stage, kind.get(), key);
        } else if (!found.get().terminating()) {
            rules.play(stage, kind.get(), found.get());
        }
    }

    /// What has gone meanwhile needs no playing; all else may work later, for instance in a namespace that is leaving.
    private Next refused(ProblemException e, ResourceKey key) {
        if (e.problem().reason() == Reason.NOT_FOUND && resources.state().get(key).isEmpty()) {
            return Next.DONE;
        }
        return new Next.Retry(e.problem().message());
    }

    private Optional<Simulation> simulation(State state) {
        return simulations.current(state);
    }
}
