package dev.slipway.apiserver.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.apiserver.token.Bearers;
import dev.slipway.apiserver.token.Tokens;
import dev.slipway.client.web.Identity;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Knows who bears a token of a trusted issuer. Safe to use from any thread.
///
/// A token is checked with the keys of the issuer that it names and of no other, so that one that does not answer
/// stands in nobody else's way.
public final class IssuedTokens implements Bearers {
    /// How long a token may be, in characters.
    static final int MAX_LENGTH = 16 * 1024;

    /// How far the clock of an issuer may be ahead.
    static final Duration SKEW = Duration.ofMinutes(1);

    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);

    private record Trusted(TrustedIssuer issuer, IssuerKeys keys) {}

    private final Map<String, Trusted> issuers = new LinkedHashMap<>();
    private final Clock clock;

    /// @param issuers whose addresses differ
    public IssuedTokens(List<TrustedIssuer> issuers, Clock clock) {
        this(issuers, issuer -> new WebDocuments(issuer.authority()), clock);
    }

    IssuedTokens(
            List<TrustedIssuer> issuers,
            Function<TrustedIssuer, Documents> documents,
            Clock clock) {
        this.clock = clock;
        for (var issuer : issuers) {
            var keys = new IssuerKeys(issuer.address(), documents.apply(issuer), clock);
            this.issuers.put(issuer.address().toString(), new Trusted(issuer, keys));
        }
    }

    @Override
    public Optional<Bearer> of(String token, Set<String> audiences) {
        if (issuers.isEmpty() || token.length() > MAX_LENGTH || !Bearers.mayBeSigned(token)) {
            return Optional.empty();
        }
        try {
            return of(SignedJWT.parse(token), audiences);
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private Optional<Bearer> of(SignedJWT token, Set<String> audiences) throws ParseException {
        var claims = token.getJWTClaimsSet();
        var named = Optional.ofNullable(claims.getIssuer()).map(issuers::get);
        if (named.isEmpty() || !isMeant(claims, named.get().issuer())) {
            return Optional.empty();
        }
        var trusted = named.get();
        return isSigned(token, trusted.keys())
                ? trusted.issuer()
                        .user(claims)
                        .map(user -> Identity.of(user, claims.getExpirationTime().toInstant()))
                        .flatMap(identity -> Tokens.here(identity, audiences))
                : Optional.empty();
    }

    private boolean isMeant(JWTClaimsSet claims, TrustedIssuer issuer) {
        var now = clock.instant();
        return claims.getAudience().contains(issuer.audience())
                && claims.getExpirationTime() != null
                && now.isBefore(claims.getExpirationTime().toInstant())
                && (claims.getNotBeforeTime() == null
                        || !now.plus(SKEW).isBefore(claims.getNotBeforeTime().toInstant()));
    }

    /// Issuers with one key may leave out which one signed; then any of theirs may have.
    private static boolean isSigned(SignedJWT token, IssuerKeys keys) {
        var header = token.getHeader();
        if (!ALGORITHMS.contains(header.getAlgorithm())) {
            return false;
        }
        var id = header.getKeyID();
        return id == null
                ? keys.find(key -> isSigned(token, key)).isPresent()
                : keys.find(key -> id.equals(key.getKeyID()))
                        .filter(key -> isSigned(token, key))
                        .isPresent();
    }

    private static boolean isSigned(SignedJWT token, JWK key) {
        if (!(key instanceof AsymmetricJWK pair)) {
            return false;
        }
        try {
            var verifier =
                    new DefaultJWSVerifierFactory()
                            .createJWSVerifier(token.getHeader(), pair.toPublicKey());
            return token.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }
}
