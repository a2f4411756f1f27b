package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Lists of so many bytes that they may not be held as trees.
class LongListsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    /// Together more than is made as a whole in any form but protocol buffers.
    private static final int COUNT = 18;

    private static World world;
    private static InProcessApiClient client;

    @BeforeAll
    static void start() {
        world = World.of();
        client = TestApi.over(world).client();
        for (int i = 0; i < COUNT; i++) {
            world.apply(
                    """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: m%d, namespace: default}
                    data: {key: %s}
                    """
                            .formatted(i, "x".repeat(1_000_000)));
        }
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void areSentAsTheyAreStoredEvenToPeople() throws IOException {
        try (var reply = client.send(Call.get(MAPS + "?pretty=true"))) {
            var body = reply.body().readAllBytes();
            assertThat(new String(body, 0, 100, StandardCharsets.UTF_8)).doesNotContain("\n");
            assertThat(Json.list(Json.readObject(body), "items")).hasSize(COUNT);
        }
    }

    @Test
    void areShownAsTables() throws IOException {
        var table = body("", "application/json;as=Table;v=v1;g=meta.k8s.io", 200);
        assertThat(Json.list(table, "rows"))
                .hasSize(COUNT)
                .allSatisfy(row ->
                        assertThat(Json.list(Json.cast((Map<?, ?>) row), "cells")).contains(1L));
    }

    @Test
    void areRefusedInFormsThatAreMadeAsAWholeButForTheirPages() throws IOException {
        var refusal = body("", "application/yaml", 413);
        assertThat(refusal.get("message")).asString().contains("17 MiB", "at most 16", "limit");
        body("?includeObject=Object", "application/json;as=Table;v=v1;g=meta.k8s.io", 413);
        try (var page =
                client.send(Call.get(MAPS + "?limit=2").header("Accept", "application/yaml"))) {
            assertThat(page.status()).isEqualTo(200);
        }
        try (var whole =
                client.send(
                        Call.get(MAPS).header("Accept", "application/vnd.kubernetes.protobuf"))) {
            assertThat(whole.body().readAllBytes()).hasSizeGreaterThan(COUNT * 1_000_000);
        }
    }

    private static Map<String, Object> body(String query, String accept, int status)
            throws IOException {
        try (var reply = client.send(Call.get(MAPS + query).header("Accept", accept))) {
            assertThat(reply.status()).isEqualTo(status);
            return Json.cast((Map<?, ?>) Yaml.read(reply.body().readAllBytes()));
        }
    }
}
