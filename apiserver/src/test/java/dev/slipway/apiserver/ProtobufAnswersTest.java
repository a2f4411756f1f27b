package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apiserver.protobuf.Protobuf;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.testkit.World;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What clients get that take protocol buffers and nothing else.
class ProtobufAnswersTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String PARTIAL =
            Protobuf.MEDIA_TYPE + ";as=PartialObjectMetadata;v=v1;g=meta.k8s.io";

    private World world;
    private InProcessApiClient client;

    @BeforeEach
    void start() {
        world = World.of();
        client = TestApi.over(world).client();
        world.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: one, namespace: default}
                data: {key: "1"}
                """);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private record Answer(int status, String type, byte[] body) {}

    private Answer send(Call call, String accept) throws IOException {
        try (var reply = client.send(call.header("Accept", accept))) {
            return new Answer(
                    reply.status(),
                    reply.headers().getOrDefault("content-type", ""),
                    reply.body().readAllBytes());
        }
    }

    private Answer send(Call call) throws IOException {
        return send(call, Protobuf.MEDIA_TYPE);
    }

    @Test
    void givesAnObject() throws IOException {
        var answer = send(Call.get(MAPS + "/one"));

        assertThat(answer.type()).isEqualTo(Protobuf.MEDIA_TYPE);
        assertThat(Protobuf.read(answer.body())).isEqualTo(client.json(Call.get(MAPS + "/one")));
    }

    @Test
    void givesWhatWasCreated() throws IOException {
        var created =
                send(
                        Call.with(
                                "POST",
                                MAPS,
                                Map.of(
                                        "apiVersion", "v1",
                                        "kind", "ConfigMap",
                                        "metadata", Map.of("name", "two"))));

        assertThat(created.status()).isEqualTo(201);
        assertThat(Json.at(Protobuf.read(created.body()), "metadata", "name")).isEqualTo("two");
    }

    @Test
    void givesAList() throws IOException {
        var list = send(Call.get(MAPS));

        assertThat(list.status()).isEqualTo(200);
        assertThat(new String(list.body(), StandardCharsets.ISO_8859_1))
                .startsWith("k8s\0")
                .contains("ConfigMapList", "one");
    }

    @Test
    void tellsProblemsAsMessages() throws IOException {
        var answer = send(Call.get(MAPS + "/none"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.type()).isEqualTo(Protobuf.MEDIA_TYPE);
        assertThat(new String(answer.body(), StandardCharsets.ISO_8859_1))
                .contains("Status", "configmaps \"none\" not found");
    }

    @Test
    void watchesInMessagesAfterTheirLengths() throws IOException {
        try (var reply =
                client.send(
                        Call.get(MAPS + "?watch=true&fieldSelector=metadata.name%3Done")
                                .header("Accept", Protobuf.MEDIA_TYPE))) {
            assertThat(reply.headers())
                    .containsEntry("content-type", Protobuf.MEDIA_TYPE + ";stream=watch");
            var in = new DataInputStream(reply.body());
            var event = new byte[in.readInt()];
            in.readFully(event);

            assertThat(new String(event, 2, 5, StandardCharsets.US_ASCII)).isEqualTo("ADDED");
            assertThat(new String(event, StandardCharsets.ISO_8859_1)).contains("k8s\0", "one");
        }
    }

    @Test
    void refusesKindsOfOthersButForTheirMetadata() throws IOException {
        world.apply(
                """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: shops.example.com}
                spec:
                  group: example.com
                  scope: Namespaced
                  names: {plural: shops, singular: shop, kind: Shop, listKind: ShopList}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object}}
                """);
        world.settle();
        world.apply(
                """
                apiVersion: example.com/v1
                kind: Shop
                metadata: {name: corner, namespace: default}
                """);
        var shops = "/apis/example.com/v1/namespaces/default/shops";

        assertThat(send(Call.get(shops + "/corner")).status()).isEqualTo(406);
        assertThat(send(Call.get(shops + "?watch=true")).status()).isEqualTo(406);
        var partial = send(Call.get(shops + "/corner"), PARTIAL);
        assertThat(partial.status()).isEqualTo(200);
        assertThat(new String(partial.body(), StandardCharsets.ISO_8859_1))
                .contains("PartialObjectMetadata", "corner");
        assertThat(send(Call.get(shops), PARTIAL + "," + PARTIAL).status()).isEqualTo(200);
    }

    @Test
    void hasNoTablesInMessages() throws IOException {
        var table = Protobuf.MEDIA_TYPE + ";as=Table;v=v1;g=meta.k8s.io";

        assertThat(send(Call.get(MAPS), table).status()).isEqualTo(406);
        assertThat(send(Call.get(MAPS), table + ",application/json").type())
                .isEqualTo("application/json");
    }
}
