package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.apiserver.access.Authentication;
import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.access.Identities;
import dev.slipway.apiserver.token.Tokens;
import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.control.access.Access;
import dev.slipway.control.access.DefaultRoles;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import dev.slipway.testkit.TestClock;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Service accounts and their tokens, and the questions that kubectl asks about rights.
class TokensTest {
    private static final String TOKEN = "/api/v1/namespaces/default/serviceaccounts/robot/token";
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/";
    private static final String NAMESPACES =
            "/apis/slipway.dev/v1alpha1/selfsubjectnamespacesreviews";
    private static final String WHOAMI = "/apis/authentication.k8s.io/v1/selfsubjectreviews";

    private final TestClock clock = new TestClock();
    private World world;
    private Tokens tokens;
    private Api api;
    private ApiClient admin;

    @BeforeEach
    void start() {
        var rbac = new Rbac(() -> world.store().state());
        world = World.of(new Access(rbac, "the authority"));
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}");
        world.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}");
        DefaultRoles.reconcile(world.resources());
        world.settle();
        tokens = TestApi.tokens(world, clock);
        api = TestApi.over(world, clock).authorizer(Authorizer.of(rbac)).tokens(tokens).api();
        admin = new InProcessApiClient(api, Identities.ADMIN);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private Map<String, Object> request(Map<String, Object> spec) {
        return admin.json(
                Call.with(
                        "POST",
                        TOKEN,
                        Map.of(
                                "apiVersion",
                                "authentication.k8s.io/v1",
                                "kind",
                                "TokenRequest",
                                "spec",
                                spec)));
    }

    private String token(Map<String, Object> spec) {
        return Json.string(Json.object(request(spec), "status"), "token");
    }

    private String refusal(Map<String, Object> spec) {
        var call = Call.with("POST", TOKEN, Map.of("spec", spec));
        try (var reply = admin.send(call)) {
            return reply.status()
                    + " "
                    + Json.readObject(reply.body().readAllBytes()).get("message");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Identity> bearer(String token) {
        var headers = Map.of("authorization", "Bearer " + token);
        var request =
                new WebRequest("GET", "/", Map.of(), headers, new byte[0], Identities.ANONYMOUS);
        return tokens.authenticate(request) instanceof Authentication.Known(var identity)
                ? Optional.of(identity)
                : Optional.empty();
    }

    /// As the original does, and as its clients read it.
    @Test
    void namesItsAudienceInAListAlsoWhereThereIsOne() {
        var token = token(Map.of());
        var claims = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));

        assertThat(Json.readObject(Base64.getUrlDecoder().decode(claims)))
                .containsEntry("aud", List.of(Tokens.ISSUER));
    }

    @Test
    void makesTokensThatSayWhoseTheyAre() {
        var answer = request(Map.of());
        var uid = world.find("v1", "ServiceAccount", "default", "robot").orElseThrow().uid();

        assertThat(Json.at(answer, "spec", "expirationSeconds")).isEqualTo(3600L);
        assertThat(Json.at(answer, "spec", "audiences")).isEqualTo(List.of(Tokens.ISSUER));
        assertThat(Json.at(answer, "status", "expirationTimestamp"))
                .isEqualTo("2026-01-01T01:00:00Z");
        assertThat(Json.at(answer, "metadata", "uid")).isEqualTo(uid);
        var who = bearer(Json.string(Json.object(answer, "status"), "token")).orElseThrow().who();
        assertThat(who.name()).isEqualTo("system:serviceaccount:default:robot");
        assertThat(who.uid()).isEqualTo(uid);
        assertThat(who.groups())
                .containsExactly(
                        "system:serviceaccounts",
                        "system:serviceaccounts:default",
                        "system:authenticated");
        assertThat(who.extra()).containsOnlyKeys("authentication.kubernetes.io/credential-id");
    }

    @Test
    void publishesWhatTokensAreCheckedWith() throws Exception {
        var token = SignedJWT.parse(token(Map.of("audiences", List.of("vault"))));
        var published =
                (WebResponse.Whole)
                        tokens.document(
                                new WebRequest(
                                        "GET",
                                        "/openid/v1/jwks",
                                        Map.of(),
                                        Map.of(),
                                        new byte[0],
                                        Identities.ADMIN));
        var text = new String(published.body(), StandardCharsets.UTF_8);
        var key = JWKSet.parse(text).getKeyByKeyId(token.getHeader().getKeyID());

        assertThat(key.isPrivate()).isFalse();
        assertThat(text).doesNotContain("\"d\"");
        assertThat(token.verify(new RSASSAVerifier((RSAKey) key))).isTrue();
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("vault");
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(Tokens.ISSUER);
    }

    @Test
    void endsATokenWithItsTime() {
        var token = token(Map.of("expirationSeconds", 600));
        assertThat(bearer(token)).isPresent();

        clock.pass(Duration.ofSeconds(599));
        assertThat(bearer(token)).isPresent();
        clock.pass(Duration.ofSeconds(1));
        assertThat(bearer(token)).isEmpty();
    }

    @Test
    void endsATokenWithItsAccount() {
        var token = token(Map.of());
        world.delete("v1", "ServiceAccount", "default", "robot");
        assertThat(bearer(token)).isEmpty();

        world.apply("{apiVersion: v1, kind: ServiceAccount, metadata: {name: robot}}");
        assertThat(bearer(token)).isEmpty();
    }

    @Test
    void endsATokenWithWhatItIsBoundTo() {
        world.apply("{apiVersion: v1, kind: Secret, metadata: {name: lock}}");
        var reference = Map.of("apiVersion", "v1", "kind", "Secret", "name", "lock");
        var token = token(Map.of("boundObjectRef", reference));
        assertThat(bearer(token).orElseThrow().who().extra())
                .containsEntry("authentication.kubernetes.io/secret-name", List.of("lock"));

        world.delete("v1", "Secret", "default", "lock");
        assertThat(bearer(token)).isEmpty();
    }

    @Test
    void endsAllTokensWithTheirKeys() {
        var token = token(Map.of());
        assertThat(bearer(token)).isPresent();
        world.delete("v1", "Secret", "kube-system", "slipway-token-keys");
        assertThat(bearer(token)).isEmpty();

        assertThat(bearer(token(Map.of()))).isPresent();
        assertThat(bearer(token)).isEmpty();
    }

    @Test
    void keepsItsKeysFromWhoMayReadSecrets() {
        token(Map.of());
        var secret = keys();
        var data =
                Base64.getDecoder().decode(Json.string(Json.object(secret.tree(), "data"), "keys"));

        assertThat(new String(data, StandardCharsets.ISO_8859_1)).doesNotContain("kty", "\"d\"");
    }

    @Test
    void takesNoKeysThatSomebodyElseWrote() {
        var token = token(Map.of());
        var before = keys().uid();
        world.merge("v1", "Secret", "kube-system", "slipway-token-keys", "{data: {keys: e30=}}");
        assertThat(bearer(token)).isEmpty();

        assertThat(bearer(token(Map.of()))).isPresent();
        assertThat(keys().uid()).isNotEqualTo(before);
    }

    private Resource keys() {
        return world.find("v1", "Secret", "kube-system", "slipway-token-keys").orElseThrow();
    }

    @Test
    void takesNoTokenThatIsForSomebodyElseOrAltered() {
        assertThat(bearer(token(Map.of("audiences", List.of("vault"))))).isEmpty();
        var token = token(Map.of());
        var parts = token.split("\\.", -1);
        assertThat(bearer(parts[0] + "." + parts[1] + ".")).isEmpty();
        assertThat(bearer(parts[0] + "." + parts[1] + "A." + parts[2])).isEmpty();
        assertThat(bearer("x".repeat(100_000))).isEmpty();
        assertThat(bearer("a.b.c")).isEmpty();
        assertThat(bearer("")).isEmpty();
    }

    @Test
    void refusesRequestsThatMakeNoSense() {
        assertThat(refusal(Map.of("expirationSeconds", 5)))
                .startsWith("422 ")
                .endsWith(
                        "spec.expirationSeconds: Invalid value: 5: may not specify a duration less than 10 minutes");
        assertThat(refusal(Map.of("expirationSeconds", 1L << 33)))
                .endsWith("may not specify a duration larger than 2^32 seconds");
        assertThat(bound("ConfigMap", "x", ""))
                .isEqualTo("400 cannot bind token to object of type /v1, Kind=ConfigMap");
        assertThat(bound("Secret", "x", "")).isEqualTo("404 secrets \"x\" not found");
        world.apply("{apiVersion: v1, kind: Secret, metadata: {name: lock}}");
        assertThat(bound("Secret", "lock", "other")).startsWith("409 ");
    }

    private String bound(String kind, String name, String uid) {
        return refusal(
                Map.of(
                        "boundObjectRef",
                        Map.of("apiVersion", "v1", "kind", kind, "name", name, "uid", uid)));
    }

    @Test
    void tellsWhoBearsAToken() {
        var review = "/apis/authentication.k8s.io/v1/tokenreviews";
        var good =
                admin.json(
                        Call.with(
                                "POST", review, Map.of("spec", Map.of("token", token(Map.of())))));
        assertThat(Json.at(good, "status", "authenticated")).isEqualTo(true);
        assertThat(Json.at(good, "status", "user", "username"))
                .isEqualTo("system:serviceaccount:default:robot");
        assertThat(Json.at(good, "status", "audiences")).isEqualTo(List.of(Tokens.ISSUER));

        var vault = token(Map.of("audiences", List.of("vault")));
        var spec = Map.of("token", vault, "audiences", List.of("vault", "other"));
        assertThat(
                        Json.at(
                                admin.json(Call.with("POST", review, Map.of("spec", spec))),
                                "status",
                                "audiences"))
                .isEqualTo(List.of("vault"));
        var bad =
                admin.json(Call.with("POST", review, Map.of("spec", Map.of("token", "nonsense"))));
        assertThat(bad.get("status"))
                .isEqualTo(Map.of("user", Map.of(), "error", "invalid bearer token"));
    }

    private ApiClient robot() {
        return new InProcessApiClient(api, bearer(token(Map.of())).orElseThrow());
    }

    private Map<String, Object> ask(ApiClient client, String plural, Map<String, Object> spec) {
        return Json.object(
                client.json(Call.with("POST", REVIEWS + plural, Map.of("spec", spec))), "status");
    }

    @Test
    void tellsProgramsWhatTheyMay() {
        var robot = robot();
        var wish =
                Map.<String, Object>of(
                        "verb", "get", "resource", "configmaps", "namespace", "default");
        assertThat(ask(robot, "selfsubjectaccessreviews", Map.of("resourceAttributes", wish)))
                .containsEntry("allowed", false);
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: robot}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
                subjects: [{kind: ServiceAccount, name: robot, namespace: default}]
                """);

        assertThat(ask(robot, "selfsubjectaccessreviews", Map.of("resourceAttributes", wish)))
                .containsEntry("allowed", true)
                .containsEntry(
                        "reason",
                        "RBAC: allowed by RoleBinding \"robot/default\" of ClusterRole \"view\" to ServiceAccount \"robot/default\"");
        var rules = ask(robot, "selfsubjectrulesreviews", Map.of("namespace", "default"));
        assertThat(Json.text(rules.get("resourceRules")))
                .contains("configmaps")
                .contains("selfsubjectreviews");
        assertThat(Json.text(rules.get("nonResourceRules"))).contains("/apis/*");
        assertThat(rules).containsEntry("incomplete", false);
        assertThat(
                        ask(
                                admin,
                                "subjectaccessreviews",
                                Map.of("user", "jane", "resourceAttributes", wish)))
                .containsEntry("allowed", false);
        assertThat(
                        ask(
                                admin,
                                "subjectaccessreviews",
                                Map.of(
                                        "groups",
                                        List.of(User.MASTERS),
                                        "nonResourceAttributes",
                                        Map.of("verb", "get", "path", "/x"))))
                .containsEntry("allowed", true);
    }

    @Test
    void tellsTheNamespacesInWhichOneMayDoSomethingAndNoOthers() {
        var robot = robot();
        assertThat(namespaces(robot, "list", "configmaps")).isEmpty();
        var account = "kind: ServiceAccount, name: robot, namespace: default";
        bind("team-b", "developer", account);
        bind("team-a", "view", "kind: Group, name: 'system:serviceaccounts:default'");
        bind("closed", "view", "kind: User, name: jane");
        bind("elsewhere", "system:discovery", account);
        bind("broken", "none", account);

        assertThat(namespaces(robot, "list", "configmaps")).containsExactly("team-a", "team-b");
        assertThat(namespaces(robot, "create", "configmaps")).containsExactly("team-b");
        assertThat(namespaces(robot, "list", "nodes")).isEmpty();
        assertThat(namespacesReview(admin, "list", "configmaps"))
                .containsEntry("everywhere", true)
                .containsEntry("namespaces", List.of());
    }

    @Test
    void asksForAQuestionAboutAllNamespaces() {
        var spec = Map.of("resourceAttributes", Map.of("verb", "list", "namespace", "default"));
        var call = Call.with("POST", NAMESPACES, Map.of("spec", spec));
        try (var reply = admin.send(call)) {
            assertThat(reply.status()).isEqualTo(422);
            assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains(
                            "spec.resourceAttributes.resource: Required value",
                            "spec.resourceAttributes.namespace: Invalid value");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void bind(String namespace, String role, String subject) {
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: %s}}".formatted(namespace));
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: bound, namespace: %s}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: '%s'}
                subjects: [{%s}]
                """
                        .formatted(namespace, role, subject));
    }

    private List<Object> namespaces(ApiClient client, String verb, String resource) {
        return Json.list(namespacesReview(client, verb, resource), "namespaces");
    }

    private Map<String, Object> namespacesReview(ApiClient client, String verb, String resource) {
        var spec = Map.of("resourceAttributes", Map.of("verb", verb, "resource", resource));
        var review = client.json(Call.with("POST", NAMESPACES, Map.of("spec", spec)));
        return Json.object(review, "status");
    }

    @Test
    void asksForQuestionsThatCanBeAnswered() {
        var call =
                Call.with("POST", REVIEWS + "selfsubjectaccessreviews", Map.of("spec", Map.of()));
        try (var reply = admin.send(call)) {
            assertThat(reply.status()).isEqualTo(422);
            assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains(
                            ".authorization.k8s.io \\\"\\\" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        assertThat(
                        Json.at(
                                admin.json(Call.with("POST", WHOAMI, Map.of())),
                                "status",
                                "userInfo",
                                "username"))
                .isEqualTo("admin");
    }

    @Test
    void tellsInKubernetesWordsWhatSomebodyMayNot() {
        try (var reply = robot().send(Call.get("/api/v1/namespaces/default/configmaps"))) {
            assertThat(reply.status()).isEqualTo(403);
            var status = Json.readObject(reply.body().readAllBytes());
            assertThat(status.get("message"))
                    .isEqualTo(
                            "configmaps is forbidden: User \"system:serviceaccount:default:robot\" cannot list resource \"configmaps\" in API group \"\" in the namespace \"default\"");
            assertThat(status.get("details")).isEqualTo(Map.of("kind", "configmaps"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void listsTheOneObjectThatSomebodyMayRead() {
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: one}
                rules: [{verbs: [list], apiGroups: [''], resources: [configmaps], resourceNames: [web]}]
                """);
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: one}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: one}
                subjects: [{kind: ServiceAccount, name: robot, namespace: default}]
                """);
        var maps = "/api/v1/namespaces/default/configmaps?fieldSelector=";

        assertThat(status(maps + "metadata.name%3Dweb")).isEqualTo(200);
        assertThat(status(maps + "metadata.name%3Dother")).isEqualTo(403);
        assertThat(status(maps + "metadata.name!%3Dweb")).isEqualTo(403);
        assertThat(status(maps + "metadata.namespace%3Da%5C,metadata.name%3Dweb")).isEqualTo(403);
    }

    private int status(String path) {
        try (var reply = robot().send(Call.get(path))) {
            return reply.status();
        }
    }
}
