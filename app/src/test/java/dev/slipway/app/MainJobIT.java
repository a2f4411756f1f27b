package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The product's main job, as its users do it: a golden path, an order, drift, a catalog entity, and their pages.
class MainJobIT {
    private static final String GRAPH =
            "/apis/kro.run/v1alpha1/resourcegraphdefinitions/simpleapps.briefstack.com";
    private static final String COMPONENTS =
            "/apis/backstage.io/v1alpha1/namespaces/default/components/";

    @TempDir private static Path folder;
    private static Server server;
    private static HttpApiClient api;
    private static Server.Said graph;

    @BeforeAll
    static void aGoldenPath() {
        server = Server.start(folder.resolve("data"));
        api = server.client();
        graph = server.cli("apply", "-f", "examples/simpleapp/graph.yaml");
        server.cli("apply", "-f", "examples/catalog/payment-service.yaml");
        server.eventually("the kind is served", () -> server.cli("get", "simpleapps").code() == 0);
    }

    @AfterAll
    static void stop() {
        api.close();
        server.close();
    }

    @Test
    void takesAGraphAsItWasPublishedAndTellsWhatItCompleted() {
        assertThat(graph.code()).isZero();
        assertThat(graph.out())
                .isEqualTo("resourcegraph.kro.run/simpleapps.briefstack.com created\n");
        assertThat(graph.err())
                .contains("Warning: spec.schema.spec.port: ")
                .contains("Warning: spec.resources[0].template.metadata.name: ")
                .contains("Warning: spec.resources[0].template.spec.selector.matchLabels: ");
        server.eventually(
                "completions are in the status",
                () -> Json.list(api.get(GRAPH).status(), "completions").size() >= 4);
        assertThat(server.cli("apply", "-f", "examples/simpleapp/graph.yaml").out())
                .contains(" unchanged");
    }

