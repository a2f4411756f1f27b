package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.Catalog;
import dev.slipway.cluster.Clusters;
import dev.slipway.graph.Graphs;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every graph under `examples/graphs`, ordered on a simulated cluster as its README says.
class GraphExamplesTest {
    private static final Path FOLDER = Path.of("..", "examples", "graphs");
    private static final String GROUP = "examples.slipway.dev/v1alpha1";
    private static final String QUICK =
            """
            apiVersion: slipway.dev/v1alpha1
            kind: Cluster
            metadata: {name: local}
            spec:
              type: Simulated
              simulation:
                pace: {start: 1ms, ready: 1ms, provision: 1ms}
                rules:
                  - apiVersion: serving.kserve.io/v1beta1
                    kind: InferenceService
                    phases: [{name: Ready, status: {url: "http://${self.metadata.name}.kserve", conditions: [{type: Ready, status: "True"}]}}]
                  - apiVersion: serving.kserve.io/v1alpha2
                    kind: LLMInferenceService
                    phases: [{name: Ready, status: {url: "http://${self.metadata.name}.llm", conditions: [{type: Ready, status: "True"}]}}]
            """;

    private World world;

    @BeforeEach
    void open() {
        var clock = Clock.systemUTC();
        world =
                World.with(relations ->
                        List.of(
                                new Graphs(clock),
                                new Catalog(relations, clock),
                                new Clusters(clock)));
        world.apply(QUICK);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void makesAWebApplication() throws IOException {
        apply("web-application/graph.yaml");
        apply("web-application/order.yaml");
        var shop = active("WebApplication", "default", "shop");
        assertThat(shop.at("status", "url")).isEqualTo("https://shop.example.com");
        assertThat(node(shop, "budget")).containsEntry("state", "SYNCED");
        assertThat(config("shop")).containsEntry("GREETING", "hello");
        world.merge(
                GROUP,
                "WebApplication",
                "default",
                "shop",
                "{spec: {host: '', replicas: {min: 1, max: 1}}}");
        settle("WebApplication", "shop", one -> node(one, "budget").containsValue("SKIPPED"));
        assertThat(find("networking.k8s.io/v1", "Ingress", "shop")).isEmpty();
        assertThat(find("autoscaling/v2", "HorizontalPodAutoscaler", "shop")).isEmpty();
        assertThat(active("WebApplication", "default", "shop").status()).doesNotContainKey("url");
    }

    @Test
    void makesADatabaseWithAPasswordThatNobodyWroteDown() throws IOException {
        apply("database/graph.yaml");
        apply("database/order.yaml");
        world.settle();
        assertThat(find("apps/v1", "StatefulSet", "orders")).isEmpty();
        apply("database/seed.yaml");
        var orders = active("Database", "default", "orders");
        var secret = find("v1", "Secret", "orders-database").orElseThrow();
        assertThat(orders.at("status", "secret")).isEqualTo("orders-database");
        assertThat(String.valueOf(secret.at("data", "password"))).hasSizeGreaterThan(40);
        world.delete(GROUP, "Database", "default", "orders");
        world.eventually("it is gone", () -> find("apps/v1", "StatefulSet", "orders").isEmpty());
        assertThat(find("v1", "PersistentVolumeClaim", "orders-data")).isPresent();
    }

    @Test
    void makesAPlaceForATeam() throws IOException {
        apply("tenant/graph.yaml");
        apply("tenant/order.yaml");
        var payments = active("Tenant", "", "payments");
        assertThat(payments.at("status", "members")).isEqualTo(List.of("ada", "grace"));
        var binding =
                world.find("rbac.authorization.k8s.io/v1", "RoleBinding", "team-payments", "ada");
        assertThat(binding.orElseThrow().at("roleRef", "name")).isEqualTo("admin");
        world.merge(GROUP, "Tenant", "", "payments", "{spec: {members: [{name: grace}]}}");
        world.eventually(
                "ada is out",
                () ->
                        world.find(
                                        "rbac.authorization.k8s.io/v1",
                                        "RoleBinding",
                                        "team-payments",
                                        "ada")
                                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    cpu    | server, service, autoscaler, budget, monitor, policy, entity
                    llm-d  | server, service, autoscaler, budget, monitor, pool, policy, entity
                    kserve | inference, policy, entity
                    llm    | llm, policy, entity
                    """)
    void servesAModelByEachEngine(String engine, String nodes) throws IOException {
        apply("ml-service/kinds.yaml");
        world.settle();
        apply("ml-service/graph.yaml");
        world.settle();
        world.apply(
                Files.readString(FOLDER.resolve("ml-service/order.yaml"))
                        .replace("spec:", "spec:\n  engine: " + engine));
        var chat = active("MLService", "default", "chat");
        var made =
                Json.list(chat.status(), "nodes").stream()
                        .map(one -> Json.cast((Map<?, ?>) one))
                        .filter(one -> "SYNCED".equals(one.get("state")))
                        .map(one -> String.valueOf(one.get("id")))
                        .toList();
        assertThat(made).containsExactlyInAnyOrder(nodes.split(", "));
        assertThat(world.find("backstage.io/v1alpha1", "Component", "default", "chat")).isPresent();
        if (nodes.contains("service,")) {
            assertThat(chat.at("status", "url")).isEqualTo("http://chat.default.svc/v1");
        } else {
            assertThat(chat.status()).containsKey(engine + "Url").doesNotContainKey("url");
        }
    }

    private void apply(String file) throws IOException {
        world.apply(Files.readString(FOLDER.resolve(file)));
        if (file.endsWith("graph.yaml")) {
            world.settle();
        }
    }

    private Resource active(String kind, String namespace, String name) {
        world.eventually(
                kind + " " + name + " is active",
                () ->
                        world.find(GROUP, kind, namespace, name)
                                .filter(one -> "ACTIVE".equals(one.at("status", "state")))
                                .isPresent());
        return world.find(GROUP, kind, namespace, name).orElseThrow();
    }

    private void settle(String kind, String name, java.util.function.Predicate<Resource> wanted) {
        world.eventually(
                kind + " " + name + " is as wanted",
                () -> world.find(GROUP, kind, "default", name).filter(wanted).isPresent());
        world.settle();
    }

    private static Map<String, Object> node(Resource instance, String id) {
        return Json.list(instance.status(), "nodes").stream()
                .map(one -> Json.cast((Map<?, ?>) one))
                .filter(one -> id.equals(one.get("id")))
                .findFirst()
                .orElse(Map.of());
    }

    private Map<String, Object> config(String name) {
        return Json.object(find("v1", "ConfigMap", name).orElseThrow().tree(), "data");
    }

    private Optional<Resource> find(String apiVersion, String kind, String name) {
        return world.find(apiVersion, kind, "default", name);
    }
}
