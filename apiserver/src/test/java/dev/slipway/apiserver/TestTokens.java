package dev.slipway.apiserver;

import dev.slipway.apiserver.token.Tokens;
import dev.slipway.testkit.World;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/// The tokens of service accounts in a world, and no others.
final class TestTokens {
    private TestTokens() {}

    static Tokens of(World world) {
        return new Tokens(world.resources(), Clock.systemUTC(), new SecureRandom(), List.of());
    }
}
