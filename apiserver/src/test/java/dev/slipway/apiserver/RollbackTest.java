package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.access.Identities;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Undoing, as any client asks for it.
class RollbackTest {
    private static final String PATH = "/apis/slipway.dev/v1alpha1/rollbacks";

    private World world;
    private InProcessApiClient client;

    @BeforeEach
    void start() {
        world = World.of();
        client = client(Authorizer.mastersOnly(), Identities.ADMIN);
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private InProcessApiClient client(Authorizer authorizer, Identity who) {
        return TestApi.over(world).authorizer(authorizer).client(who);
    }

    // ---- what happens before

    private long now() {
        return world.resources().state().revision();
    }

    private long map(String name, String value) {
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {key: \"%s\"}}"
                        .formatted(name, value));
        return now();
    }

    /// Writes a config map as somebody who says why, or because of revisions.
    private long because(String name, String value, String note, Long... causes) {
        var served = world.served("v1", "ConfigMap");
        var options =
                new WriteOptions(
                        new Attribution("joe", List.of(causes), note),
                        "joe",
                        false,
                        Strictness.STRICT);
        Map<String, Object> tree =
                Json.readObject(
                        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"},\"data\":{\"key\":\"%s\"}}"
                                .formatted(name, value));
        if (find(name).isPresent()) {
            world.resources().update(served, "default", name, "", tree, options);
        } else {
            world.resources().create(served, "default", tree, options);
        }
        return now();
    }

    private Optional<Resource> find(String name) {
        return world.find("v1", "ConfigMap", "default", name);
    }

    private Object value(String name) {
        return find(name).map(one -> one.at("data", "key")).orElse("");
    }

    // ---- rolling back

    private Map<String, Object> object(String name, Object to, boolean children) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put(
                "object",
                Map.of(
                        "apiVersion", "v1",
                        "kind", "ConfigMap",
                        "namespace", "default",
                        "name", name));
        spec.put("to", to);
        spec.put("withChildren", children);
        return spec;
    }

    private static Call call(Map<String, Object> spec, String query) {
        return Call.with(
                "POST",
                PATH + query,
                Map.of("apiVersion", "slipway.dev/v1alpha1", "kind", "Rollback", "spec", spec));
    }

    private Map<String, Object> rollback(Map<String, Object> spec) {
        return client.json(call(spec, ""));
    }

