package dev.slipway.apiserver.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.resources.Resources;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Makes the tokens of service accounts, and knows them again while the account, and the object that a token is bound
/// to, are the ones that it was made for. Safe to use from any thread.
final class AccountTokens implements Bearers {
    /// How many tokens whose signature was found good are remembered; the one that was not seen longest goes first.
    static final int MAX_REMEMBERED = 1_000;

    /// How long a token may be, in characters.
    static final int MAX_LENGTH = 16 * 1024;

    static final KindKey ACCOUNTS = KindKey.of("", "serviceaccounts");

    private static final String OWN = "kubernetes.io";
    private static final String EXTRA = "authentication.kubernetes.io/";

    /// What a token can be bound to, by the name that it has in the token.
    enum Bound {
        POD("pods", "pod"),
        SECRET("secrets", "secret"),
        NODE("nodes", "node");

        private final String plural;
        private final String claim;

        Bound(String plural, String claim) {
            this.plural = plural;
            this.claim = claim;
        }

        ResourceKey key(String namespace, String name) {
            return KindKey.of("", plural).resource(this == NODE ? "" : namespace, name);
        }

        /// The one that a reference to `v1` of a kind means.
        static Optional<Bound> of(String apiVersion, String kind) {
            for (var one : values()) {
                if (apiVersion.equals("v1") && one.claim.equalsIgnoreCase(kind)) {
                    return Optional.of(one);
                }
            }
            return Optional.empty();
        }
    }

    /// A token that was made, with its end.
    record Issued(String token, Instant until) {}

    /// What a token says, and the key that has signed it.
    private record Verified(JWTClaimsSet claims, String key) {}

    /// What the token is bound to besides the account.
    record Binding(Bound bound, String name, String uid) {}

    private final SigningKeys keys;
    private final Resources resources;
    private final Clock clock;
    private final SecureRandom random;
    private final TokensInSecrets inSecrets;
    private final Map<String, Verified> remembered =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    AccountTokens(SigningKeys keys, Resources resources, Clock clock, SecureRandom random) {
        this.keys = keys;
        this.resources = resources;
        this.clock = clock;
        this.random = random;
        this.inSecrets = new TokensInSecrets(resources);
    }

