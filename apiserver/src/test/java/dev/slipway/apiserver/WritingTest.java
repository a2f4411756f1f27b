package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is written, and what is answered, as clients see it.
class WritingTest {
    private static final String MAP = "/api/v1/namespaces/default/configmaps/a";
    private static final String CRDS = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static final String CRD =
            """
            {"metadata":{"name":"boats.sea.example"},"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
             "spec":{"group":"sea.example","scope":"Namespaced","names":{"plural":"boats","kind":"Boat"},"versions":[
              {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{
               "spec":{"type":"object","x-kubernetes-preserve-unknown-fields":true%s}}}}}]}}
            """;

    private World world;
    private InProcessApiClient client;

    /// @param status of the answer
    private record Answer(int status, Map<String, Object> body, String warning) {
        String message() {
            return Json.string(body, "message");
        }
    }

    @BeforeEach
    void start() {
        world = World.of();
        client = TestApi.over(world).client();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Answer send(String method, String path, String type, String body) {
        var call =
                new Call(
                        method,
                        path,
                        Map.of("Content-Type", type),
                        body.getBytes(StandardCharsets.UTF_8));
        try (var reply = client.send(call)) {
            return new Answer(
                    reply.status(),
                    Json.readObject(reply.body().readAllBytes()),
                    reply.headers().getOrDefault("warning", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer jsonPatch(String query, String body) {
        return send("PATCH", MAP + query, "application/json-patch+json", body);
    }

    private Answer merge(String path, String body) {
        return send("PATCH", path, "application/merge-patch+json", body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [1]                                    | json: cannot unmarshal number into Go value of type handlers.jsonPatchOp
                    [{"op":1,"path":"/data/k"}]            | json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string
                    [{"op":"add","path":{},"value":"x"}]   | json: cannot unmarshal object into Go struct field jsonPatchOp.path of type string
                    """)
    void saysWhatIsNoOperationOfAPatch(String patch, String why) {
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        var answer = jsonPatch("", patch);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("error decoding patch: " + why);
    }

    @Test
    void warnsOfWhatAPatchDoesNotKnow() {
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        var patch = "[{\"op\":\"add\",\"path\":\"/data\",\"value\":{},\"because\":\"x\"}]";
        assertThat(jsonPatch("", patch).warning())
                .contains("json patch unknown field \\\"[0].because\\\"");
        assertThat(jsonPatch("?fieldValidation=Ignore", patch).warning()).isEmpty();
        assertThat(jsonPatch("?fieldValidation=Strict", patch).status()).isEqualTo(400);
        assertThat(jsonPatch("", "null").status()).isEqualTo(200);
    }

    /// Whoever waits for a condition reads a list; in the answer to its creation clients know null.
    @Test
    void neverShowsADefinitionWithoutAListOfConditions() {
        var made = send("POST", CRDS, "application/json", CRD.formatted(""));
        assertThat(made.status()).isEqualTo(201);
        assertThat(Json.object(made.body(), "status")).containsEntry("conditions", null);

        var stored = world.store().history(KindsView.CRDS.resource("", "boats.sea.example"), 10);
        assertThat(stored)
                .extracting(one -> one.object().resource().status().get("conditions"))
                .allMatch(List.class::isInstance);
    }

    @Test
    void warnsOfRulesThatWereBrokenBefore() {
        send("POST", CRDS, "application/json", CRD.formatted(""));
        world.eventually(
                "the kind is served",
                () ->
                        world.resources().kinds().all().stream()
                                .anyMatch(kind -> kind.group().equals("sea.example")));
        var boats = "/apis/sea.example/v1/namespaces/default/boats";
        var boat =
                "{\"apiVersion\":\"sea.example/v1\",\"kind\":\"Boat\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"m\":{\"a\":\"b\"}}}";
        assertThat(send("POST", boats, "application/json", boat).status()).isEqualTo(201);
        var stricter =
                ",\"properties\":{\"m\":{\"type\":\"object\",\"maxProperties\":9,\"additionalProperties\":{\"type\":\"string\"},\"x-kubernetes-validations\":[{\"rule\":\"self.size()>3\",\"message\":\"few\"}]}}";
        assertThat(merge(CRDS + "/boats.sea.example", CRD.formatted(stricter)).status())
                .isEqualTo(200);

        var answer = merge(boats + "/a", "{\"spec\":{\"n\":1}}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.warning()).contains("spec.m: Invalid value: few");
        assertThat(merge(boats + "/a", "{\"spec\":{\"m\":{\"a\":\"c\"}}}").status()).isEqualTo(422);
    }
}
