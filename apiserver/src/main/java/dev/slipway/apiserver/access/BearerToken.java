package dev.slipway.apiserver.access;

import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Knows the bearer of one secret token, compared in constant time.
public final class BearerToken implements Authenticator {
    private static final String SCHEME = "bearer ";

    private final byte[] token;
    private final Identity bearer;

    public BearerToken(String token, Identity bearer) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.bearer = bearer;
    }

    @Override
    public Authentication authenticate(WebRequest request) {
        var header = request.header("authorization");
        if (header.isEmpty()) {
            return new Authentication.Nobody();
        }
        return isToken(header.get())
                ? new Authentication.Known(bearer)
                : new Authentication.Refused();
    }

    private boolean isToken(String header) {
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        var shown = header.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(token, shown);
    }
}
