package dev.slipway.apiserver;

import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.access.Identities;
import dev.slipway.apiserver.audit.AuditTrail;
import dev.slipway.apiserver.token.Tokens;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.store.Lockbox;
import dev.slipway.kernel.store.Store;
import dev.slipway.testkit.World;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// The API over a world: as simple as it can be, but for what a test sets.
public final class TestApi {
    private final World world;
    private Store store;
    private Authorizer authorizer = Authorizer.mastersOnly();
    private Tokens tokens;
    private final Clock clock;
    private boolean plans;

    private TestApi(World world, Clock clock) {
        this.world = world;
        this.clock = clock;
        store = world.store();
        tokens = tokens(world, clock);
    }

    /// The tokens of the service accounts in a world, and no others.
    static Tokens tokens(World world, Clock clock) {
        var random = new SecureRandom();
        var lockbox = Lockbox.ofThisProcess(Tokens.PURPOSE, random);
        return new Tokens(world.resources(), lockbox, clock, random, List.of());
    }

    public static TestApi over(World world) {
        return new TestApi(world, Clock.systemUTC());
    }

    /// With a clock for the API and its tokens.
    static TestApi over(World world, Clock clock) {
        return new TestApi(world, clock);
    }

    TestApi store(Store store) {
        this.store = store;
        return this;
    }

    TestApi authorizer(Authorizer authorizer) {
        this.authorizer = authorizer;
        return this;
    }

    TestApi tokens(Tokens tokens) {
        this.tokens = tokens;
        return this;
    }

    /// That answers what writes would bring about.
    TestApi withPlans() {
        plans = true;
        return this;
    }

    public Api api() {
        return new Api(
                world.resources(),
                store,
                world.relations(),
                authorizer,
                tokens,
                AuditTrail.none(),
                new ServerVersion("0.0.0", ""),
                clock,
                new Random(3),
                plans ? Optional.of(world.planner()) : Optional.empty());
    }

    /// Asked as the administrator.
    InProcessApiClient client() {
        return client(Identities.ADMIN);
    }

    InProcessApiClient client(Identity who) {
        return new InProcessApiClient(api(), who);
    }
}
