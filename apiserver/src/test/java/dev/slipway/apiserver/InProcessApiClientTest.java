package dev.slipway.apiserver;

import dev.slipway.apiserver.access.Identities;
import dev.slipway.client.ApiClient;
import dev.slipway.testkit.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class InProcessApiClientTest extends ApiClientContract {
    private static World world;
    private static Api api;

    @BeforeAll
    static void start() {
        world = World.of();
        api = TestApi.over(world).api();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Override
    ApiClient client() {
        return new InProcessApiClient(api, Identities.ADMIN);
    }

    @Override
    ApiClient stranger() {
        return new InProcessApiClient(api, Identities.ANONYMOUS);
    }
}