    @Test
    void servesTheKindThatTheGraphDefines() {
        var definition =
                api.get(
                        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/simpleapps.briefstack.com");
        var version = Json.cast((Map<?, ?>) Json.list(definition.spec(), "versions").getFirst());
        assertThat(
                        Json.at(
                                version,
                                "schema",
                                "openAPIV3Schema",
                                "properties",
                                "spec",
                                "properties",
                                "port",
                                "type"))
                .isEqualTo("integer");
    }

    @Test
    void makesWhatAnInstanceAsksFor() {
        order("demo", 8080);

        var container =
                Json.cast(
                        (Map<?, ?>)
                                Json.list(podSpec(deployment("demo")), "containers").getFirst());
        assertThat(container).containsEntry("image", "nginx:1.27").containsEntry("name", "app");
        assertThat(Json.list(container, "ports").getFirst())
                .hasToString("{containerPort=8080, protocol=TCP}");
        assertThat(deployment("demo").spec()).containsEntry("replicas", 2L);
        assertThat(server.cli("get", "simpleapps,deployments", "-o", "wide").out())
                .containsPattern("demo +ACTIVE")
                .contains("nginx:1.27");
    }

    @Test
    void selectsThePodsOfOneInstanceOnly() {
        order("left", 1001);
        order("right", 1002);

        assertThat(selector("left")).isNotEmpty().isNotEqualTo(selector("right"));
        assertThat(
                        Json.object(
                                Json.object(
                                        Json.object(deployment("left").spec(), "template"),
                                        "metadata"),
                                "labels"))
                .containsAllEntriesOf(selector("left"));
    }

    @Test
    void putsBackWhatSomebodyElseChanges() {
        order("drift", 8080);

        merge(
                deploymentPath("drift"),
                Map.of(
                        "spec",
                        Map.of("replicas", 5L),
                        "metadata",
                        Map.of("labels", Map.of("team", "mine"))));
        server.eventually(
                "two replicas again",
                () -> Long.valueOf(2).equals(deployment("drift").spec().get("replicas")));
        assertThat(deployment("drift").labels()).containsEntry("team", "mine");
    }

    @Test
    void makesAnewWhatSomebodyElseDeletes() {
        order("gone", 8080);
        var uid = deployment("gone").uid();

        api.json(Call.with("DELETE", deploymentPath("gone"), Map.of()));
        server.eventually(
                "another one is there",
                () -> findDeployment("gone").filter(now -> !now.uid().equals(uid)).isPresent());
    }

    @Test
    void followsAChangeOfTheInstance() {
        order("moving", 8080);

        merge(instance("moving"), Map.of("spec", Map.of("port", 9090L)));
        server.eventually(
                "the port follows",
                () -> podSpec(deployment("moving")).toString().contains("containerPort=9090"));
    }

    @Test
    void takesEverythingAwayWithTheInstance() {
        order("leaving", 8080);

        assertThat(server.cli("delete", "simpleapp", "leaving").code()).isZero();
        server.eventually("its deployment is gone", () -> findDeployment("leaving").isEmpty());
    }

    @Test
    void keepsADescriptorAsItWasWritten() {
        var component = api.get(COMPONENTS + "payment-service");

        assertThat(component.metadata()).containsEntry("description", "Handles payment processing");
        assertThat(component.annotations()).containsEntry("backstage.io/techdocs-ref", "dir:.");
        assertThat(component.spec())
                .containsEntry("owner", "payments-team")
                .containsEntry(
                        "dependsOn", List.of("component:user-service", "resource:payments-db"));
        assertThat(server.cli("get", "component", "payment-service", "-o", "yaml").out())
                .startsWith("apiVersion: backstage.io/v1alpha1\n");
        server.eventually(
                "the condition is there",
                () -> !api.get(COMPONENTS + "payment-service").status().isEmpty());
        assertThat(server.cli("apply", "-f", "examples/catalog/payment-service.yaml").out())
                .isEqualTo("component.backstage.io/payment-service unchanged\n");
    }

    @Test
    void saysPlainlyWhatDoesNotExist() {
        server.eventually(
                "the table says so",
                () -> server.cli("get", "components").out().contains("Missing"));

        var condition =
                Json.cast(
                        (Map<?, ?>)
                                Json.list(
                                                api.get(COMPONENTS + "payment-service").status(),
                                                "conditions")
                                        .getFirst());
        assertThat(condition)
                .containsEntry("type", "ReferencesResolved")
                .containsEntry("status", "False");
        assertThat(condition.get("message"))
                .asString()
                .contains("group:default/payments-team", "component:default/user-service")
                .endsWith("do not exist");
        var relations =
                Json.list(api.json(Call.get(COMPONENTS + "payment-service/relations")), "items");
        assertThat(relations)
                .hasSize(5)
                .allSatisfy(one -> assertThat(Json.at(one, "exists")).isEqualTo(false));
    }

    @Test
    void showsThePageOfAnEntity() {
        var page = server.page("/k/backstage.io/components/default/payment-service");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("payments-team", "github.com/project-slug", "Handles payment processing");
        assertThat(server.page("/k/backstage.io/components").body()).contains("payment-service");
        assertThat(server.page("/").body()).startsWithIgnoringCase("<!doctype html>");
    }

    @Test
    void showsThePageOfAnInstance() {
        order("shown", 8080);

        assertThat(server.page("/k/briefstack.com/simpleapps/default/shown").body())
                .contains("Active", "deployment", "nginx:1.27");
    }

    @Test
    void tellsWhoWroteWhat() {
        order("told", 8080);

        var items = Json.list(api.json(Call.get(instance("told") + "/revisions")), "items");
        assertThat(items).isNotEmpty();
        assertThat(Json.at(items.getLast(), "operation")).isEqualTo("create");
    }

    // ---- words

    private static void order(String name, int port) {
        var said =
                server.cliWith(
                        "{apiVersion: briefstack.com/v1, kind: SimpleApp, metadata: {name: %s}, spec: {image: 'nginx:1.27', port: %d}}"
                                .formatted(name, port),
                        "apply",
                        "-f",
                        "-");
        assertThat(said.err()).isEmpty();
        server.eventually(
                name + " is ACTIVE",
                () -> "ACTIVE".equals(api.get(instance(name)).status().get("state")));
    }

    private static String instance(String name) {
        return "/apis/briefstack.com/v1/namespaces/default/simpleapps/" + name;
    }

    private static String deploymentPath(String name) {
        return "/apis/apps/v1/namespaces/default/deployments/" + name;
    }

    private static Resource deployment(String name) {
        return api.get(deploymentPath(name));
    }

    private static Optional<Resource> findDeployment(String name) {
        return api.find(deploymentPath(name));
    }

    private static Map<String, Object> podSpec(Resource deployment) {
        return Json.object(Json.object(deployment.spec(), "template"), "spec");
    }

    private static Map<String, Object> selector(String name) {
        return Json.object(Json.object(deployment(name).spec(), "selector"), "matchLabels");
    }

    private static void merge(String path, Map<String, Object> patch) {
        api.json(
                Call.with("PATCH", path, patch)
                        .header("Content-Type", "application/merge-patch+json"));
    }
}
