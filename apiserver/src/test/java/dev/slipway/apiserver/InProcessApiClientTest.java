package dev.slipway.apiserver;

import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.access.Identities;
import dev.slipway.apiserver.audit.AuditTrail;
import dev.slipway.client.ApiClient;
import dev.slipway.kernel.relations.Relations;
import dev.slipway.testkit.World;
import java.time.Clock;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class InProcessApiClientTest extends ApiClientContract {
    private static World world;
    private static Api api;

    @BeforeAll
    static void start() {
        world = World.of();
        api =
                new Api(
                        world.resources(),
                        world.store(),
                        new Relations(world.store(), world.resources()::kinds),
                        Authorizer.mastersOnly(),
                        TestTokens.of(world),
                        AuditTrail.none(),
                        new ServerVersion("0.0.0", ""),
                        Clock.systemUTC(),
                        new Random(3));
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
