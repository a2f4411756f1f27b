package dev.slipway.cluster;

import dev.slipway.cluster.network.EndpointsPlayer;
import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Simulations;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tempo;
import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Keeps the endpoints of services in a simulated cluster, when a service or a pod that may stand behind one changes.
final class EndpointsController implements Controller {
    private final Resources resources;
    private final Simulations simulations;
    private final Clock clock;
    private final Tempo tempo = new Tempo();

    EndpointsController(Resources resources, Simulations simulations, Clock clock) {
        this.resources = resources;
        this.simulations = simulations;
        this.clock = clock;
    }

    @Override
    public String name() {
        return PlayController.NAME;
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        var key = occurrence.key();
        var state = resources.state();
        if (key.kind().equals(ClusterKinds.CLUSTERS)) {
            return all(state);
        }
        if (simulations.current(state).isEmpty()) {
            return List.of();
        }
        if (key.kind().equals(ClusterKinds.SERVICES)) {
            return List.of(key);
        }
        return key.kind().equals(ClusterKinds.PODS) ? behind(occurrence, state) : List.of();
    }

    /// The services whose selector finds a pod, now or before.
    private static List<ResourceKey> behind(Occurrence occurrence, State state) {
        var namespace = occurrence.key().namespace();
        return state.list(ClusterKinds.SERVICES, namespace).stream()
                .filter(service -> finds(service.resource(), occurrence))
                .map(StoredObject::key)
                .toList();
    }

    private static boolean finds(Resource service, Occurrence occurrence) {
        var selector = Json.object(service.spec(), "selector");
        return !selector.isEmpty()
                && (matches(selector, occurrence.object())
                        || occurrence.previous().filter(pod -> matches(selector, pod)).isPresent());
    }

    private static boolean matches(Map<String, Object> selector, Resource pod) {
        return pod.labels().entrySet().containsAll(selector.entrySet());
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return simulations.current(state).isEmpty()
                ? List.of()
                : state.list(ClusterKinds.SERVICES).stream().map(StoredObject::key).toList();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var state = resources.state();
        var simulation = simulations.current(state);
        var service = state.get(key).map(StoredObject::resource);
        if (simulation.isEmpty() || service.isEmpty() || service.get().terminating()) {
            return Next.DONE;
        }
        var options = WriteOptions.controller(PlayController.NAME, waking.causes());
        try {
            EndpointsPlayer.play(
                    new Stage(resources, simulation.get(), tempo, clock.instant(), options),
                    service.get());
            return Next.DONE;
        } catch (ProblemException e) {
            return e.problem().reason() == Problem.Reason.NOT_FOUND
                    ? Next.DONE
                    : new Next.Retry(e.problem().message());
        }
    }
}
