package dev.slipway.bench.row;

import dev.slipway.bench.http.Connection;
import dev.slipway.bench.http.Load;
import dev.slipway.bench.http.Request;
import dev.slipway.bench.http.UnexpectedAnswerException;
import dev.slipway.bench.lab.Workspace;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.server.Usage;
import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;

/// A graph with three nodes on one server, and its instances in a namespace of the bench. Used by one thread.
final class Apps {
    /// How many clients make instances.
    static final int CLIENTS = 16;

    private static final String PLACE = "-apps";
    private static final Duration LOOK = Duration.ofMillis(5);
    private static final String JSON = "application/json";
    private static final String DEFINITIONS = "/apis/kro.run/v1alpha1/resourcegraphdefinitions";
    private static final String KINDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String NAME = "/benchapps.bench.slipway.dev";
    private static final String API = "/apis/bench.slipway.dev/v1alpha1/namespaces/";

    private static final String GRAPH =
            """
            apiVersion: kro.run/v1alpha1
            kind: ResourceGraphDefinition
            metadata: {name: benchapps.bench.slipway.dev}
            spec:
              schema:
                apiVersion: v1alpha1
                group: bench.slipway.dev
                kind: BenchApp
                spec: {image: string, port: integer}
              resources:
                - id: config
                  template:
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: "${schema.metadata.name}"}
                    data: {image: "${schema.spec.image}", mark: "MARK"}
                - id: deployment
                  template:
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: "${schema.metadata.name}"}
                    spec:
                      replicas: 1
                      selector: {matchLabels: {app: "${schema.metadata.name}"}}
                      template:
                        metadata: {labels: {app: "${schema.metadata.name}"}}
                        spec:
                          containers:
                            - name: app
                              image: "${schema.spec.image}"
                              envFrom: [{configMapRef: {name: "${config.metadata.name}"}}]
                              ports: [{containerPort: "${schema.spec.port}"}]
                - id: service
                  template:
                    apiVersion: v1
                    kind: Service
                    metadata: {name: "${deployment.metadata.name}"}
                    spec:
                      selector: "${deployment.spec.selector.matchLabels}"
                      ports: [{port: "${schema.spec.port}"}]
            """;

    private static final String LISTS_NAME = "/benchlists.bench.slipway.dev";
    private static final String LIST_GRAPH =
            """
            apiVersion: kro.run/v1alpha1
            kind: ResourceGraphDefinition
            metadata: {name: benchlists.bench.slipway.dev}
            spec:
              schema: {apiVersion: v1alpha1, group: bench.slipway.dev, kind: BenchList, spec: {count: integer}}
              resources:
                - id: part
                  forEach: [{i: "${lists.range(schema.spec.count)}"}]
                  template:
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: "${schema.metadata.name}-${string(i)}"}
                    data: {v: one}
            """;

    private final Workspace place;
    private final Duration patience;
    private final String maps;
    private final String apps;
    private final String lists;

    /// @param patience how long anything may take
    Apps(Workspace place, Duration patience) throws IOException {
        this.place = place;
        this.patience = patience;
        this.maps = place.maps(PLACE);
        this.apps = API + place.namespace(PLACE) + "/benchapps";
        this.lists = API + place.namespace(PLACE) + "/benchlists";
    }

    /// Whether a server knows graphs: a peer may, where a kro runs on it.
    static boolean areKnown(Workspace place) throws IOException {
        return answers(place, DEFINITIONS + "?limit=1");
    }

    Workspace place() {
        return place;
    }

    /// Makes the definitions and waits until their kinds are served.
    void define() throws IOException {
        define(definition("first"), apps);
        define(LIST_GRAPH.getBytes(StandardCharsets.UTF_8), lists);
    }

    private void define(byte[] definition, String instances) throws IOException {
        place.once(place.api().post(DEFINITIONS, "application/yaml", definition));
        await("a graph's kind is not served: " + instances, () -> answers(place, instances));
    }

    /// A question to the server.
    private interface Question {
        boolean holds() throws IOException;
    }

