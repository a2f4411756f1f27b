package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the server tells clients of its kinds: discovery, and OpenAPI for those who know version 2 only.
class DescriptionsTest {
    private static final String BINARY =
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

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

    private void showKind() {
        world.apply(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: shows.example.com}
                spec:
                  group: example.com
                  scope: Namespaced
                  names: {plural: shows, singular: show, kind: Show, listKind: ShowList}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema:
                      openAPIV3Schema:
                        type: object
                        properties:
                          spec:
                            type: object
                            required: [title]
                            properties:
                              title: {type: string, maxLength: 20, default: none, enum: [none, some]}
                              price: {type: number, minimum: 0.5}
                              seats: {x-kubernetes-int-or-string: true, anyOf: [{type: integer}, {type: string}]}
                              note: {type: string, nullable: true}
                              free: {type: object, x-kubernetes-preserve-unknown-fields: true, properties: {a: {type: string}}}
                              tags: {type: array, items: {type: string}}
                              words: {type: object, additionalProperties: {type: string}}
                """);
        world.settle();
    }

    private byte[] bytes(Call call, String contentType) {
        try (var reply = client.send(call)) {
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers()).containsEntry("content-type", contentType);
            return reply.body().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void listsWhatIsPostedAndNeverStored() {
        var resources = Json.list(client.json(Call.get("/apis/slipway.dev/v1alpha1")), "resources");

        assertThat(resources)
                .anySatisfy(one -> {
                    assertThat(Json.at(one, "name")).isEqualTo("rollbacks");
                    assertThat(Json.at(one, "kind")).isEqualTo("Rollback");
                    assertThat(Json.at(one, "namespaced")).isEqualTo(false);
                    assertThat(Json.at(one, "verbs")).isEqualTo(List.of("create"));
                });
        var groups =
                client.json(
                        Call.get("/apis")
                                .header(
                                        "Accept",
                                        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"));
        assertThat(Json.text(groups)).contains("\"resource\":\"rollbacks\"");
    }

    @Test
    void describesRollbacksAndReadsOfThePast() {
        var own = client.json(Call.get("/openapi/v3/apis/slipway.dev/v1alpha1"));

        assertThat(Json.at(own, "paths", "/apis/slipway.dev/v1alpha1/rollbacks", "post"))
                .isNotNull();
        assertThat(
                        Json.at(
                                own,
                                "components",
                                "schemas",
                                "dev.slipway.v1alpha1.Rollback",
                                "properties",
                                "spec",
                                "properties",
                                "withChildren",
                                "type"))
                .isEqualTo("boolean");
        var core = Json.object(client.json(Call.get("/openapi/v3/api/v1")), "paths");
        assertThat(core)
                .containsKeys(
                        "/api/v1/namespaces/{namespace}/secrets/{name}/revisions",
                        "/api/v1/namespaces/{namespace}/secrets/{name}/why",
                        "/api/v1/namespaces/{name}/relations");
        assertThat(Json.text(core.get("/api/v1/namespaces/{namespace}/secrets")))
                .contains("\"asOf\"", "\"diffFrom\"");
    }

    @Test
    void describesAllKindsInOneDocument() {
        showKind();

        var document = Json.readObject(bytes(Call.get("/openapi/v2"), "application/json"));

        assertThat(document).containsEntry("swagger", "2.0");
        assertThat(Json.object(document, "paths"))
                .containsKeys(
                        "/api/v1/namespaces/{namespace}/configmaps",
                        "/apis/apps/v1/namespaces/{namespace}/deployments/{name}",
                        "/apis/example.com/v1/shows",
                        "/apis/slipway.dev/v1alpha1/rollbacks");
        var definitions = Json.object(document, "definitions");
        assertThat(references(document)).isNotEmpty().allMatch(definitions::containsKey);
        assertThat(Json.at(definitions, "com.example.v1.Show", "x-kubernetes-group-version-kind"))
                .isEqualTo(
                        List.of(Map.of("group", "example.com", "kind", "Show", "version", "v1")));
        var patch =
                Json.at(
                        document,
                        "paths",
                        "/api/v1/namespaces/{namespace}/configmaps/{name}",
                        "patch");
        assertThat(Json.at(patch, "consumes").toString()).contains("strategic-merge-patch+json");
        assertThat(Json.at(patch, "operationId")).isEqualTo("patchCoreV1NamespacedConfigMap");
        assertThat(Json.at(patch, "tags")).isEqualTo(List.of("core_v1"));
        assertThat(names(document))
                .doesNotHaveDuplicates()
                .contains(
                        "listCoreV1ConfigMapForAllNamespaces",
                        "deleteRbacAuthorizationV1CollectionNamespacedRole",
                        "replaceAppsV1NamespacedDeploymentScale",
                        "createExampleComV1NamespacedShow");
        assertThat(Json.text(Json.at(patch, "parameters")))
                .contains("\"in\":\"body\"", "{\"name\":\"fieldValidation\",\"in\":\"query\"");
    }

    @Test
    void tellsWhatSubresourcesTake() {
        var document = client.json(Call.get("/openapi/v3/api/v1"));
        var paths = Json.object(document, "paths");
        var pod = "/api/v1/namespaces/{namespace}/pods/{name}";

        assertThat(body(paths, pod + "/eviction", "post")).endsWith("policy.v1.Eviction");
        assertThat(Json.text(paths.get(pod + "/eviction"))).contains("\"kind\":\"Eviction\"");
        assertThat(body(paths, pod, "delete")).endsWith("meta.v1.DeleteOptions");
        assertThat(
                        body(
                                paths,
                                "/api/v1/namespaces/{namespace}/serviceaccounts/{name}/token",
                                "post"))
                .endsWith("authentication.v1.TokenRequest");
        assertThat(
                        body(
                                paths,
                                "/api/v1/namespaces/{namespace}/replicationcontrollers/{name}/scale",
                                "put"))
                .endsWith("autoscaling.v1.Scale");
        assertThat(Json.object(Json.object(document, "components"), "schemas"))
                .containsKeys(
                        "io.k8s.api.policy.v1.Eviction",
                        "io.k8s.api.authentication.v1.TokenRequestSpec",
                        "io.k8s.api.autoscaling.v1.ScaleStatus");
    }

    private static String body(Map<String, Object> paths, String path, String method) {
        var content =
                Json.at(
                        paths,
                        path,
                        method,
                        "requestBody",
                        "content",
                        "application/json",
                        "schema");
        return String.valueOf(Json.at(content, "$ref"));
    }

    @Test
    void refersFromOtherKindsToCommonMetadataOnly() {
        showKind();

        var schemas =
                Json.at(
                        client.json(Call.get("/openapi/v3/apis/example.com/v1")),
                        "components",
                        "schemas");

        assertThat(Json.text(Json.at(schemas, "com.example.v1.Show", "properties", "metadata")))
                .contains(
                        "\"#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta\"");
        assertThat(
                        Json.at(
                                schemas,
                                "com.example.v1.Show",
                                "properties",
                                "spec",
                                "properties",
                                "title",
                                "type"))
                .isEqualTo("string");
    }

    /// What generated clients call the operations.
    private static List<Object> names(Map<String, Object> document) {
        return Json.object(document, "paths").values().stream()
                .flatMap(path -> Json.cast((Map<?, ?>) path).values().stream())
                .map(operation -> Json.at(operation, "operationId"))
                .filter(Objects::nonNull)
                .toList();
    }

    @Test
    void saysNothingThatOldClientsTakeTooStrictly() {
        showKind();

        var document = client.json(Call.get("/openapi/v2"));
        var spec =
                Json.at(
                        document,
                        "definitions",
                        "com.example.v1.Show",
                        "properties",
                        "spec",
                        "properties");

        assertThat(Json.at(spec, "title", "default")).isNull();
        assertThat(Json.at(spec, "title", "enum")).isEqualTo(List.of("none", "some"));
        assertThat(Json.at(spec, "tags", "items", "type")).isEqualTo("string");
        assertThat(Json.at(spec, "note")).isEqualTo(Map.of());
        assertThat(Json.at(spec, "seats")).isEqualTo(Map.of("x-kubernetes-int-or-string", true));
        assertThat(Json.at(spec, "free"))
                .isEqualTo(Map.of("x-kubernetes-preserve-unknown-fields", true));
    }

    @Test
    void writesTheSameDocumentInBinary() {
        showKind();
        var document = client.json(Call.get("/openapi/v2"));

        var message =
                fields(
                        bytes(
                                Call.get("/openapi/v2").header("Accept", BINARY),
                                BINARY.replace('@', '.')));

        assertThat(text(message, 1)).isEqualTo("2.0");
        assertThat(text(fields(message.get(2).getFirst()), 1)).isEqualTo("Slipway");
        assertThat(pairs(message, 8, 2).keySet())
                .isEqualTo(Json.object(document, "paths").keySet());
        var definitions = pairs(message, 9, 1);
        assertThat(definitions.keySet()).isEqualTo(Json.object(document, "definitions").keySet());
        var show = fields(definitions.get("com.example.v1.Show"));
        assertThat(text(fields(show.get(22).getFirst()), 1)).isEqualTo("object");
        var spec = fields(pairs(show, 25, 1).get("spec"));
        assertThat(text(spec, 19)).isEqualTo("title");
        var properties = pairs(spec, 25, 1);
        var title = fields(properties.get("title"));
        assertThat(title.get(20)).hasSize(2);
        assertThat(title.get(11).getFirst()).isEqualTo(new byte[] {20});
        var items = fields(fields(properties.get("tags")).get(23).getFirst());
        assertThat(text(fields(fields(items.get(1).getFirst()).get(22).getFirst()), 1))
                .isEqualTo("string");
        var kinds = fields(show.get(31).getFirst());
        assertThat(text(kinds, 1)).isEqualTo("x-kubernetes-group-version-kind");
        assertThat(text(fields(kinds.get(2).getFirst()), 2)).contains("\"kind\":\"Show\"");
        var patch =
                fields(
                        fields(
                                        pairs(message, 8, 2)
                                                .get(
                                                        "/apis/example.com/v1/namespaces/{namespace}/shows/{name}"))
                                .get(8)
                                .getFirst());
        assertThat(patch.get(7)).hasSize(3);
        assertThat(patch.get(13)).hasSize(2);
    }

    @Test
    void answersOnceWhoKeepsWhatTheyGot() throws IOException {
        var json = Call.get("/openapi/v2");
        var binary = json.header("Accept", BINARY);
        var known = json.header("If-None-Match", tag(json));
        var knownBinary = binary.header("If-None-Match", tag(binary));

        assertThat(List.of(status(known), status(knownBinary))).containsOnly(304);
        showKind();
        assertThat(List.of(status(known), status(knownBinary))).containsOnly(200);
    }

    private String tag(Call call) {
        try (var reply = client.send(call)) {
            return reply.headers().get("etag");
        }
    }

    private int status(Call call) {
        try (var reply = client.send(call)) {
            return reply.status();
        }
    }

    private static List<String> references(Object tree) {
        var found = new ArrayList<String>();
        switch (tree) {
            case Map<?, ?> map ->
                    map.forEach((key, value) -> {
                        if (key.equals("$ref") && value instanceof String text) {
                            found.add(text.replace("#/definitions/", ""));
                        } else {
                            found.addAll(references(value));
                        }
                    });
            case List<?> list -> list.forEach(item -> found.addAll(references(item)));
            default -> {}
        }
        return found;
    }

    /// The pairs of a map that lies in a field of a message.
    private static Map<String, byte[]> pairs(
            Map<Integer, List<byte[]>> message, int field, int inner) {
        var pairs = new HashMap<String, byte[]>();
        for (var one : fields(message.get(field).getFirst()).get(inner)) {
            var pair = fields(one);
            pairs.put(text(pair, 1), pair.get(2).getFirst());
        }
        return pairs;
    }

    private static String text(Map<Integer, List<byte[]>> message, int field) {
        return new String(message.get(field).getFirst(), StandardCharsets.UTF_8);
    }

    /// Every field of a protobuf message by its number; numbers as the bytes they are written with.
    private static Map<Integer, List<byte[]>> fields(byte[] message) {
        var fields = new HashMap<Integer, List<byte[]>>();
        for (int at = 0; at < message.length; ) {
            var tag = varint(message, at);
            at += length(tag);
            var size =
                    switch ((int) tag & 7) {
                        case 0 -> length(varint(message, at));
                        case 1 -> 8;
                        case 2 -> (int) varint(message, at);
                        default -> throw new IllegalArgumentException("wire type of " + tag);
                    };
            at += (tag & 7) == 2 ? length(size) : 0;
            fields.computeIfAbsent((int) (tag >>> 3), _ -> new ArrayList<>())
                    .add(java.util.Arrays.copyOfRange(message, at, at + size));
            at += size;
        }
        return fields;
    }

    private static long varint(byte[] message, int at) {
        long value = 0;
        for (int i = 0; ; i++) {
            value |= (long) (message[at + i] & 0x7f) << (7 * i);
            if (message[at + i] >= 0) {
                return value;
            }
        }
    }

    private static int length(long varint) {
        return Math.max(1, (70 - Long.numberOfLeadingZeros(varint)) / 7);
    }
}
