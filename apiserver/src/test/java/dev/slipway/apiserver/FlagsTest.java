package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.testkit.World;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The words in which clients of many languages say yes and no.
class FlagsTest {
    private static final String MAP = "/api/v1/namespaces/default/configmaps/m";

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

    private int apply(String manager, String value, String force) {
        var map =
                Map.<String, Object>of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        Map.of("name", "m"),
                        "data",
                        Map.of("a", value));
        var path = MAP + "?fieldManager=" + manager + force;
        try (var reply =
                client.send(
                        Call.with("PATCH", path, map)
                                .header("Content-Type", "application/apply-patch+yaml"))) {
            return reply.status();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, 409",
        "False, 409",
        "FALSE, 409",
        "0, 409",
        "true, 200",
        "True, 200",
        "1, 200"
    })
    void areReadInAnyCase(String word, int status) {
        apply("a", "1", "");

        assertThat(apply("b", "2", "&force=" + word)).isEqualTo(status);
        assertThat(Json.at(client.json(Call.get(MAP)), "data", "a"))
                .isEqualTo(status == 200 ? "2" : "1");
    }
}
