package dev.slipway.apiserver.access;

import dev.slipway.client.web.Identity;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One-time codes that sign a browser in. May be used from any thread.
public final class LoginCodes {
    /// How long a code is good.
    public static final Duration LIFETIME = Duration.ofMinutes(10);

    /// How many codes are good at once; a new one ends the oldest.
    public static final int MAX_OPEN = 100;

    private static final int BYTES = 20;

    private record Open(Identity identity, Instant until) {}

    private final Clock clock;
    private final SecureRandom random;
    private final Map<String, Open> open = new LinkedHashMap<>();

    public LoginCodes(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /// A new code that signs in as `identity`.
    public synchronized String issue(Identity identity) {
        dropOld();
        if (open.size() >= MAX_OPEN) {
            open.remove(open.keySet().iterator().next());
        }
        var code = code();
        open.put(code, new Open(identity, clock.instant().plus(LIFETIME)));
        return code;
    }

    /// Uses a code up; empty when it is unknown, used or too old.
    public synchronized Optional<Identity> redeem(String code) {
        dropOld();
        return Optional.ofNullable(open.remove(code)).map(Open::identity);
    }

    private void dropOld() {
        var now = clock.instant();
        open.values().removeIf(code -> !now.isBefore(code.until()));
    }

    private String code() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