    private void await(String trouble, Question question) throws IOException {
        var end = System.nanoTime() + patience.toNanos();
        while (!question.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException(
                        "%s; waited for %d s".formatted(trouble, patience.toSeconds()));
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static byte[] definition(String mark) {
        return GRAPH.replace("MARK", mark).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean answers(Workspace place, String path) throws IOException {
        try {
            place.tree(path);
            return true;
        } catch (UnexpectedAnswerException e) {
            return false;
        }
    }

    /// Makes instances and waits until each has been seen as ACTIVE.
    Measured active(String name, int count) throws IOException {
        var requests = IntStream.range(0, count).mapToObj(i -> create(name + "-" + i)).toList();
        return seen(
                apps,
                count,
                Apps::active,
                () -> {
                    try (var load = Load.open(place.api(), CLIENTS)) {
                        load.run(requests);
                    }
                });
    }

    /// Makes one instance with a collection of so many items, and waits until it is ACTIVE.
    Measured collected(String name, int count) throws IOException {
        var instance =
                "{\"apiVersion\":\"bench.slipway.dev/v1alpha1\",\"kind\":\"BenchList\",\"metadata\":{\"name\":\"%s\"},\"spec\":{\"count\":%d}}"
                        .formatted(name, count)
                        .getBytes(StandardCharsets.UTF_8);
        var create = place.api().post(lists, JSON, instance);
        return seen(
                lists,
                1,
                one -> active(one) && name.equals(Json.at(one, "metadata", "name")),
                () -> place.once(create));
    }

    private static boolean active(Map<String, Object> object) {
        return "ACTIVE".equals(Json.at(object, "status", "state"));
    }

    private Request create(String name) {
        var instance =
                """
                {"apiVersion":"bench.slipway.dev/v1alpha1","kind":"BenchApp","metadata":{"name":"%s"},\
                "spec":{"image":"nginx:1.27","port":8080}}\
                """
                        .formatted(name);
        return place.api().post(apps, JSON, instance.getBytes(StandardCharsets.UTF_8));
    }

    /// Changes the definition and waits until the resources of so many instances are as it says.
    Measured changed(String mark, int count) throws IOException {
        var change =
                place.api()
                        .request(
                                "PATCH",
                                DEFINITIONS + NAME + "?fieldManager=bench&force=true",
                                "application/apply-patch+yaml",
                                definition(mark),
                                200);
        return seen(
                maps,
                count,
                map -> mark.equals(Json.at(map, "data", "mark")),
                () -> place.once(change));
    }

    /// Spoils a resource of each of some instances, one after the other: how long until it is as it was.
    long[] drifts(String name, int count) throws IOException {
        var times = new long[count];
        for (int i = 0; i < count; i++) {
            var one = name + "-" + i;
            var drift =
                    place.api()
                            .request(
                                    "PATCH",
                                    maps + "/" + one,
                                    "application/merge-patch+json",
                                    "{\"data\":{\"image\":\"drift\"}}"
                                            .getBytes(StandardCharsets.UTF_8),
                                    200);
            var took =
                    seen(
                            maps,
                            1,
                            map ->
                                    one.equals(Json.at(map, "metadata", "name"))
                                            && !"drift".equals(Json.at(map, "data", "image")),
                            () -> place.once(drift));
            times[i] = (long) (took.value() * 1e9);
        }
        return times;
    }

    /// Something that is done to the server.
    private interface Deed {
        void run() throws IOException;
    }

    /// How many seconds passed from a deed until the watch has shown so many objects as they shall be, and what the
    /// server spent on each.
    private Measured seen(
            String path, int count, Function<Map<String, Object>, Boolean> wanted, Deed deed)
            throws IOException {
        var watch = place.api().get(path + "?watch=true&resourceVersion=" + place.revision(path));
        try (var watcher = place.api().connect()) {
            var lines = watcher.stream(watch);
            var timer = Thread.ofVirtual().start(() -> giveUp(watcher));
            var before = cpu();
            var began = System.nanoTime();
            deed.run();
            var seen = new HashSet<String>();
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                var object = Json.object(Json.readObject(line.get()), "object");
                if (wanted.apply(object)) {
                    seen.add(String.valueOf(Json.at(object, "metadata", "name")));
                }
                if (seen.size() == count) {
                    timer.interrupt();
                    return measured(System.nanoTime() - began, before, count);
                }
            }
            throw new IOException("only %d of %d were seen".formatted(seen.size(), count));
        }
    }

    private Optional<Duration> cpu() {
        return place.target().usage().flatMap(Usage::cpu);
    }

    private Measured measured(long nanoseconds, Optional<Duration> before, int count) {
        var spent = before.flatMap(then -> cpu().map(now -> now.minus(then)));
        return new Measured(
                nanoseconds / 1e9,
                spent.map(time -> OptionalDouble.of(time.toNanos() / 1e3 / count))
                        .orElse(OptionalDouble.empty()));
    }

    /// The newest revision of the server.
    long revision() throws IOException {
        return Long.parseLong(place.revision(maps));
    }

    /// Takes instances and definition away, for a server that lives on.
    void remove() throws IOException {
        remove(apps, NAME);
        remove(lists, LISTS_NAME);
    }

    private void remove(String instances, String definition) throws IOException {
        if (answers(place, instances)) {
            place.once(deletion(instances));
            await(
                    "instances do not go: " + instances,
                    () -> Json.list(place.tree(instances + "?limit=1"), "items").isEmpty());
        }
        place.once(deletion(DEFINITIONS + definition));
        removeKind(KINDS + definition);
    }

    /// The original leaves a definition's kind behind; elsewhere it may have gone by itself.
    private void removeKind(String kind) throws IOException {
        try {
            place.once(deletion(kind));
        } catch (UnexpectedAnswerException e) {
            await("a graph's kind does not go: " + kind, () -> !answers(place, kind));
        }
    }

    private Request deletion(String path) {
        var body = "{}".getBytes(StandardCharsets.UTF_8);
        return place.api().request("DELETE", path, JSON, body, 200);
    }

    /// Ends a watch that would be waited for in vain.
    private void giveUp(Connection watcher) {
        try {
            Thread.sleep(patience);
            watcher.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
