package dev.slipway.control.access;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Fills the secrets that ask for the token of a service account, and takes them away with it.
///
/// Its keys are secrets, and accounts, of which it looks at the secrets.
final class TokenSecretController implements Controller {
    static final String NAME = "slipway-account-tokens";

    private static final KindKey ACCOUNTS = KindKey.of("", "serviceaccounts");
    private static final KindKey SECRETS = KindKey.of("", "secrets");
    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String ACCOUNT = "kubernetes.io/service-account.name";
    private static final String UID = "kubernetes.io/service-account.uid";
    private static final String TOKEN = "token";

    private final Resources resources;
    private final String authority;
    private final SecretTokens tokens;

    TokenSecretController(Resources resources, String authority, SecretTokens tokens) {
        this.resources = resources;
        this.authority = authority;
        this.tokens = tokens;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        var kind = occurrence.key().kind();
        return kind.equals(ACCOUNTS) || (kind.equals(SECRETS) && holdsToken(occurrence.stored()))
                ? List.of(occurrence.key())
                : List.of();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return state.list(SECRETS).stream()
                .filter(TokenSecretController::holdsToken)
                .map(StoredObject::key)
                .toList();
    }

    private static boolean holdsToken(StoredObject secret) {
        return secret.field("type").equals(TYPE);
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var options = WriteOptions.controller(NAME, waking.causes());
        secrets(key)
                .filter(secret -> !secret.terminating())
                .forEach(secret -> look(secret, options));
        return Next.DONE;
    }

    private Stream<Resource> secrets(ResourceKey key) {
        var state = resources.state();
        return key.kind().equals(SECRETS)
                ? state.get(key).filter(TokenSecretController::holdsToken).stream()
                        .map(StoredObject::resource)
                : state.list(SECRETS, key.namespace()).stream()
                        .filter(TokenSecretController::holdsToken)
                        .map(StoredObject::resource)
                        .filter(secret -> account(secret).equals(key.name()));
    }

    private static String account(Resource secret) {
        return secret.annotation(ACCOUNT).orElse("");
    }

    private void look(Resource secret, WriteOptions options) {
        var account = accountOf(secret);
        if (account.isEmpty()) {
            delete(secret, options);
            return;
        }
        var missing = missing(secret, account.get());
        if (!missing.isEmpty() || secret.annotation(UID).isEmpty()) {
            fill(secret, account.get(), missing, options);
        }
    }

    /// The account that the secret names, unless that is another of the same name.
    private Optional<Resource> accountOf(Resource secret) {
        var uid = secret.annotation(UID).orElse("");
        return resources
                .state()
                .get(ACCOUNTS.resource(secret.namespace(), account(secret)))
                .map(StoredObject::resource)
                .filter(account -> uid.isEmpty() || uid.equals(account.uid()));
    }

    /// What has to be set in the secret's data.
    private Map<String, Object> missing(Resource secret, Resource account) {
        var data = Json.object(secret.tree(), "data");
        Map<String, Object> missing = new LinkedHashMap<>();
        set(missing, data, "ca.crt", authority);
        set(missing, data, "namespace", secret.namespace());
        if (Json.string(data, TOKEN).isEmpty()) {
            set(missing, data, TOKEN, tokens.make(account, secret));
        }
        return missing;
    }

    private static void set(
            Map<String, Object> missing, Map<String, Object> data, String name, String value) {
        var encoded = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
        if (!encoded.equals(data.get(name))) {
            missing.put(name, encoded);
        }
    }

    private void fill(
            Resource secret, Resource account, Map<String, Object> data, WriteOptions options) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("uid", secret.uid());
        metadata.put("resourceVersion", secret.resourceVersion());
        metadata.put("annotations", Json.copy(Map.of(UID, account.uid())));
        Map<String, Object> patch = new LinkedHashMap<>();
        patch.put("metadata", metadata);
        patch.put("data", data);
        quietly(() ->
                resources.patch(
                        served(),
                        secret.namespace(),
                        secret.name(),
                        "",
                        new Patch.Merge(patch),
                        options));
    }

    private void delete(Resource secret, WriteOptions options) {
        quietly(() ->
                resources.delete(
                        served(),
                        secret.namespace(),
                        secret.name(),
                        DeleteOptions.BACKGROUND,
                        options));
    }

    /// It may be gone; what else is in the way is tried again.
    private static void quietly(Runnable write) {
        try {
            write.run();
        } catch (ProblemException e) {
            if (e.problem().reason() != Reason.NOT_FOUND) {
                throw e;
            }
        }
    }

    private Served served() {
        return resources
                .kinds()
                .byKey(SECRETS)
                .map(Served::stored)
                .orElseThrow(() -> new IllegalStateException(SECRETS + " are not served"));
    }
}
