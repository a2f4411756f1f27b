package dev.slipway.app;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import java.util.Map;

/// The cluster that `up` makes where there is none: `local`, whose statuses are played.
final class DefaultCluster {
    private static final String CLUSTERS = "/apis/slipway.dev/v1alpha1/clusters";
    private static final Map<String, Object> LOCAL =
            Map.of(
                    "apiVersion",
                    "slipway.dev/v1alpha1",
                    "kind",
                    "Cluster",
                    "metadata",
                    Map.of("name", "local"),
                    "spec",
                    Map.of("type", "Simulated"));

    private DefaultCluster() {}

    /// Makes it; somebody who was first has decided otherwise.
    static void make(ApiClient api) {
        var list = api.json(Call.get(CLUSTERS + "?limit=1"));
        if (!Json.list(list, "items").isEmpty()) {
            return;
        }
        try {
            api.json(Call.with("POST", CLUSTERS, LOCAL));
        } catch (ProblemException e) {
            if (e.problem().reason() != Reason.ALREADY_EXISTS) {
                throw e;
            }
        }
    }
}
