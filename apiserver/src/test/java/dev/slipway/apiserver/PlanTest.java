package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.ApiClient.Reply;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Plans, as any client asks for them.
class PlanTest {
    private static final String PLANS = "/apis/slipway.dev/v1alpha1/plans";
    private static final String AS_PLAN = "application/json;as=Plan;v=v1alpha1;g=slipway.dev";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private World world;
    private InProcessApiClient client;

    @BeforeEach
    void start() {
        world = World.of();
        client = TestApi.over(world).withPlans().client();
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: web}, data: {key: old, gone: x}}");
        world.settle();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void answersADryRunWithAPlanWhereOneIsWanted() {
        var before = world.store().state().revision();
        var plan =
                tree(
                        Call.with(
                                        "PATCH",
                                        MAPS + "/web?dryRun=All",
                                        Map.of("data", Map.of("key", "new")))
                                .header("Content-Type", "application/merge-patch+json")
                                .header("Accept", AS_PLAN));
        assertThat(plan.get("kind")).isEqualTo("Plan");
        assertThat(plan.get("summary")).isEqualTo("1 changed");
        assertThat(plan.get("revision")).isEqualTo(before);
        assertThat(Json.at(first(plan), "operation")).isEqualTo("changed");
        assertThat(Json.at(first(plan), "differences").toString())
                .contains("data.key", "old", "new");
        assertThat(world.store().state().revision()).isEqualTo(before);
    }

    @Test
    void refusesAPlanOfWhatIsNoDryRun() {
        try (var reply =
                client.send(
                        Call.with("POST", MAPS, Map.of("kind", "ConfigMap"))
                                .header("Accept", AS_PLAN))) {
            assertThat(reply.status()).isEqualTo(400);
        }
        assertThat(world.find("v1", "ConfigMap", "default", "x")).isEmpty();
    }

    @Test
    void plansSeveralObjectsTogetherWhateverTheirOrder() {
        var before = world.store().state().revision();
        var plan =
                post(
                        """
                        spec:
                          namespace: late
                          objects:
                            - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
                            - {apiVersion: v1, kind: Namespace, metadata: {name: late}}
                            - {apiVersion: v1, kind: Nonsense, metadata: {name: b}}
                          deletions:
                            - {apiVersion: v1, kind: ConfigMap, namespace: default, name: web}
                        """);
        assertThat(plan.get("summary").toString()).contains("created", "1 deleted; 1 refused");
        assertThat(Json.list(plan, "items").toString()).contains("name=a", "name=late");
        assertThat(Json.list(plan, "refused"))
                .singleElement()
                .satisfies(refused -> {
                    assertThat(Json.at(refused, "proposal")).isEqualTo(2L);
                    assertThat(Json.at(refused, "message").toString()).contains("Nonsense");
                });
        assertThat(plan.get("complete")).isEqualTo(true);
        assertThat(world.store().state().revision()).isEqualTo(before);
    }

    @Test
    void tellsWhatGoesAlongWithWhatIsDeletedAsTheDeletionSays() {
        var uid = world.find("v1", "ConfigMap", "default", "web").orElseThrow().uid();
        world.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: owned
                  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: web, uid: %s}]
                """
                        .formatted(uid));
        var plan = post(deletion("Foreground"));
        assertThat(plan.get("summary")).isEqualTo("2 deleted");
        assertThat(Json.list(plan, "items").getLast())
                .satisfies(one -> assertThat(Json.at(one, "name")).isEqualTo("owned"))
                .satisfies(one -> assertThat(Json.at(one, "owner", "name")).isEqualTo("web"));
        assertThat(post(deletion("Orphan")).get("summary")).isEqualTo("1 changed, 1 deleted");
        try (var reply =
                client.send(Call.with("POST", PLANS, tree("kind: Plan\n" + deletion("Never"))))) {
            assertThat(reply.status()).isEqualTo(422);
        }
    }

    @Test
    void tellsThatWhatShallGoIsGoingAlready() {
        world.merge("v1", "ConfigMap", "default", "web", "metadata: {finalizers: [ex.io/hold]}");
        world.delete("v1", "ConfigMap", "default", "web");
        var plan = post(deletion("Background"));
        assertThat(plan.get("summary")).isEqualTo("nothing would change");
        assertThat(plan.get("warnings"))
                .isEqualTo(
                        List.of(
                                "ConfigMap web is being deleted already, and waits for ex.io/hold"));
    }

    private static String deletion(String policy) {
        return "spec: {deletions: [{apiVersion: v1, kind: ConfigMap, namespace: default, name: web, propagationPolicy: %s}]}"
                .formatted(policy);
    }

    @Test
    void hidesWhatIsConfidential() {
        var plan =
                post(
                        """
                        spec:
                          objects:
                            - {apiVersion: v1, kind: Secret, metadata: {name: s, namespace: default}, stringData: {a: swordfish}}
                        """);
        assertThat(plan.get("summary")).isEqualTo("1 created");
        assertThat(plan.toString()).doesNotContain("swordfish").doesNotContain("c3dvcmRmaXNo");
    }

    @Test
    void countsWhatGoesAlongAndItsReaderMayNotSee() {
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
        world.apply(
                "{apiVersion: v1, kind: Secret, metadata: {name: treasure, namespace: team}, type: Opaque}");
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: plain, namespace: team}}");
        world.settle();
        var all = tree(namespaceDeletion());
        assertThat(all.toString()).contains("treasure", "plain");
        assertThat(all.get("hidden")).isEqualTo(0L);

        client = seeing("namespaces", "configmaps");
        var some = tree(namespaceDeletion());
        assertThat(some.toString()).contains("plain").doesNotContain("treasure", "Secret");
        assertThat(some.get("hidden")).isEqualTo(hiddenOf(all, "ConfigMap"));
        assertThat(some.get("summary")).isEqualTo(all.get("summary"));

        client = seeing("namespaces");
        assertThat(tree(namespaceDeletion()).toString())
                .contains("name=team")
                .doesNotContain("treasure", "plain", "ConfigMap");
    }

    /// How many of the objects that are told are neither the namespace nor of a kind.
    private static long hiddenOf(Map<String, Object> plan, String kind) {
        return Json.list(plan, "items").stream()
                .filter(one -> !List.of("Namespace", kind).contains(Json.at(one, "kind")))
                .count();
    }

    private static Call namespaceDeletion() {
        return Call.with("DELETE", "/api/v1/namespaces/team?dryRun=All", Map.of())
                .header("Accept", AS_PLAN);
    }

    /// Asked as somebody who may do everything with some kinds, and nothing with others.
    private InProcessApiClient seeing(String... plurals) {
        return TestApi.over(world)
                .withPlans()
                .authorizer((_, wish) ->
                        wish instanceof Wish.OnResource on
                                        && List.of(plurals).contains(on.resource())
                                ? new Decision.Allowed("")
                                : new Decision.Refused(""))
                .client();
    }

    @Test
    void plansAsWhoeverAppliesTheFile() {
        apply("kubectl", "{first: a, second: b}");
        var plan =
                post(
                        """
                        spec:
                          objects:
                            - {apiVersion: v1, kind: ConfigMap, metadata: {name: file, namespace: default}, data: {first: c}}
                        """);
        assertThat(Json.list(plan, "refused")).isEmpty();
        assertThat(Json.at(first(plan), "differences").toString())
                .contains("data.first", "data.second");

        apply("slipway-cli", "{third: c}");
        plan =
                post(
                        """
                        spec:
                          objects:
                            - {apiVersion: v1, kind: ConfigMap, metadata: {name: file, namespace: default}, data: {first: c}}
                        """);
        assertThat(plan.get("summary")).isEqualTo("1 refused");
        assertThat(Json.list(plan, "refused").toString()).contains("conflict with", "kubectl");
    }

    private void apply(String manager, String data) {
        var call =
                Call.with(
                                "PATCH",
                                MAPS + "/file?fieldManager=" + manager,
                                tree(
                                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: file}, data: %s}"
                                                .formatted(data)))
                        .header("Content-Type", "application/apply-patch+yaml");
        try (var reply = client.send(call)) {
            assertThat(reply.ok()).isTrue();
        }
    }

    @Test
    void refusesAQuestionAboutNothing() {
        try (var reply =
                client.send(Call.with("POST", PLANS, tree("{kind: Plan, spec: {objects: []}}")))) {
            assertThat(reply.status()).isEqualTo(422);
        }
    }

    private Map<String, Object> post(String yaml) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "slipway.dev/v1alpha1");
        tree.put("kind", "Plan");
        tree.putAll(tree(yaml));
        return tree(Call.with("POST", PLANS, tree));
    }

    private static Map<String, Object> tree(String yaml) {
        return Json.cast((Map<?, ?>) Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private Map<String, Object> tree(Call call) {
        try (Reply reply = client.send(call)) {
            var body = Json.readObject(reply.body().readAllBytes());
            assertThat(reply.status()).as(body.toString()).isEqualTo(200);
            return body;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Object first(Map<String, Object> plan) {
        List<Object> items = Json.list(plan, "items");
        return items.getFirst();
    }
}
