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
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.Lockbox;
import dev.slipway.kernel.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The keys that sign the tokens of service accounts. They lie in a secret, so that every process on the log knows them,
/// closed with the store's master key: who may read and write secrets can neither sign with them nor replace them by
/// keys of his own. Made when the first token is asked for; when the secret is deleted or altered, all tokens are void.
///
/// Safe to use from any thread.
final class SigningKeys {
    static final ResourceKey SECRET =
            KindKey.of("", "secrets").resource("kube-system", "slipway-token-keys");

    /// What the keys are closed for.
    static final String PURPOSE = "slipway token keys";

    private static final System.Logger LOG = System.getLogger(SigningKeys.class.getName());

    private static final String ENTRY = "keys";
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
    private final Lockbox lockbox;
    private final SecureRandom random;
    private volatile Known known = new Known(-1, List.of());

    SigningKeys(Resources resources, Lockbox lockbox, SecureRandom random) {
        this.resources = resources;
        this.lockbox = lockbox;
        this.random = random;
    }

    /// Closes the keys with the master key of now, where they are still closed with one before it.
    synchronized void renew() {
        var keys = keys();
        var stored = resources.state().get(SECRET);
        if (!keys.isEmpty() && stored.isPresent() && !lockbox.isCurrent(closed(stored.get()))) {
            replace(keys.getFirst());
        }
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

    /// None where somebody else wrote what lies there.
    private List<RSAKey> read(StoredObject secret) {
        var opened = lockbox.open(closed(secret));
        if (opened.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the secret %s/%s does not hold the keys that were made for it: tokens of service accounts are void, and the next one that is asked for makes new keys"
                            .formatted(SECRET.namespace(), SECRET.name()));
            return List.of();
        }
        try {
            var text = new String(opened.get(), StandardCharsets.UTF_8);
            return JWKSet.parse(text).getKeys().stream()
                    .filter(RSAKey.class::isInstance)
                    .map(RSAKey.class::cast)
                    .toList();
        } catch (ParseException e) {
            throw new IllegalStateException("what was closed is no set of keys", e);
        }
    }

    private static byte[] closed(StoredObject secret) {
        try {
            var data = Json.object(secret.resource().tree(), "data");
            return Base64.getDecoder().decode(Json.string(data, ENTRY));
        } catch (IllegalArgumentException _) {
            return new byte[0];
        }
    }

    /// One at a time, and another process may be first.
    private synchronized RSAKey make() {
        if (keys().isEmpty()) {
            replace(generate());
        }
        return keys().stream()
                .findFirst()
                .orElseThrow(() ->
                        Problem.of(
                                        Reason.INTERNAL_ERROR,
                                        "the secret %s/%s holds no keys and cannot be replaced: delete it"
                                                .formatted(SECRET.namespace(), SECRET.name()))
                                .exception());
    }

    private void replace(RSAKey key) {
        try {
            if (resources.state().get(SECRET).isPresent()) {
                resources.delete(
                        served(),
                        SECRET.namespace(),
                        SECRET.name(),
                        DeleteOptions.BACKGROUND,
                        OPTIONS);
            }
            resources.create(served(), SECRET.namespace(), secret(key), OPTIONS);
        } catch (ProblemException e) {
            if (!List.of(Reason.ALREADY_EXISTS, Reason.NOT_FOUND).contains(e.problem().reason())) {
                throw e;
            }
        }
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

    private Map<String, Object> secret(RSAKey key) {
        var text = new JWKSet(key).toString(false);
        var closed = lockbox.close(text.getBytes(StandardCharsets.UTF_8));
        var value = Base64.getEncoder().encodeToString(closed);
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
