package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `up` plays, and that `serve` does not begin to by itself.
class SimulatedClusterIT {
    private static final String CLUSTERS = "/apis/slipway.dev/v1alpha1/clusters";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
    private static final String WEB =
            """
            {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"}, "spec": {"replicas": 2,
             "selector": {"matchLabels": {"app": "web"}}, "template": {"metadata": {"labels": {"app": "web"}},
             "spec": {"containers": [{"name": "main", "image": "nginx"}]}}}}
            """;

    private static final String DEFINITIONS = "/apis/kro.run/v1alpha1/resourcegraphdefinitions/";
    private static final String SITE =
            """
            {"id": "web", "readyWhen": ["${web.status.readyReplicas == 1}"], "template": {
             "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "${schema.metadata.name}-web"},
             "spec": {"selector": {"matchLabels": {"app": "${schema.metadata.name}"}}, "template": {"metadata": {
             "labels": {"app": "${schema.metadata.name}"},
             "annotations": {"slipway.dev/simulate": "${schema.spec.image.endsWith('none') ? 'ImagePull' : omit()}"}},
             "spec": {"containers": [{"name": "main", "image": "${schema.spec.image}"}]}}}}}
            """;
    private static final String SHOP =
            """
            {"id": "site", "template": {"apiVersion": "sites.test/v1alpha1", "kind": "Site",
             "metadata": {"name": "${schema.metadata.name}"}, "spec": {"image": "${schema.spec.image}"}}}
            """;
    private static final String NAMESPACE = "/apis/sites.test/v1alpha1/namespaces/default/";

    @TempDir private Path folder;

    @Test
    void rollsADeploymentOutAndSaysThatItIsSimulated() {
        try (var server = Server.up(folder.resolve("data"));
                var api = server.client()) {
            server.eventually(
                    "the cluster plays",
                    () ->
                            api.find(CLUSTERS + "/local")
                                    .filter(one -> "simulated".equals(one.status().get("statuses")))
                                    .isPresent());
            api.json(Call.with("POST", DEPLOYMENTS, Json.readObject(WEB)));

            server.eventually(
                    "what `kubectl rollout status` waits for",
                    () -> isRolledOut(api.get(DEPLOYMENTS + "/web")));
            assertThat(api.get(DEPLOYMENTS + "/web").annotation("slipway.dev/simulated"))
                    .contains("local");
            assertThat(server.cli("get", "pods").out()).contains("Running").contains("1/1");
            assertThat(server.cli("get", "clusters").out()).contains("simulated");
            assertThat(server.cli("history", "deployment", "web").out())
                    .contains("slipway-simulated-cluster");
            tellsWhichContainerAnInstanceWaitsFor(server, api);
        }
    }

    /// From the outer of two instances down to a pod, and back to health once the cause is gone.
    private static void tellsWhichContainerAnInstanceWaitsFor(Server server, HttpApiClient api) {
        define(api, "Site", SITE);
        server.eventually("sites are served", () -> isActive(api.find(DEFINITIONS + "site")));
        define(api, "Shop", SHOP);
        server.eventually("shops are served", () -> isActive(api.find(DEFINITIONS + "shop")));
        var shop =
                """
                {"apiVersion": "sites.test/v1alpha1", "kind": "Shop", "metadata": {"name": "toys"}, "spec": {"image": "nginx:none"}}
                """;
        api.json(Call.with("POST", NAMESPACE + "shops", Json.readObject(shop)));
        server.eventually(
                "the way ends at the container",
                () -> whyNot(server).contains("container main: ImagePullBackOff"));
        assertThat(whyNot(server))
                .containsSubsequence(
                        "Shop default/toys  IN_PROGRESS since ",
                        "node site is WAITING_FOR_READINESS since ",
                        "<- Site default/toys  IN_PROGRESS since ",
                        "<- Deployment default/toys-web  Available=False since ",
                        "<- ReplicaSet default/toys-web-",
                        "<- Pod default/toys-web-",
                        "ImagePullBackOff since ",
                        "container main: ImagePullBackOff: Back-off pulling image \"nginx:none\"");

        var mended = Json.readObject("{\"spec\": {\"image\": \"nginx:fine\"}}");
        api.json(
                Call.with("PATCH", NAMESPACE + "shops/toys", mended)
                        .header("Content-Type", "application/merge-patch+json"));
        server.eventually("it heals", () -> isActive(api.find(NAMESPACE + "shops/toys")));
        assertThat(server.cli("why", "shop", "toys", "--not-ready").code()).isZero();
    }

    private static String whyNot(Server server) {
        return server.cli("why", "shop", "toys", "--not-ready").out();
    }

    private static void define(HttpApiClient api, String kind, String resource) {
        var name = kind.toLowerCase(Locale.ROOT);
        var definition =
                """
                {"apiVersion": "kro.run/v1alpha1", "kind": "ResourceGraphDefinition", "metadata": {"name": "%s"}, "spec": {
                 "schema": {"apiVersion": "v1alpha1", "group": "sites.test", "kind": "%s", "spec": {"image": "string"}},
                 "resources": [%s]}}
                """
                        .formatted(name, kind, resource);
        api.json(Call.with("POST", DEFINITIONS, Json.readObject(definition)));
    }

    private static boolean isActive(Optional<Resource> one) {
        return one.map(found -> String.valueOf(found.status().get("state")))
                .filter("active"::equalsIgnoreCase)
                .isPresent();
    }

    @Test
    void makesNoClusterWhereThingsAreServed() {
        try (var server = Server.start(folder.resolve("data"));
                var api = server.client()) {
            api.json(Call.with("POST", DEPLOYMENTS, Json.readObject(WEB)));

            assertThat(Json.list(api.json(Call.get(CLUSTERS)), "items")).isEmpty();
            assertThat(api.get(DEPLOYMENTS + "/web").status()).isEmpty();
        }
    }

    private static boolean isRolledOut(Resource deployment) {
        var status = deployment.status();
        return Long.valueOf(deployment.generation()).equals(status.get("observedGeneration"))
                && Long.valueOf(2).equals(status.get("updatedReplicas"))
                && Long.valueOf(2).equals(status.get("availableReplicas"));
    }
}