    private String refusal(Map<String, Object> spec, int status) {
        try (var reply = client.send(call(spec, ""))) {
            var body = Json.readObject(reply.body().readAllBytes());
            assertThat(reply.status()).as(Json.text(body)).isEqualTo(status);
            return Json.string(body, "message");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> writes(Map<String, Object> plan) {
        return Json.list(plan, "writes").stream()
                .map(write -> Json.at(write, "operation") + " " + Json.at(write, "name"))
                .toList();
    }

    @Test
    void bringsAnObjectBackToWhatItWas() {
        var first = map("web", "1");
        map("web", "2");
        world.merge("v1", "ConfigMap", "default", "web", "{metadata: {labels: {a: b}}}");
        var before = find("web").orElseThrow();

        var plan = rollback(object("web", first, false));

        assertThat(writes(plan)).containsExactly("update web");
        assertThat(value("web")).isEqualTo("1");
        assertThat(find("web").orElseThrow().labels()).isEmpty();
        assertThat(find("web").orElseThrow().uid()).isEqualTo(before.uid());
        var newest = world.store().revision(now()).orElseThrow();
        assertThat(newest.attribution().note()).isEqualTo("rollback to " + first);
        assertThat(newest.attribution().actor()).isEqualTo(Identities.ADMIN.user());
        assertThat(Json.at(Json.list(plan, "writes").getFirst(), "revision")).isEqualTo(now());
        assertThat(Json.string(rollback(object("web", first, false)), "summary"))
                .isEqualTo("nothing to do: everything is as it was");
    }

    @Test
    void keepsWhatTellsOfThePresent() {
        var first = map("web", "1");
        world.merge(
                "v1",
                "ConfigMap",
                "default",
                "web",
                "{metadata: {finalizers: [acme.dev/x], annotations: {slipway.dev/inventory: '[]', mine: x}}, data: {key: '2'}}");

        rollback(object("web", Long.toString(first), false));

        var web = find("web").orElseThrow();
        assertThat(value("web")).isEqualTo("1");
        assertThat(web.finalizers()).containsExactly("acme.dev/x");
        assertThat(web.annotations()).containsOnlyKeys("slipway.dev/inventory");
    }

    @Test
    void makesAgainWhatWasDeletedAndDeletesWhatWasNotThere() {
        var before = now();
        var first = map("web", "1");
        var uid = find("web").orElseThrow().uid();
        world.delete("v1", "ConfigMap", "default", "web");

        assertThat(writes(rollback(object("web", first, false)))).containsExactly("create web");
        assertThat(value("web")).isEqualTo("1");
        assertThat(find("web").orElseThrow().uid()).isNotEqualTo(uid);

        assertThat(writes(rollback(object("web", before, false)))).containsExactly("delete web");
        assertThat(find("web")).isEmpty();
    }

    @Test
    void showsThePlanAndWritesNothingInADryRun() {
        var first = map("web", "1");
        var last = map("web", "2");

        var plan = client.json(call(object("web", first, false), "?dryRun=All"));

        assertThat(Json.text(plan.get("writes")))
                .contains(
                        "\"undoes\":[" + last + "]",
                        "{\"path\":\"data.key\",\"before\":\"2\",\"after\":\"1\"}")
                .doesNotContain("\"revision\"");
        assertThat(plan).containsEntry("dryRun", true);
        assertThat(now()).isEqualTo(last);
    }

    @Test
    void takesChildrenAlongIfWanted() {
        map("owner", "1");
        child("a", "1");
        child("b", "1");
        var then = now();
        map("owner", "2");
        child("a", "2");
        child("c", "2");
        world.delete("v1", "ConfigMap", "default", "b");

        var plan = rollback(object("owner", then, true));

        assertThat(writes(plan))
                .containsExactlyInAnyOrder("update owner", "update a", "create b", "delete c");
        assertThat(value("owner")).isEqualTo("1");
        assertThat(value("a")).isEqualTo("1");
        assertThat(value("b")).isEqualTo("1");
        assertThat(find("c")).isEmpty();
        var revisions = world.store().log(then, 100);
        assertThat(revisions.getLast().batch()).isEqualTo(now() - 3);
    }

    @Test
    void makesAFamilyAgainWithItsNewOwner() {
        map("owner", "1");
        child("a", "1");
        var then = now();
        world.delete("v1", "ConfigMap", "default", "owner");
        world.settle();
        assertThat(find("a")).isEmpty();

        assertThat(writes(rollback(object("owner", then, true))))
                .containsExactly("create owner", "create a");
        world.settle();
        assertThat(find("a").orElseThrow().owners())
                .singleElement()
                .satisfies(owner ->
                        assertThat(owner.uid()).isEqualTo(find("owner").orElseThrow().uid()));
    }

    private void child(String name, String value) {
        world.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: %s
                  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]
                data: {key: "%s"}
                """
                        .formatted(name, find("owner").orElseThrow().uid(), value));
    }

    @Test
    void refusesToTakeAwayWhatOthersDependOn() {
        var before = now();
        map("owner", "1");
        child("a", "1");

        assertThat(refusal(object("owner", before, false), 409))
                .isEqualTo(
                        "rollback to %d is refused: configmaps default/owner owns configmaps default/a (revision %d), which would go with it (with children, they are rolled back together)"
                                .formatted(before, now()));
        assertThat(writes(rollback(object("owner", before, true))))
                .containsExactlyInAnyOrder("delete a", "delete owner");
    }

    @Test
    void undoesARevisionAndAllThatItLedTo() {
        map("a", "1");
        map("b", "1");
        var cause = because("a", "2", "");
        var effect = because("b", "2", "", cause);
        because("c", "2", "", effect);
        map("other", "9");

        var plan = rollback(Map.of("cause", cause));

        assertThat(writes(plan)).containsExactlyInAnyOrder("update a", "update b", "delete c");
        assertThat(value("a")).isEqualTo("1");
        assertThat(value("b")).isEqualTo("1");
        assertThat(find("c")).isEmpty();
        assertThat(value("other")).isEqualTo("9");
        assertThat(world.store().revision(now()).orElseThrow().attribution().note())
                .isEqualTo("rollback of " + cause);
        assertThat(writes(rollback(Map.of("cause", cause)))).isEmpty();
    }

    @Test
    void makesAgainWhatACauseTookAway() {
        map("a", "1");
        var served = world.served("v1", "ConfigMap");
        var options =
                new WriteOptions(
                        new Attribution("joe", List.of(), "tidy up"),
                        "joe",
                        false,
                        Strictness.STRICT);
        world.resources()
                .delete(
                        served,
                        "default",
                        "a",
                        dev.slipway.kernel.resources.DeleteOptions.BACKGROUND,
                        options);

        assertThat(writes(rollback(Map.of("cause", "tidy up")))).containsExactly("create a");
        assertThat(value("a")).isEqualTo("1");
        assertThat(writes(rollback(Map.of("cause", "tidy up")))).isEmpty();
    }

    @Test
    void makesOwnersBeforeWhatTheyOwn() {
        map("zebra", "1");
        map("owner", "1");
        child("a", "1");
        map("owner", "2");
        var then = now();
        world.delete("v1", "ConfigMap", "default", "owner");
        world.settle();

        assertThat(writes(rollback(object("owner", then, true))))
                .containsExactly("create owner", "create a");
        assertThat(find("a").orElseThrow().owners()).hasSize(1);
    }

    @Test
    void undoesAllThatWasDoneForOneReason() {
        map("a", "1");
        because("a", "2", "release 7");
        because("a", "3", "release 7");
        because("b", "3", "release 7");

        var plan = rollback(Map.of("cause", "release 7"));

        assertThat(writes(plan)).containsExactly("update a", "delete b");
        assertThat(value("a")).isEqualTo("1");
        assertThat(find("b")).isEmpty();
    }

    @Test
    void tellsANumberThatWasNotedFromARevision() {
        var first = map("a", "1");
        because("b", "1", Long.toString(first));

        assertThat(refusal(Map.of("cause", first, "noted", first), 422))
                .contains("spec: Required value: either object and to, or cause, or noted");
        assertThat(writes(rollback(Map.of("noted", Long.toString(first)))))
                .containsExactly("delete b");
        assertThat(writes(rollback(Map.of("cause", Long.toString(first)))))
                .containsExactly("delete a");
    }

    @Test
    void refusesToUndoWhatOthersHaveChangedSince() {
        map("a", "1");
        var cause = because("a", "2", "release 7");
        var later = because("a", "3", "");

        assertThat(refusal(Map.of("cause", "release 7"), 409))
                .isEqualTo(
                        "rollback of \"release 7\" is refused: configmaps default/a was updated later by joe, in revision "
                                + later);
        assertThat(refusal(Map.of("cause", cause), 409)).contains("in revision " + later);
        assertThat(value("a")).isEqualTo("3");
    }

    @Test
    void refusesToUndoWhatAControllerWouldDoAgain() {
        map("a", "1");
        map("b", "1");
        var then = now();
        var cause = because("a", "2", "");
        var effect = because("b", "2", "", cause);

        assertThat(refusal(object("b", then, false), 409))
                .isEqualTo(
                        "rollback to %d is refused: configmaps default/b was updated in revision %d because of configmaps default/a in revision %d, which stays, and joe would do it again: roll that back first"
                                .formatted(then, effect, cause));
        assertThat(refusal(Map.of("cause", effect), 409)).contains("roll that back first");
        assertThat(value("b")).isEqualTo("2");
    }

    @Test
    void undoesWhatWasCausedBySomethingThatIsGone() {
        map("a", "1");
        map("b", "1");
        var then = now();
        because("b", "2", "", because("a", "2", ""));
        world.delete("v1", "ConfigMap", "default", "a");

        assertThat(writes(rollback(object("b", then, false)))).containsExactly("update b");
    }

    @Test
    void saysWhichRevisionToGoBackToWhereTheAnswerToAnotherWouldBeLost() {
        map("owner", "1");
        child("a", "1");
        var then = because("owner", "2", "");
        world.resources()
                .patch(
                        world.served("v1", "ConfigMap"),
                        "default",
                        "a",
                        "",
                        new Patch.Merge(Map.of("data", Map.of("key", "2"))),
                        WriteOptions.controller("slipway-x", List.of(then)));

        assertThat(refusal(object("owner", then, true), 409))
                .endsWith(
                        "and slipway-x would do it again: go back to %d or later".formatted(now()));
    }

    @Test
    void refusesToTakeAwayANamespaceThatIsLivedIn() {
        var before = now();
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: web, namespace: team}}");
        Map<String, Object> spec =
                Map.of(
                        "object",
                        Map.of("apiVersion", "v1", "kind", "Namespace", "name", "team"),
                        "to",
                        before);

        assertThat(refusal(spec, 409))
                .contains("namespaces team is where", "configmaps team/web (revision");
    }

    @Test
    void saysWhatIsInTheWayOfComingBack() {
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: web, namespace: team}}");
        var then = now();
        world.delete("v1", "Namespace", "", "team");
        world.settle();
        Map<String, Object> spec =
                Map.of(
                        "object",
                        Map.of(
                                "apiVersion", "v1",
                                "kind", "ConfigMap",
                                "namespace", "team",
                                "name", "web"),
                        "to",
                        then);

        assertThat(refusal(spec, 409))
                .endsWith("configmaps team/web was in namespace team, which is gone");
    }

    @Test
    void admitsWhatComesBackLikeAnyOtherWrite() {
        world.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: s}
                immutable: false
                stringData: {p: hunter1}
                """);
        var then = now();
        world.merge("v1", "Secret", "default", "s", "{stringData: {p: hunter2}, immutable: true}");
        Map<String, Object> spec =
                Map.of(
                        "object",
                        Map.of(
                                "apiVersion", "v1",
                                "kind", "Secret",
                                "namespace", "default",
                                "name", "s"),
                        "to",
                        then);

        assertThat(refusal(spec, 422)).contains("immutable").doesNotContain("hunter");
    }

