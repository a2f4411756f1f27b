package dev.slipway.cluster;

import dev.slipway.control.access.Access;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.StoredObject;
import dev.slipway.testkit.TestClock;
import dev.slipway.testkit.World;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// A world with a simulated cluster, on a clock that the test moves.
final class Played implements AutoCloseable {
    static final KindKey PODS = KindKey.of("", "pods");
    static final KindKey REPLICA_SETS = KindKey.of("apps", "replicasets");

    private final World world;

    Played() {
        this("");
    }

    /// @param simulation YAML in braces' inside: `maxPods: 3, nodes: 2`
    Played(String simulation) {
        var clock = new TestClock();
        world = World.at(clock, new Clusters(clock));
        cluster(simulation);
    }

    private Played(World world) {
        this.world = world;
        cluster("");
    }

    /// One in which pods need service accounts, and users rights.
    static Played withAccess() {
        var clock = new TestClock();
        var world = new AtomicReference<World>();
        var rbac = new Rbac(() -> world.get().store().state());
        world.set(World.at(clock, new Access(rbac, ""), new Clusters(clock, rbac)));
        return new Played(world.get());
    }

    /// Somebody tells the cluster what to play.
    void clusterBy(User user, String simulation) {
        var options =
                new WriteOptions(Attribution.of(user.name()), "test", false, Strictness.STRICT)
                        .by(user);
        var rules = "{spec: {simulation: {%s}}}".formatted(simulation);
        world.resources()
                .patch(
                        world.served("slipway.dev/v1alpha1", "Cluster"),
                        "",
                        "local",
                        "",
                        new Patch.Merge(
                                Json.cast(
                                        (Map<?, ?>)
                                                Yaml.read(rules.getBytes(StandardCharsets.UTF_8)))),
                        options);
    }

    /// Tells the cluster what to play.
    void cluster(String simulation) {
        world.apply(
                "{apiVersion: slipway.dev/v1alpha1, kind: Cluster, metadata: {name: local}, spec: {type: Simulated, simulation: {%s}}}"
                        .formatted(simulation));
        world.settle();
    }

    World world() {
        return world;
    }

    void apply(String yaml) {
        world.apply(yaml);
        world.settle();
    }

    void merge(String apiVersion, String kind, String name, String yaml) {
        world.merge(apiVersion, kind, "default", name, yaml);
        world.settle();
    }

    void pass(String time) {
        world.pass(Duration.parse("PT" + time));
    }

    Resource get(String apiVersion, String kind, String name) {
        return world.find(apiVersion, kind, "default", name)
                .or(() -> world.find(apiVersion, kind, "", name))
                .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
    }

    List<Resource> list(KindKey kind) {
        return world.store().state().list(kind).stream().map(StoredObject::resource).toList();
    }

    List<Resource> pods() {
        return list(PODS);
    }

    /// The only pod.
    Resource pod() {
        var pods = pods();
        if (pods.size() != 1) {
            throw new AssertionError("not one pod: " + pods);
        }
        return pods.getFirst();
    }

    /// A number of the status, 0 where it is left out.
    static long number(Resource object, String key) {
        return object.status().get(key) instanceof Long number ? number : 0;
    }

    static Map<String, Object> condition(Resource object, String type) {
        return Json.list(object.status(), "conditions").stream()
                .map(one -> Json.cast((Map<?, ?>) one))
                .filter(one -> type.equals(one.get("type")))
                .findFirst()
                .orElse(Map.of());
    }

    /// `True MinimumReplicasAvailable`.
    static String said(Resource object, String type) {
        var condition = condition(object, type);
        return condition.getOrDefault("status", "")
                + " "
                + Optional.ofNullable(condition.get("reason")).orElse("");
    }

    /// The state of a pod's first container: `running`, `waiting CrashLoopBackOff`.
    static String container(Resource pod) {
        if (!(Json.list(pod.status(), "containerStatuses").stream().findFirst().orElse(Map.of())
                instanceof Map<?, ?> status)) {
            return "";
        }
        var state = Json.object(Json.cast(status), "state");
        var name = state.keySet().stream().findFirst().orElse("none");
        var reason = Json.at(state, name, "reason");
        return reason == null ? name : name + " " + reason;
    }

    @Override
    public void close() {
        world.close();
    }
}
