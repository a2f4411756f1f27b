package dev.slipway.apiserver.token;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.slipway.apiserver.token.Bearers.Bearer;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Knows the tokens that lie in secrets of the type `kubernetes.io/service-account-token`. They have no end: one is good
/// while its secret holds it and its account is the one that it was made for. Thread-safe.
final class TokensInSecrets {
    /// Who makes them, in their own words.
    static final String ISSUER = "kubernetes/serviceaccount";

    static final String TYPE = "kubernetes.io/service-account-token";

    private static final String CLAIM = "kubernetes.io/serviceaccount/";
    private static final String NAMESPACE = CLAIM + "namespace";
    private static final String SECRET = CLAIM + "secret.name";
    private static final String NAME = CLAIM + "service-account.name";
    private static final String UID = CLAIM + "service-account.uid";
    private static final KindKey SECRETS = KindKey.of("", "secrets");

    private final Resources resources;

    TokensInSecrets(Resources resources) {
        this.resources = resources;
    }

    /// What such a token says.
    static JWTClaimsSet claims(Resource account, String secret) {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .claim(NAMESPACE, account.namespace())
                .claim(SECRET, secret)
                .claim(NAME, account.name())
                .claim(UID, account.uid())
                .subject(User.ofServiceAccount(account.namespace(), account.name()))
                .build();
    }

    /// Whether claims are of such a token.
    static boolean isOne(JWTClaimsSet claims) {
        return ISSUER.equals(claims.getIssuer());
    }

    /// Who bears the token; it is for this server and nobody else.
    Optional<Bearer> bearer(JWTClaimsSet claims, String token, Set<String> audiences) {
        var namespace = text(claims, NAMESPACE);
        var name = text(claims, NAME);
        var uid = text(claims, UID);
        var there =
                find(AccountTokens.ACCOUNTS, namespace, name)
                                .filter(account -> account.uid().equals(uid))
                                .isPresent()
                        && find(SECRETS, namespace, text(claims, SECRET))
                                .filter(secret -> holds(secret, token))
                                .isPresent();
        var user = AccountTokens.user(namespace, name, uid, Map.of());
        return there ? Tokens.here(Identity.of(user, Instant.MAX), audiences) : Optional.empty();
    }

    private Optional<Resource> find(KindKey kind, String namespace, String name) {
        return namespace.isEmpty() || name.isEmpty()
                ? Optional.empty()
                : resources
                        .state()
                        .get(kind.resource(namespace, name))
                        .map(StoredObject::resource)
                        .filter(one -> !one.terminating());
    }

    private static boolean holds(Resource secret, String token) {
        var held = Json.string(Json.object(secret.tree(), "data"), "token");
        var encoded = Base64.getEncoder().encode(token.getBytes(StandardCharsets.UTF_8));
        return TYPE.equals(secret.tree().get("type"))
                && MessageDigest.isEqual(held.getBytes(StandardCharsets.UTF_8), encoded);
    }

    private static String text(JWTClaimsSet claims, String name) {
        return claims.getClaim(name) instanceof String text ? text : "";
    }
}
