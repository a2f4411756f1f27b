package dev.slipway.apiserver.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.apiserver.token.Tokens;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.model.User;
import dev.slipway.testkit.TestClock;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IssuedTokensTest {
    private static final URI LOGIN = URI.create("https://login.example");
    private static final URI DEAD = URI.create("https://dead.example");

    private final TestClock clock = new TestClock();
    private final List<URI> asked = new ArrayList<>();
    private final List<ECKey> published = new ArrayList<>();
    private final ECKey key = key("one");
    private boolean down;

    private final IssuedTokens tokens =
            new IssuedTokens(List.of(issuer(LOGIN), issuer(DEAD)), _ -> this::document, clock);

    private static TrustedIssuer issuer(URI address) {
        return new TrustedIssuer(address, "slipway", "email", "oidc:", "groups", "", "");
    }

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] document(URI address) throws IOException {
        asked.add(address);
        if (down || !address.getHost().equals(LOGIN.getHost())) {
            throw new IOException("nobody is there");
        }
        var text =
                address.getPath().endsWith("openid-configuration")
                        ? "{\"issuer\":\"https://login.example\",\"jwks_uri\":\"https://login.example/keys\"}"
                        : new JWKSet(new ArrayList<>(published)).toString(true);
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(LOGIN.toString())
                .audience("slipway")
                .claim("email", "jane@acme.example")
                .claim("groups", List.of("devs", "system:masters"))
                .expirationTime(Date.from(clock.instant().plusSeconds(60)));
    }

    private static String signed(JWTClaimsSet.Builder claims, ECKey key) {
        return signed(claims, key, key.getKeyID());
    }

    private static String signed(JWTClaimsSet.Builder claims, ECKey key, @Nullable String id) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(id).build();
            var token = new SignedJWT(header, claims.build());
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<User> who(String token) {
        return tokens.of(token, Set.of(Tokens.ISSUER))
                .map(bearer -> bearer.identity())
                .map(Identity::who);
    }

    @Test
    void mapsClaimsToAUserWithGroups() {
        published.add(key);
        var token = signed(claims(), key);

        var who = who(token).orElseThrow();
        assertThat(who.name()).isEqualTo("oidc:jane@acme.example");
        assertThat(who.groups()).containsExactly("devs", "system:authenticated");
        assertThat(tokens.of(token, Set.of(Tokens.ISSUER)).orElseThrow().identity().until())
                .isEqualTo(clock.instant().plusSeconds(60));
        assertThat(asked).hasSize(2);
        who(token);
        assertThat(asked).hasSize(2);
    }

    @Test
    void takesNoTokenThatIsNotGoodHereAndNow() throws JOSEException {
        published.add(key);
        var now = clock.instant();

        assertThat(who(signed(claims().audience("other"), key))).isEmpty();
        assertThat(who(signed(claims().issuer("https://else.example"), key))).isEmpty();
        assertThat(who(signed(claims().expirationTime(Date.from(now)), key))).isEmpty();
        assertThat(who(signed(claims().expirationTime(null), key))).isEmpty();
        assertThat(who(signed(claims().notBeforeTime(Date.from(now.plusSeconds(120))), key)))
                .isEmpty();
        assertThat(who(signed(claims().claim("email", ""), key))).isEmpty();
        assertThat(who(signed(claims().claim("email_verified", false), key))).isEmpty();
        assertThat(who(signed(claims(), key("one")))).isEmpty();
        assertThat(who("a.b.c")).isEmpty();
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("one").build();
        var forged = new SignedJWT(header, claims().build());
        forged.sign(new MACSigner(new byte[32]));
        assertThat(who(forged.serialize())).isEmpty();
        assertThat(who(signed(claims(), key))).isPresent();
    }

    @Test
    void takesNoAddressButWhatIsVerifiedWhereTheIssuerSaysSo() {
        published.add(key);

        assertThat(who(signed(claims().claim("email_verified", true), key))).isPresent();
        for (var said : List.of("false", "true", "", 1, List.of(true))) {
            assertThat(who(signed(claims().claim("email_verified", said), key)))
                    .as("%s", said)
                    .isEmpty();
        }
    }

    @Test
    void refusesGroupsThatAreNoTexts() {
        published.add(key);

        for (var said : List.of(List.of(1), List.of("devs", 1), 1, Map.of("devs", true))) {
            assertThat(who(signed(claims().claim("groups", said), key))).as("%s", said).isEmpty();
        }
        assertThat(who(signed(claims().claim("groups", "devs"), key)).orElseThrow().groups())
                .containsExactly("devs", "system:authenticated");
        assertThat(who(signed(claims().claim("groups", null), key))).isPresent();
    }

    @Test
    void triesTheKeysOfTheIssuerWhereATokenNamesNone() {
        published.add(key("other"));
        published.add(key);
        assertThat(who(signed(claims(), key, null))).isPresent();
        assertThat(who(signed(claims(), key("one"), null))).isEmpty();

        var next = key("two");
        published.add(next);
        clock.pass(IssuerKeys.PAUSE);
        assertThat(who(signed(claims(), next, null))).isPresent();
    }

    @Test
    void readsKeysThatAreNew() {
        published.add(key);
        assertThat(who(signed(claims(), key))).isPresent();
        var next = key("two");
        published.add(next);
        assertThat(who(signed(claims(), next))).isEmpty();

        clock.pass(IssuerKeys.PAUSE);
        assertThat(who(signed(claims(), next))).isPresent();
    }

    @Test
    void forgetsKeysThatWereTakenBack() {
        published.add(key);
        assertThat(who(signed(claims(), key))).isPresent();
        published.clear();
        published.add(key("two"));

        clock.pass(IssuerKeys.FRESH);
        assertThat(who(signed(claims(), key))).isEmpty();
    }

    @Test
    void keepsTheKeysOfAnIssuerThatIsDown() {
        published.add(key);
        assertThat(who(signed(claims(), key))).isPresent();
        down = true;

        clock.pass(IssuerKeys.FRESH.plus(Duration.ofMinutes(1)));
        assertThat(who(signed(claims(), key))).isPresent();
    }

    @Test
    void asksADeadIssuerSeldomAndForItsOwnTokensOnly() {
        published.add(key);
        for (int i = 0; i < 5; i++) {
            assertThat(who(signed(claims().issuer(DEAD.toString()), key))).isEmpty();
        }
        assertThat(asked).hasSize(1);

        assertThat(who(signed(claims(), key))).isPresent();
        clock.pass(IssuerKeys.PAUSE);
        who(signed(claims().issuer(DEAD.toString()), key));
        assertThat(asked).filteredOn(one -> one.getHost().equals(DEAD.getHost())).hasSize(2);
    }
}
