package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.ApiClient.Reply;
import dev.slipway.kernel.model.Json;
import dev.slipway.testkit.TestClock;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvictionsTest {
    private static final String PODS = "/api/v1/namespaces/default/pods/";
    private static final String BUDGET =
            "/apis/policy/v1/namespaces/default/poddisruptionbudgets/web/status";

    private final TestClock clock = new TestClock();
    private World world;
    private ApiClient client;

    @BeforeEach
    void start() {
        world = World.at(clock);
        client = TestApi.over(world, clock).client();
        pod("web-1", "True");
        pod("web-2", "True");
        pod("web-3", "False");
        world.apply(
                "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web}, spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}}");
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void waitsForTheBudgetToBeWorkedOut() {
        var answer = evict("web-1", "");

        assertThat(answer.status()).isEqualTo(429);
        var problem = tree(answer);
        assertThat(problem.toString())
                .contains("Cannot evict pod as it would violate the pod's disruption budget.")
                .contains("The disruption budget web is still being processed by the server.");
        assertThat(Json.at(problem, "details", "retryAfterSeconds")).isEqualTo(10L);
    }

    @Test
    void spendsTheBudgetAndThenRefuses() {
        allow(1);
        assertThat(evict("web-1", "?dryRun=All").status()).isEqualTo(201);
        assertThat(there("web-1")).isTrue();

        assertThat(evict("web-1", "").status()).isEqualTo(201);
        assertThat(there("web-1")).isFalse();
        var status = world.find("policy/v1", "PodDisruptionBudget", "default", "web").orElseThrow();
        assertThat(status.status())
                .containsEntry("disruptionsAllowed", 0L)
                .containsEntry("disruptedPods", Map.of("web-1", clock.instant().toString()));

        var refused = evict("web-2", "");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(tree(refused).toString())
                .contains("The disruption budget web needs 1 healthy pods and has 2 currently");
        assertThat(there("web-2")).isTrue();
    }

    @Test
    void letsGoWhoIsNotReadyWhereEnoughAre() {
        allow(0);
        assertThat(evict("web-3", "").status()).isEqualTo(201);
        assertThat(there("web-3")).isFalse();
    }

    @Test
    void evictsOnlyThePodThatTheBodyNames() {
        assertThat(evict("web-1", "web-2", "").status()).isEqualTo(400);
        assertThat(evict("nobody", "").status()).isEqualTo(404);
        assertThat(there("web-1")).isTrue();
    }

    private void pod(String name, String ready) {
        world.apply(
                "{apiVersion: v1, kind: Pod, metadata: {name: %s, labels: {app: web}}, spec: {containers: [{name: main, image: x}]}}"
                        .formatted(name));
        patch(
                PODS + name + "/status",
                "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"%s\"}]}}"
                        .formatted(ready));
    }

    private void allow(int disruptions) {
        patch(
                BUDGET,
                "{\"status\":{\"observedGeneration\":1,\"currentHealthy\":2,\"desiredHealthy\":1,\"expectedPods\":3,\"disruptionsAllowed\":%d}}"
                        .formatted(disruptions));
    }

    private void patch(String path, String body) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var answer =
                client.send(
                        new Call(
                                "PATCH",
                                path,
                                Map.of("Content-Type", "application/merge-patch+json"),
                                bytes));
        assertThat(answer.status()).isEqualTo(200);
    }

    private Reply evict(String pod, String query) {
        return evict(pod, pod, query);
    }

    private Reply evict(String pod, String named, String query) {
        var body =
                "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\"}}"
                        .formatted(named);
        return client.send(
                new Call(
                        "POST",
                        PODS + pod + "/eviction" + query,
                        Map.of("Content-Type", "application/json"),
                        body.getBytes(StandardCharsets.UTF_8)));
    }

    private boolean there(String pod) {
        return world.find("v1", "Pod", "default", pod).isPresent();
    }

    private static Map<String, Object> tree(Reply answer) {
        try (answer) {
            return Json.readObject(answer.body().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
