package dev.slipway.apiserver.token;

import dev.slipway.apiserver.access.Authentication;
import dev.slipway.apiserver.access.Authenticator;
import dev.slipway.apiserver.token.Bearers.Bearer;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.Lockbox;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All tokens that requests may bear: those of service accounts, which are made here too, and whatever others there
/// are. Safe to use from any thread.
public final class Tokens implements Authenticator {
    /// Who makes the tokens of service accounts, in their own words, and whom they are for unless they say otherwise.
    public static final String ISSUER = "https://kubernetes.default.svc.cluster.local";

    /// Whom a token must be for to be good here.
    static final Set<String> HERE = Set.of(ISSUER);

    /// Where others find the keys to check tokens with.
    private static final String KEYS = "/openid/v1/jwks";

    private static final String CONFIGURATION = "/.well-known/openid-configuration";

    /// The paths of the documents by which others trust these tokens.
    public static final List<String> PATHS = List.of(CONFIGURATION, KEYS);

    private static final String SCHEME = "bearer ";

    private final SigningKeys keys;
    private final AccountTokens accounts;
    private final TokenRequests requests;
    private final Bearers bearers;

    /// What the keys that sign tokens are closed for, as [dev.slipway.kernel.store.Keyring] has to know.
    public static final String PURPOSE = SigningKeys.PURPOSE;

    /// @param lockbox closes the keys that sign tokens
    /// @param others knows the tokens that service accounts do not bear
    public Tokens(
            Resources resources,
            Lockbox lockbox,
            Clock clock,
            SecureRandom random,
            List<Bearers> others) {
        this.keys = new SigningKeys(resources, lockbox, random);
        this.accounts = new AccountTokens(keys, resources, clock, random);
        this.requests = new TokenRequests(accounts, resources);
        var all = new ArrayList<Bearers>(others);
        all.addFirst(accounts);
        this.bearers = Bearers.firstOf(all);
    }

    /// Closes the keys that sign tokens anew where the store's master key was replaced.
    public void renewKeys() {
        keys.renew();
    }

    /// Somebody whose token says nothing of audiences: it is good here.
    public static Optional<Bearer> here(Identity identity, Set<String> audiences) {
        var meant = HERE.stream().filter(audiences::contains).toList();
        return meant.isEmpty() ? Optional.empty() : Optional.of(new Bearer(identity, meant));
    }

    @Override
    public Authentication authenticate(WebRequest request) {
        var header = request.header("authorization");
        if (header.isEmpty()) {
            return new Authentication.Nobody();
        }
        return token(header.get())
                .flatMap(token -> bearers.of(token, HERE))
                .<Authentication>map(bearer -> new Authentication.Known(bearer.identity()))
                .orElseGet(Authentication.Refused::new);
    }

    private static Optional<String> token(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    /// Who bears a token that is for one of these audiences; with none, for this server.
    public Optional<Bearer> bearer(String token, List<String> audiences) {
        return bearers.of(token, audiences.isEmpty() ? HERE : Set.copyOf(audiences));
    }

    /// Makes the token of an account that a secret will hold; it has no end of its own.
    public String ofSecret(Resource account, Resource secret) {
        return accounts.ofSecret(account, secret);
    }

    /// Whether somebody who was known once still is: service accounts come and go.
    public boolean isPresent(User user) {
        return accounts.isPresent(user);
    }

    /// Answers `POST …/serviceaccounts/NAME/token`.
    public WebResponse request(WebRequest request, String namespace, String account) {
        return requests.answer(request, namespace, account);
    }

    /// Whether a path is one of those that others check tokens by.
    public static boolean serves(String path) {
        return path.equals(KEYS) || path.equals(CONFIGURATION);
    }

    /// Answers those paths.
    public WebResponse document(WebRequest request) {
        return request.path().equals(KEYS) ? published() : configuration(request);
    }

    private WebResponse published() {
        return new WebResponse.Whole(
                200,
                Map.of(
                        "Content-Type",
                        "application/jwk-set+json",
                        "Cache-Control",
                        "public, max-age=3600"),
                keys.published().toString(true).getBytes(StandardCharsets.UTF_8));
    }

    private static WebResponse configuration(WebRequest request) {
        var host = request.header("host").orElse("");
        var tree =
                Tree.of(
                        "issuer", ISSUER,
                        "jwks_uri", "https://" + host + KEYS,
                        "response_types_supported", List.of("id_token"),
                        "subject_types_supported", List.of("public"),
                        "id_token_signing_alg_values_supported", List.of("RS256"));
        return Answers.tree(200, tree, Representation.of(request));
    }
}