    @Test
    void saysThatADeletedSecretCannotComeBack() {
        world.apply(
                "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {p: hunter1}}");
        var then = now();
        world.delete("v1", "Secret", "default", "s");
        var deletion = now();
        Map<String, Object> secret =
                Map.of("apiVersion", "v1", "kind", "Secret", "namespace", "default", "name", "s");
        var gone =
                "secrets default/s as of revision %d cannot be read any more: its content was destroyed when it was deleted, in revision %d at "
                        .formatted(then, deletion);

        assertThat(refusal(Map.of("object", secret, "to", then), 410)).startsWith(gone);
        assertThat(refusal(Map.of("cause", deletion), 410))
                .startsWith(
                        "rollback of %d needs what secrets default/s was before revision %d: %s"
                                .formatted(deletion, deletion, gone));
    }

    @Test
    void needsTheRightsOfEachWrite() {
        var first = map("web", "1");
        map("web", "2");
        Authorizer noUpdates =
                (_, wish) ->
                        wish instanceof Wish.OnResource on && on.verb().equals("update")
                                ? new Decision.Refused("")
                                : new Decision.Allowed("");
        var reader = client(noUpdates, new Identity("joe", List.of(), ""));

        try (var reply = reader.send(call(object("web", first, false), ""))) {
            assertThat(reply.status()).isEqualTo(403);
        }
        assertThat(value("web")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422 | spec: Required value: either object and to, or cause",
                "{\"cause\":\"1\",\"object\":{}} | 422 | spec: Required value: either object and to, or cause",
                "{\"cause\":999999} | 400 | revision 999999 does not exist yet",
                "{\"cause\":0} | 404 | there is no revision 0",
                "{\"cause\":\"nobody said this\"} | 404 | no revision since 1 was made because of \"nobody said this\"",
                "{\"cause\":[1]} | 422 | spec.cause: Invalid value",
                "{\"object\":{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"namespace\":\"default\",\"name\":\"none\"},\"to\":1} | 404 | configmaps \"none\" not found",
                "{\"object\":{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"namespace\":\"default\",\"name\":\"none\"}} | 422 | spec.to: Required value",
                "{\"object\":{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"none\"},\"to\":1} | 422 | spec.object.namespace: Required value",
                "{\"object\":{\"apiVersion\":\"v2\",\"kind\":\"ConfigMap\",\"name\":\"none\"},\"to\":1} | 422 | spec.object.kind: Invalid value: \"ConfigMap\": no such kind is served in \"v2\"",
                "{\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"name\":\"default\"},\"to\":\"soon\"} | 400 | spec.to: Invalid value: \"soon\"",
            })
    void saysWhatIsWrongWithARollback(String spec, int status, String why) {
        assertThat(refusal(Json.readObject(spec), status)).contains(why);
    }
}
