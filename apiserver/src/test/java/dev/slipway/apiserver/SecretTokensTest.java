package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.slipway.apiserver.access.Authentication;
import dev.slipway.apiserver.access.Identities;
import dev.slipway.apiserver.token.Tokens;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.control.access.Access;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Lockbox;
import dev.slipway.testkit.World;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Secrets that ask for the token of a service account.
class SecretTokensTest {
    private static final String SECRET =
            """
            apiVersion: v1
            kind: Secret
            type: kubernetes.io/service-account-token
            metadata: {name: robot-token, annotations: {kubernetes.io/service-account.name: robot}}
            """;

    private World world;
    private Tokens tokens;

    @BeforeEach
    void start() {
        var rbac = new Rbac(() -> world.store().state());
        var lockbox = Lockbox.ofThisProcess(Tokens.PURPOSE, new SecureRandom());
        world =
                World.of(
                        new Access(
                                rbac,
                                "the authority",
                                own ->
                                        new Tokens(
                                                        own,
                                                        lockbox,
                                                        Clock.systemUTC(),
                                                        new SecureRandom(),
                                                        List.of())
                                                ::ofSecret));
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}");
        world.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}");
        tokens =
                new Tokens(
                        world.resources(),
                        lockbox,
                        Clock.systemUTC(),
                        new SecureRandom(),
                        List.of());
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Optional<Resource> secret() {
        return world.find("v1", "Secret", "default", "robot-token");
    }

    private String data(String name) {
        var data = Json.object(secret().orElseThrow().tree(), "data");
        return new String(
                Base64.getDecoder().decode(Json.string(data, name)), StandardCharsets.UTF_8);
    }

    private Optional<Identity> bearer(String token) {
        var headers = Map.of("authorization", "Bearer " + token);
        var request =
                new WebRequest("GET", "/", Map.of(), headers, new byte[0], Identities.ANONYMOUS);
        return tokens.authenticate(request) instanceof Authentication.Known(var identity)
                ? Optional.of(identity)
                : Optional.empty();
    }

    @Test
    void fillsTheSecret() throws ParseException {
        world.apply(SECRET);
        world.settle();

        var uid = world.find("v1", "ServiceAccount", "default", "robot").orElseThrow().uid();
        assertThat(data("ca.crt")).isEqualTo("the authority");
        assertThat(data("namespace")).isEqualTo("default");
        assertThat(secret().orElseThrow().annotation("kubernetes.io/service-account.uid"))
                .contains(uid);
        assertThat(SignedJWT.parse(data("token")).getJWTClaimsSet().getSubject())
                .isEqualTo("system:serviceaccount:default:robot");
    }

    @Test
    void knowsTheAccountByItsToken() {
        world.apply(SECRET);
        world.settle();

        var who = bearer(data("token")).orElseThrow();

        assertThat(who.user()).isEqualTo("system:serviceaccount:default:robot");
        assertThat(who.groups()).contains("system:serviceaccounts:default");
    }

    @Test
    void keepsATokenThatIsThere() {
        world.apply(SECRET);
        world.settle();
        var token = data("token");

        world.apply(SECRET.replace("annotations: {", "labels: {a: b}, annotations: {"));
        world.settle();

        assertThat(data("token")).isEqualTo(token);
    }

    @Test
    void makesAnotherTokenForOneThatWasTakenAway() {
        world.apply(SECRET);
        world.settle();
        var token = data("token");

        world.delete("v1", "Secret", "default", "robot-token");
        assertThat(bearer(token)).isEmpty();
        world.apply(SECRET);
        world.settle();

        assertThat(bearer(data("token"))).isPresent();
    }

    @Test
    void takesTheSecretAwayWithTheAccount() {
        world.apply(SECRET);
        world.settle();
        var token = data("token");

        world.delete("v1", "ServiceAccount", "default", "robot");
        assertThat(bearer(token)).isEmpty();
        world.settle();

        assertThat(secret()).isEmpty();
    }

    @Test
    void takesTheSecretOfAnotherAccountOfTheSameNameAway() {
        world.apply(
                SECRET.replace(
                        "annotations: {",
                        "annotations: {kubernetes.io/service-account.uid: of-another, "));
        world.settle();

        assertThat(secret()).isEmpty();
    }

    @Test
    void leavesOtherSecretsAlone() {
        world.apply("{apiVersion: v1, kind: Secret, metadata: {name: robot-token}}");
        world.settle();

        world.delete("v1", "ServiceAccount", "default", "robot");
        world.settle();

        assertThat(secret()).isPresent();
    }
}