    /// A new token of an account.
    Issued issue(
            Resource account, List<String> audiences, long seconds, Optional<Binding> binding) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var until = now.plusSeconds(seconds);
        var claims =
                new JWTClaimsSet.Builder()
                        .issuer(Tokens.ISSUER)
                        .subject(User.ofServiceAccount(account.namespace(), account.name()))
                        .audience(audiences)
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(until))
                        .jwtID(id())
                        .claim(OWN, own(account, binding))
                        .build();
        return new Issued(signed(claims), until);
    }

    private String id() {
        var high = (random.nextLong() & 0xffff_ffff_ffff_0fffL) | 0x4000L;
        var low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static Map<String, Object> own(Resource account, Optional<Binding> binding) {
        var own = new LinkedHashMap<String, Object>();
        own.put("namespace", account.namespace());
        binding.ifPresent(
                one -> own.put(one.bound().claim, Map.of("name", one.name(), "uid", one.uid())));
        own.put("serviceaccount", Map.of("name", account.name(), "uid", account.uid()));
        return own;
    }

    private String signed(JWTClaimsSet claims) {
        var key = keys.current();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        var token = new JWSObject(header, new Payload(json(claims)));
        try {
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(
                    "cannot sign with the keys of " + SigningKeys.SECRET, e);
        }
    }

    /// Audiences are a list also where there is one, as in all tokens of Kubernetes.
    private static Map<String, Object> json(JWTClaimsSet claims) {
        var json = claims.toJSONObject();
        if (!claims.getAudience().isEmpty()) {
            json.put("aud", claims.getAudience());
        }
        return json;
    }

    /// A token that a secret is to hold.
    String ofSecret(Resource account, Resource secret) {
        return signed(TokensInSecrets.claims(account, secret.name()));
    }

    @Override
    public Optional<Bearer> of(String token, Set<String> audiences) {
        return known(token)
                .filter(one -> keys.find(one.key()).isPresent())
                .map(Verified::claims)
                .flatMap(claims ->
                        TokensInSecrets.isOne(claims)
                                ? inSecrets.bearer(claims, token, audiences)
                                : bounded(claims, audiences));
    }

    private Optional<Bearer> bounded(JWTClaimsSet claims, Set<String> audiences) {
        return isNow(claims) ? bearer(claims, audiences) : Optional.empty();
    }

    private boolean isNow(JWTClaimsSet claims) {
        var now = clock.instant();
        return claims.getExpirationTime() != null
                && now.isBefore(claims.getExpirationTime().toInstant())
                && (claims.getNotBeforeTime() == null
                        || !now.isBefore(claims.getNotBeforeTime().toInstant()));
    }

    private Optional<Bearer> bearer(JWTClaimsSet claims, Set<String> audiences) {
        var meant = claims.getAudience().stream().filter(audiences::contains).toList();
        var own = claims.getClaim(OWN);
        if (meant.isEmpty() || !(own instanceof Map<?, ?> map)) {
            return Optional.empty();
        }
        return identity(claims, Json.cast(map)).map(identity -> new Bearer(identity, meant));
    }

    private Optional<Identity> identity(JWTClaimsSet claims, Map<String, Object> own) {
        var namespace = Json.string(own, "namespace");
        var account = Json.object(own, "serviceaccount");
        if (!isThere(ACCOUNTS.resource(namespace, named(account)), account)) {
            return Optional.empty();
        }
        Map<String, List<String>> extra = new LinkedHashMap<>();
        extra.put(EXTRA + "credential-id", List.of("JTI=" + claims.getJWTID()));
        for (var bound : Bound.values()) {
            var object = Json.object(own, bound.claim);
            if (object.isEmpty()) {
                continue;
            }
            if (!isThere(bound.key(namespace, named(object)), object)) {
                return Optional.empty();
            }
            extra.put(EXTRA + bound.claim + "-name", List.of(Json.string(object, "name")));
            extra.put(EXTRA + bound.claim + "-uid", List.of(Json.string(object, "uid")));
        }
        var user =
                user(namespace, Json.string(account, "name"), Json.string(account, "uid"), extra);
        return Optional.of(Identity.of(user, claims.getExpirationTime().toInstant()));
    }

    /// Whether a user is no service account, or one that is there.
    boolean isPresent(User user) {
        var parts = user.isServiceAccount() ? user.name().split(":", 4) : new String[0];
        return parts.length < 4
                || isThere(ACCOUNTS.resource(parts[2], parts[3]), Map.of("uid", user.uid()));
    }

    private static String named(Map<String, Object> reference) {
        var name = Json.string(reference, "name");
        return name.isEmpty() ? "/" : name;
    }

    static User user(String namespace, String name, String uid, Map<String, List<String>> extra) {
        var groups = new ArrayList<>(User.groupsOfServiceAccounts(namespace));
        groups.add(User.AUTHENTICATED);
        return new User(User.ofServiceAccount(namespace, name), uid, groups, extra);
    }

    /// Whether it is there, and the one that was meant.
    private boolean isThere(ResourceKey key, Map<String, Object> reference) {
        return resources
                .state()
                .get(key)
                .filter(object ->
                        object.field("metadata.uid").equals(Json.string(reference, "uid")))
                .isPresent();
    }

    private Optional<Verified> known(String token) {
        if (!Bearers.mayBeSigned(token)) {
            return Optional.empty();
        }
        synchronized (remembered) {
            var found = remembered.get(token);
            if (found != null) {
                return Optional.of(found);
            }
        }
        var verified = token.length() > MAX_LENGTH ? Optional.<Verified>empty() : verified(token);
        verified.ifPresent(good -> {
            synchronized (remembered) {
                remembered.put(token, good);
            }
        });
        return verified;
    }

    private Optional<Verified> verified(String token) {
        try {
            var jwt = SignedJWT.parse(token);
            var id = jwt.getHeader().getKeyID();
            if (id == null || !jwt.getHeader().getAlgorithm().equals(JWSAlgorithm.RS256)) {
                return Optional.empty();
            }
            var key = keys.find(id);
            return key.isPresent() && jwt.verify(new RSASSAVerifier(key.get()))
                    ? Optional.of(new Verified(jwt.getJWTClaimsSet(), id))
                    : Optional.empty();
        } catch (ParseException | JOSEException e) {
            return Optional.empty();
        }
    }
}
