package dev.slipway.apiserver.token;

import dev.slipway.client.web.Identity;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/// One secret token, compared in constant time. It is good here and nowhere else.
public final class StaticToken implements Bearers {
    private final byte[] token;
    private final Identity bearer;

    public StaticToken(String token, Identity bearer) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.bearer = bearer;
    }

    @Override
    public Optional<Bearer> of(String shown, Set<String> audiences) {
        var same = MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
        return same ? Tokens.here(bearer, audiences) : Optional.empty();
    }
}
