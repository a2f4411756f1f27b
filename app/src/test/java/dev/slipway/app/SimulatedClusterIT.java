package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.nio.file.Path;
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
        }
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
