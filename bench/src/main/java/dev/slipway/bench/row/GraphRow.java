package dev.slipway.bench.row;

import dev.slipway.bench.http.Connection;
import dev.slipway.bench.http.Load;
import dev.slipway.bench.http.Request;
import dev.slipway.bench.http.UnexpectedAnswerException;
import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.lab.Workspace;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import dev.slipway.bench.report.Measured;
import dev.slipway.bench.report.Unit;
import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// Instances of a graph with three nodes: from the first create to the last one that is ACTIVE.
record GraphRow() implements Row {
    private static final int INSTANCES = 1_000;
    private static final int CLIENTS = 16;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String GRAPHS = "/apis/kro.run/v1alpha1/resourcegraphdefinitions";
    private static final String PLACES =
            "/apis/bench.slipway.dev/v1alpha1/namespaces/default/benchapps";

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
                    data: {image: "${schema.spec.image}"}
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

    @Override
    public String name() {
        return "graph";
    }

    @Override
    public Stage stage() {
        return Stage.EMPTY;
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException {
        var place = lab.own();
        define(place);
        active(place, "warm", lab.sized(INSTANCES / 2, 10));
        place.settle();
        var count = lab.sized(INSTANCES, 20);
        var before = lab.server().usage().cpu();
        var took = active(place, "app", count);
        var spent = before.flatMap(a -> lab.server().usage().cpu().map(b -> b.minus(a)));
        var cpu = spent.map(time -> time.toNanos() / 1e3 / count);
        return List.of(
                Figure.of(
                                "%,d instances of a graph with 3 nodes: create → all ACTIVE"
                                        .formatted(count),
                                Unit.SECONDS,
                                new Measured(
                                        took.toNanos() / 1e9,
                                        cpu.map(OptionalDouble::of).orElse(OptionalDouble.empty())))
                        .by(CLIENTS)
                        .within(Budget.atMost(5)));
    }

    private static void define(Workspace place) throws IOException {
        var graph = GRAPH.getBytes(StandardCharsets.UTF_8);
        place.once(place.api().post(GRAPHS, "application/yaml", graph));
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!isServed(place)) {
            if (System.nanoTime() > end) {
                throw new IOException("the graph's kind is not served");
            }
        }
    }

    private static boolean isServed(Workspace place) throws IOException {
        try {
            place.tree(PLACES);
            return true;
        } catch (UnexpectedAnswerException e) {
            return false;
        }
    }

    /// Makes instances and waits until each has been seen as ACTIVE.
    private static Duration active(Workspace place, String name, int count) throws IOException {
        var requests =
                IntStream.range(0, count).mapToObj(i -> create(place, name + "-" + i)).toList();
        var watch =
                place.api().get(PLACES + "?watch=true&resourceVersion=" + place.revision(PLACES));
        try (var watcher = place.api().connect();
                var load = Load.open(place.api(), CLIENTS)) {
            var lines = watcher.stream(watch);
            var timer = Thread.ofVirtual().start(() -> giveUp(watcher));
            var began = System.nanoTime();
            load.run(requests);
            var seen = new HashSet<String>();
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                note(Json.readObject(line.get()), seen);
                if (seen.size() == count) {
                    timer.interrupt();
                    return Duration.ofNanos(System.nanoTime() - began);
                }
            }
            throw new IOException("only %d of %d are ACTIVE".formatted(seen.size(), count));
        }
    }

    private static void note(Map<String, Object> event, HashSet<String> seen) {
        if ("ACTIVE".equals(Json.at(event, "object", "status", "state"))) {
            seen.add(String.valueOf(Json.at(event, "object", "metadata", "name")));
        }
    }

    private static Request create(Workspace place, String name) {
        var instance =
                """
                {"apiVersion":"bench.slipway.dev/v1alpha1","kind":"BenchApp","metadata":{"name":"%s"},\
                "spec":{"image":"nginx:1.27","port":8080}}\
                """
                        .formatted(name);
        return place.api()
                .post(PLACES, "application/json", instance.getBytes(StandardCharsets.UTF_8));
    }

    /// Ends a watch that would be waited for in vain.
    private static void giveUp(Connection watcher) {
        try {
            Thread.sleep(PATIENCE);
            watcher.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
