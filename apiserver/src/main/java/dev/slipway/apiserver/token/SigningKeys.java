package dev.slipway.apiserver.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys that sign the tokens of service accounts: a secret, sealed in the log like others, so that every process on
/// the log knows them. Made when the first token is asked for; when the secret is deleted, all tokens are void.
///
/// Safe to use from any thread.
final class SigningKeys {
    static final ResourceKey SECRET =
            KindKey.of("", "secrets").resource("kube-system", "slipway-token-keys");

    private static final String ENTRY = "keys.json";
    private static final int BITS = 2048;
    private static final WriteOptions OPTIONS =
            new WriteOptions(
                    new Attribution("slipway", List.of(), "token keys"),
                    "slipway",
                    false,
                    Strictness.STRICT);

    /// The keys of one revision of the secret.
    private record Known(long revision, List<RSAKey> keys) {}

    private final Resources resources;
    private final SecureRandom random;
    private volatile Known known = new Known(-1, List.of());

    SigningKeys(Resources resources, SecureRandom random) {
        this.resources = resources;
        this.random = random;
    }

    /// The key that new tokens are signed with: the first.
    RSAKey current() {
        var keys = keys();
        return keys.isEmpty() ? make() : keys.getFirst();
    }

    /// The key with an id; empty where it is not one of ours.
    Optional<RSAKey> find(String id) {
        return keys().stream().filter(key -> id.equals(key.getKeyID())).findFirst();
    }

    /// What others check tokens with.
    JWKSet published() {
        current();
        return new JWKSet(keys().stream().map(key -> (com.nimbusds.jose.jwk.JWK) key).toList())
                .toPublicJWKSet();
    }

    private List<RSAKey> keys() {
        var stored = resources.state().get(SECRET);
        if (stored.isEmpty()) {
            return List.of();
        }
        var now = known;
        if (now.revision() != stored.get().revision()) {
            now = new Known(stored.get().revision(), read(stored.get()));
            known = now;
        }
        return now.keys();
    }

    private static List<RSAKey> read(StoredObject secret) {
        try {
            var data = Json.object(secret.resource().tree(), "data");
            var text =
                    new String(
                            Base64.getDecoder().decode(Json.string(data, ENTRY)),
                            StandardCharsets.UTF_8);
            return JWKSet.parse(text).getKeys().stream()
                    .filter(RSAKey.class::isInstance)
                    .map(RSAKey.class::cast)
                    .toList();
        } catch (ParseException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "%s does not hold keys; delete it, and new ones are made".formatted(SECRET), e);
        }
    }

    /// One at a time, and another process may be first.
    private synchronized RSAKey make() {
        if (keys().isEmpty()) {
            try {
                resources.create(served(), SECRET.namespace(), secret(generate()), OPTIONS);
            } catch (ProblemException e) {
                if (e.problem().reason() != Reason.ALREADY_EXISTS) {
                    throw e;
                }
            }
        }
        return keys().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no keys in " + SECRET));
    }

    private RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .secureRandom(random)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    private static Map<String, Object> secret(RSAKey key) {
        var text = new JWKSet(key).toString(false);
        var value = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Secret",
                "metadata",
                Map.of("name", SECRET.name()),
                "type",
                "slipway.dev/token-keys",
                "data",
                Map.of(ENTRY, value));
    }

    private Served served() {
        return resources
                .kinds()
                .byKey(SECRET.kind())
                .map(Served::stored)
                .orElseThrow(() -> new IllegalStateException("secrets are not served"));
    }
}
