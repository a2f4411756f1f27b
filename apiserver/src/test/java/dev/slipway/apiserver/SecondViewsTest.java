package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The same objects through two doors: events and autoscalers in the versions that name their fields differently.
class SecondViewsTest {
    private static final String OLD = "/api/v1/namespaces/default/events";
    private static final String NEW = "/apis/events.k8s.io/v1/namespaces/default/events";
    private static final String V1 =
            "/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers";
    private static final String V2 =
            "/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers";

    private World world;
    private InProcessApiClient client;

    @BeforeEach
    void start() {
        world = World.of();
        client = TestApi.over(world).client();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Map<String, Object> send(String method, String path, String body) {
        var call = Call.with(method, path, Json.readObject(body));
        return client.json(
                method.equals("PATCH")
                        ? call.header("Content-Type", "application/merge-patch+json")
                        : call);
    }

    private void event() {
        send(
                "POST",
                NEW,
                """
                {"apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": {"name": "e"},
                 "eventTime": "2026-01-02T03:04:05.000006Z", "reportingController": "example.com/c",
                 "reportingInstance": "c-1", "action": "Tested", "reason": "Test", "type": "Normal",
                 "regarding": {"kind": "ConfigMap", "namespace": "default", "name": "m"},
                 "note": "it was tested"}
                """);
    }

    @Test
    void showsAnEventOfOneGroupInTheOther() {
        event();

        var old = client.json(Call.get(OLD + "/e"));

        assertThat(old)
                .containsEntry("apiVersion", "v1")
                .containsEntry("message", "it was tested")
                .containsEntry("reportingComponent", "example.com/c")
                .doesNotContainKeys("note", "regarding");
        assertThat(Json.at(old, "involvedObject", "name")).isEqualTo("m");
        assertThat(client.json(Call.get(NEW + "/e")))
                .containsEntry("apiVersion", "events.k8s.io/v1")
                .containsEntry("note", "it was tested")
                .doesNotContainKeys("message", "involvedObject", "firstTimestamp");
    }

    @Test
    void patchesAnEventUnderTheNamesOfItsView() {
        event();

        send(
                "PATCH",
                NEW + "/e",
                """
                {"series": {"count": 2, "lastObservedTime": "2026-01-02T03:05:05.000000Z"},
                 "metadata": {"labels": {"seen": "again"}}}
                """);

        var old = client.json(Call.get(OLD + "/e"));
        assertThat(Json.at(old, "metadata", "labels", "seen")).isEqualTo("again");
        assertThat(Json.at(old, "series", "count")).isEqualTo(2L);
    }

    private String refusal(Call call) throws IOException {
        try (var reply = client.send(call)) {
            assertThat(reply.status()).isEqualTo(422);
            return Json.text(Json.at(Json.readObject(reply.body().readAllBytes()), "details"));
        }
    }

    private static final String HALF =
            """
            {"apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": {"name": "half"},
             "deprecatedCount": 3, "type": "Odd", "series": {"count": 1},
             "regarding": {"kind": "ConfigMap", "namespace": "default", "name": "m"}}
            """;

    @Test
    void refusesANewEventThatTellsTooLittle() throws IOException {
        assertThat(refusal(Call.with("POST", NEW, Json.readObject(HALF))))
                .contains("eventTime", "has invalid value: Odd", "\"count\"")
                .contains("series.count", "series.lastObservedTime");
        assertThat(
                        refusal(
                                Call.with(
                                        "POST",
                                        NEW,
                                        Json.readObject(
                                                """
                                                {"metadata": {"name": "half"}, "type": "Normal",
                                                 "eventTime": "2026-01-02T03:04:05.000006Z", "reportingController": "/"}
                                                """))))
                .contains("reportingComponent", "reportingInstance", "action", "reason");
    }

    @Test
    void refusesAnAppliedEventAsOneThatIsCreated() throws IOException {
        var apply =
                Call.with("PATCH", NEW + "/half?fieldManager=m", Json.readObject(HALF))
                        .header("Content-Type", "application/apply-patch+yaml");

        assertThat(refusal(apply)).contains("eventTime", "series.count");
    }

    @Test
    void changesNothingOfANewEventButItsSeries() throws IOException {
        event();

        var patch =
                Call.with("PATCH", NEW + "/e", Json.readObject("{\"note\": \"other\"}"))
                        .header("Content-Type", "application/merge-patch+json");

        assertThat(refusal(patch)).contains("message", "field is immutable");
    }

    @Test
    void acceptsAnOldEventThatSaysLittle() {
        send(
                "POST",
                OLD,
                """
                {"apiVersion": "v1", "kind": "Event", "metadata": {"name": "old"},
                 "involvedObject": {"namespace": "default"}, "count": 3, "type": "Odd"}
                """);

        assertThat(client.json(Call.get(OLD + "/old"))).containsEntry("type", "Odd");
    }

    @Test
    void listsAndSelectsEventsByTheFieldsOfTheView() {
        event();

        assertThat(
                        Json.list(
                                client.json(Call.get(NEW + "?fieldSelector=regarding.name%3Dm")),
                                "items"))
                .singleElement()
                .satisfies(one -> assertThat(Json.at(one, "note")).isEqualTo("it was tested"));
        assertThat(
                        Json.list(
                                client.json(Call.get(NEW + "?fieldSelector=regarding.name%3Dx")),
                                "items"))
                .isEmpty();
        assertThat(Json.list(client.json(Call.get(OLD)), "items")).hasSize(1);
    }

    @Test
    void printsTheSameTableThroughBothDoors() {
        event();
        var table = "application/json;as=Table;v=v1;g=meta.k8s.io";

        var one = client.json(Call.get(NEW).header("Accept", table));
        var other = client.json(Call.get(OLD).header("Accept", table));

        assertThat(cells(one)).isEqualTo(cells(other)).contains("configmap/m", "it was tested");
    }

    private static List<Object> cells(Map<String, Object> table) {
        var row = Json.cast((Map<?, ?>) Json.list(table, "rows").getFirst());
        return Json.list(row, "cells");
    }

    @Test
    void tellsOfBothGroupsAndDescribesThem() {
        assertThat(client.json(Call.get("/apis/events.k8s.io/v1")).toString())
                .contains("kind=Event");
        assertThat(client.json(Call.get("/openapi/v3/apis/events.k8s.io/v1")).toString())
                .contains("regarding", "/apis/events.k8s.io/v1/namespaces/{namespace}/events");
        assertThat(
                        Json.at(
                                client.json(Call.get("/apis/autoscaling")),
                                "preferredVersion",
                                "version"))
                .isEqualTo("v2");
    }

    @Test
    void keepsTheShareOfProcessorsInAFieldOfItsOwn() {
        send(
                "POST",
                V1,
                """
                {"apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler",
                 "metadata": {"name": "web"},
                 "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
                          "maxReplicas": 5, "targetCPUUtilizationPercentage": 70}}
                """);

        var stored = client.json(Call.get(V2 + "/web"));

        assertThat(Json.text(Json.at(stored, "spec", "metrics")))
                .isEqualTo(
                        "[{\"type\":\"Resource\",\"resource\":{\"name\":\"cpu\",\"target\":{\"type\":\"Utilization\",\"averageUtilization\":70}}}]");
        var shown = client.json(Call.get(V1 + "/web"));
        assertThat(Json.object(shown, "spec"))
                .containsEntry("targetCPUUtilizationPercentage", 70L)
                .doesNotContainKey("metrics");
    }

    @Test
    void losesNothingThatAViewCannotShow() {
        send(
                "POST",
                V2,
                """
                {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler",
                 "metadata": {"name": "web"},
                 "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
                          "maxReplicas": 5,
                          "metrics": [{"type": "Resource", "resource": {"name": "memory",
                              "target": {"type": "AverageValue", "averageValue": "1Gi"}}}]}}
                """);

        send("PATCH", V1 + "/web", "{\"spec\": {\"maxReplicas\": 7}}");

        var stored = client.json(Call.get(V2 + "/web"));
        assertThat(Json.at(stored, "spec", "maxReplicas")).isEqualTo(7L);
        assertThat(Json.text(Json.at(stored, "spec", "metrics"))).contains("memory", "1Gi");
        assertThat(Json.at(stored, "metadata", "annotations")).isNull();
    }

    @Test
    void judgesWhatIsWrittenThroughAView() {
        try (var reply =
                client.send(
                        Call.with(
                                "POST",
                                V1,
                                Json.readObject(
                                        "{\"metadata\": {\"name\": \"web\"}, \"spec\": {\"maxReplicas\": 0}}")))) {
            assertThat(reply.status()).isEqualTo(422);
        }
    }

    @Test
    void tellsWhereANamespaceIsReleased() {
        assertThat(client.json(Call.get("/api/v1")).toString())
                .contains(
                        "name=namespaces/finalize, singularName=, namespaced=false, kind=Namespace, verbs=[update]");
    }

    @Test
    void hashesNoFormOfWhatIsNeverStored() {
        assertThat(client.json(Call.get("/apis/authorization.k8s.io/v1")).toString())
                .contains("SubjectAccessReview")
                .doesNotContain("storageVersionHash");
    }
}
