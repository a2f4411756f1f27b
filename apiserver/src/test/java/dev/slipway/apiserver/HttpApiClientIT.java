package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.client.Kubeconfig;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpApiClientIT extends ApiClientContract {
    @TempDir private static Path folder;
    private static TestServer server;
    private static HttpApiClient client;
    private static HttpApiClient stranger;

    @BeforeAll
    static void start() {
        server = new TestServer(folder);
        var config = Kubeconfig.read(server.kubeconfig);
        client = new HttpApiClient(config);
        stranger = new HttpApiClient(config.server(), config.authority(), "wrong");
    }

    @AfterAll
    static void stop() {
        client.close();
        stranger.close();
        server.close();
    }

    @Override
    ApiClient client() {
        return client;
    }

    @Override
    ApiClient stranger() {
        return stranger;
    }

    @Test
    void saysWhereNothingAnswers() {
        try (var nowhere = new HttpApiClient(URI.create("http://127.0.0.1:1"), "", "")) {
            assertThatThrownBy(() -> nowhere.send(Call.get("/version")))
                    .hasMessage("nothing answers at http://127.0.0.1:1");
        }
    }

    @Test
    void trustsNobodyButTheAuthorityOfTheKubeconfig() {
        try (var other = new HttpApiClient(server.api(), "", "")) {
            assertThatThrownBy(() -> other.send(Call.get("/version")))
                    .hasMessageContaining("no answer from " + server.api());
        }
    }
}
