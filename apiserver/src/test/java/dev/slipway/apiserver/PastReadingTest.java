package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.apiserver.access.Identities;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.web.Identity;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.User;
import dev.slipway.testkit.World;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What was, as any client reads it: `?asOf=`, revisions and reasons.
class PastReadingTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String WIDGET_CRD =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.acme.dev}
            spec:
              group: acme.dev
              scope: Namespaced
              names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        properties:
                          size: {type: integer}
                          password: {type: string, format: password}
            """;

    /// Of the same kind without anything confidential: its past outlives its objects.
    private static final String OPEN_CRD = WIDGET_CRD.replace(", format: password", "");

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

    /// Writes a config map and returns its revision.
    private String map(String name, String value) {
        return world.apply(
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: %s, namespace: default, labels: {tier: "t%s"}}
                        data: {key: "%s"}
                        """
                                .formatted(name, value, value))
                .object()
                .resourceVersion();
    }

    private Map<String, Object> get(String path) {
        return client.json(Call.get(path));
    }

    private Map<String, Object> problem(String path, int status) {
        return problem(Call.get(path), status);
    }

    private Map<String, Object> problem(Call call, int status) {
        try (var reply = client.send(call)) {
            var body = Json.readObject(reply.body().readAllBytes());
            assertThat(reply.status()).as(Json.text(body)).isEqualTo(status);
            return body;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<Object> names(Map<String, Object> list) {
        return Json.list(list, "items").stream()
                .map(item -> Json.at(item, "metadata", "name"))
                .toList();
    }

    @Test
    void getsAnObjectAsItWas() {
        var first = map("web", "1");
        map("web", "2");
        world.delete("v1", "ConfigMap", "default", "web");

        var web = get(MAPS + "/web?asOf=" + first);

        assertThat(Json.at(web, "data", "key")).isEqualTo("1");
        assertThat(Json.at(web, "metadata", "resourceVersion")).isEqualTo(first);
        problem(MAPS + "/web", 404);
        problem(MAPS + "/web?asOf=" + (Long.parseLong(first) - 1), 404);
        problem(MAPS + "/web?asOf=0", 404);
    }

    @Test
    void listsWhatThereWas() {
        map("a", "1");
        var then = map("b", "1");
        map("c", "2");
        map("a", "2");
        world.delete("v1", "ConfigMap", "default", "b");

        assertThat(names(get(MAPS + "?asOf=" + then))).containsExactly("a", "b");
        assertThat(names(get("/api/v1/configmaps?labelSelector=tier%3Dt1&asOf=" + then)))
                .containsExactly("a", "b");
        assertThat(names(get(MAPS + "?labelSelector=tier%3Dt2&asOf=" + then))).isEmpty();
        assertThat(names(get(MAPS + "?fieldSelector=metadata.name%3Db&asOf=" + then)))
                .containsExactly("b");
        assertThat(names(get(MAPS + "?asOf=0"))).isEmpty();
        assertThat(Json.at(get(MAPS + "?asOf=" + then), "metadata", "resourceVersion"))
                .isEqualTo(then);
    }

    @Test
    void tellsWhenTheLogBeginsToWhoAsksForATimeBefore() {
        var first = world.store().log(0, 1).getFirst();
        var time = first.time().minusSeconds(1);
        for (var path :
                List.of(
                        MAPS + "?asOf=" + time,
                        MAPS + "/web?asOf=" + time,
                        MAPS + "?diffFrom=" + time)) {
            assertThat(Json.string(problem(path, 410), "message"))
                    .contains(
                            "the log begins at %s, with revision %d"
                                    .formatted(first.time(), first.number()));
        }
    }

    @Test
    void pagesThroughWhatThereWas() {
        map("a", "1");
        map("b", "1");
        var then = map("c", "1");
        world.delete("v1", "ConfigMap", "default", "c");

        var first = get(MAPS + "?limit=2&asOf=" + then);
        var token = Json.string(Json.object(first, "metadata"), "continue");
        var second = get(MAPS + "?limit=2&asOf=" + then + "&continue=" + token);

        assertThat(names(first)).containsExactly("a", "b");
        assertThat(names(second)).containsExactly("c");
        assertThat(
                        names(
                                get(
                                        MAPS
                                                + "?resourceVersion="
                                                + then
                                                + "&resourceVersionMatch=NotOlderThan")))
                .containsExactly("a", "b");
    }

    @Test
    void printsTablesAndMetadataOfThePast() {
        var then = map("web", "1");
        world.delete("v1", "ConfigMap", "default", "web");
        var table = "application/json;as=Table;v=v1;g=meta.k8s.io";
        var metadata = "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io";

        var rows =
                client.json(Call.get(MAPS + "?asOf=" + then).header("Accept", table)).get("rows");
        var partial = client.json(Call.get(MAPS + "/web?asOf=" + then).header("Accept", metadata));

        assertThat(Json.text(rows)).contains("\"web\",1");
        assertThat(partial)
                .containsEntry("kind", "PartialObjectMetadata")
                .doesNotContainKey("data");
    }

    @Test
    void takesTimes() {
        map("web", "1");
        var time = Clock.systemUTC().instant();
        world.eventually(
                "time goes on", () -> Clock.systemUTC().instant().isAfter(time.plusMillis(2)));
        map("web", "2");

        assertThat(Json.at(get(MAPS + "/web?asOf=" + time), "data", "key")).isEqualTo("1");
        problem(MAPS + "/web?asOf=2001-01-01T00:00:00Z", 410);
        assertThat(problem(MAPS + "/web?asOf=2999-01-01T00:00:00Z", 400).get("message"))
                .asString()
                .startsWith(
                        "asOf: Invalid value: \"2999-01-01T00:00:00Z\": this time has not come yet");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | must be the number of a revision (71) or a time",
                "-1 | must be the number of a revision (71) or a time",
                "'' | must be the number of a revision (71) or a time",
                "2026-01-31 | must be the number of a revision (71) or a time",
                "999999999999 | this revision does not exist yet: the newest is",
                "9999999999999999999999 | must be the number",
            })
    void saysWhatIsWrongWithAMoment(String moment, String why) {
        assertThat(problem(MAPS + "/web?asOf=" + moment, 400).get("message"))
                .asString()
                .startsWith("asOf: Invalid value: ")
                .contains(why);
    }

    @Test
    void refusesAMomentWhereItMeansNothing() {
        var then = map("web", "1");

        assertThat(problem(MAPS + "?watch=1&asOf=" + then, 400).get("message"))
                .isEqualTo("asOf: Forbidden: may be given on get and list only, not on watch");
        assertThat(problem(MAPS + "?resourceVersion=1&asOf=" + then, 400).get("message"))
                .isEqualTo("resourceVersion: Forbidden: may not be given together with asOf");
        assertThat(
                        problem(
                                new Call(
                                        "DELETE",
                                        MAPS + "/web?asOf=" + then,
                                        Map.of(),
                                        new byte[0]),
                                400))
                .containsEntry(
                        "message",
                        "asOf: Forbidden: may be given on get and list only, not on delete");
        problem(MAPS + "/web/revisions?asOf=" + then, 400);
    }

    @Test
    void readsThePastOfAKindThatIsGone() {
        world.apply(OPEN_CRD);
        world.settle();
        world.apply(
                "{apiVersion: acme.dev/v1, kind: Widget, metadata: {name: one}, spec: {size: 1}}");
        var then = world.resources().state().revision();
        world.delete("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "widgets.acme.dev");
        world.settle();
        var path = "/apis/acme.dev/v1/namespaces/default/widgets";

        assertThat(names(get(path + "?asOf=" + then))).containsExactly("one");
        assertThat(Json.at(get(path + "/one?asOf=" + then), "spec", "size")).isEqualTo(1L);
        assertThat(Json.list(get(path + "/one/revisions"), "items")).isNotEmpty();
        try (var reply = client.send(Call.get(path))) {
            assertThat(reply.status()).isEqualTo(404);
        }
    }

    @Test
    void showsBodiesOfAVersionThatIsGoneAsTheyWereStored() {
        world.apply(OPEN_CRD);
        world.settle();
        world.apply(
                "{apiVersion: acme.dev/v1, kind: Widget, metadata: {name: one}, spec: {size: 1}}");
        var then = world.resources().state().revision();
        world.delete("apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "widgets.acme.dev");
        world.settle();
        world.apply(OPEN_CRD.replace("name: v1", "name: v2"));
        world.settle();

        try (var reply =
                client.send(
                        Call.get("/apis/acme.dev/v2/namespaces/default/widgets?asOf=" + then))) {
            assertThat(reply.headers().get("warning"))
                    .contains("Widget one was stored as acme.dev/v1");
        }
        var list = get("/apis/acme.dev/v2/namespaces/default/widgets?asOf=" + then);
        assertThat(Json.at(Json.list(list, "items").getFirst(), "apiVersion"))
                .isEqualTo("acme.dev/v1");
    }

    @Test
    void asksForRightsEverywhereWhereTheNamespaceIsGone() {
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: web, namespace: team}}");
        var then = world.resources().state().revision();
        var team = client(PastReadingTest::teamOnly, new Identity("joe", List.of(), ""));
        var path = "/api/v1/namespaces/team/configmaps";
        assertThat(names(team.json(Call.get(path + "?asOf=" + then)))).contains("web");

        world.delete("v1", "Namespace", "", "team");
        world.settle();
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");

        for (var question :
                List.of(
                        "?asOf=" + then,
                        "?resourceVersionMatch=Exact&resourceVersion=" + then,
                        "?limit=5&resourceVersion=" + then,
                        "/web?asOf=" + then,
                        "/web/revisions",
                        "/web/why")) {
            try (var reply = team.send(Call.get(path + question))) {
                assertThat(reply.status()).as(question).isEqualTo(403);
            }
            assertThat(get(path + question)).isNotEmpty();
        }
        try (var reply = team.send(Call.get(path + "?watch=true&resourceVersion=" + then))) {
            assertThat(reply.status()).isEqualTo(410);
        }
        var now = world.resources().state().revision();
        for (var from : List.of(0L, now)) {
            try (var reply =
                    team.send(
                            Call.get(
                                    path
                                            + "?watch=true&timeoutSeconds=1&resourceVersion="
                                            + from))) {
                assertThat(reply.status()).as("from %d", from).isEqualTo(200);
            }
        }
    }

    private static Decision teamOnly(User who, Wish wish) {
        return wish instanceof Wish.OnResource on && on.namespace().equals("team")
                ? new Decision.Allowed("")
                : new Decision.Refused("");
    }

    @Test
    void tellsWhatHappenedInPages() {
        map("web", "1");
        map("web", "2");
        world.delete("v1", "ConfigMap", "default", "web");
        map("web", "3");

        var first = get(MAPS + "/web/revisions?limit=3");
        var token = Json.string(Json.object(first, "metadata"), "continue");
        var second = get(MAPS + "/web/revisions?limit=3&continue=" + token);

        assertThat(operations(first)).containsExactly("create", "delete", "update");
        assertThat(operations(second)).containsExactly("create");
        assertThat(Json.text(Json.at(Json.list(first, "items").get(2), "details")))
                .contains(
                        "{\"path\":\"data.key\",\"before\":\"1\",\"after\":\"2\"}",
                        "metadata.labels.tier");
        assertThat(second.get("compacted")).isEqualTo(false);
        problem(MAPS + "/none/revisions", 404);
        problem(MAPS + "/web/revisions?limit=x", 400);
        problem(MAPS + "/web/revisions?continue=x", 400);
    }

    private static List<Object> operations(Map<String, Object> list) {
        return Json.list(list, "items").stream().map(item -> Json.at(item, "operation")).toList();
    }

    @Test
    void neverTellsWhatIsConfidential() {
        var before = world.resources().state().revision();
        world.apply(
                "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {p: hunter1}}");
        world.apply(
                "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {p: hunter2}}");
        world.apply(WIDGET_CRD);
        world.settle();
        for (var password : List.of("hunter3", "hunter4")) {
            world.apply(
                    "{apiVersion: acme.dev/v1, kind: Widget, metadata: {name: one}, spec: {password: %s}}"
                            .formatted(password));
        }
        var secret = "/api/v1/namespaces/default/secrets/s";
        var widget = "/apis/acme.dev/v1/namespaces/default/widgets/one";

        for (var path :
                List.of(
                        secret + "/revisions",
                        secret + "/why?path=data.p",
                        secret + "?diffFrom=" + before,
                        widget + "/revisions",
                        widget + "/why?path=spec.password")) {
            assertThat(Json.text(get(path)))
                    .contains("(hidden)")
                    .doesNotContain("hunter")
                    .doesNotContain("aHVudGVy");
        }
    }

    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String DESTROYED = "slipway.dev/content-destroyed-at";

    /// Writes a secret and returns its revision.
    private String secret(String name, String value) {
        return world.apply(
                        """
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: %s, namespace: default, labels: {of: "%s"}}
                        stringData: {p: "%s"}
                        """
                                .formatted(name, name, value))
                .object()
                .resourceVersion();
    }

    @Test
    void listsWhatIsLeftOfSecretsThatAreGone() throws IOException {
        secret("gone", "hunter1");
        var then = secret("kept", "hunter2");
        world.delete("v1", "Secret", "default", "gone");

        try (var reply = client.send(Call.get(SECRETS + "?asOf=" + then))) {
            var list = Json.readObject(reply.body().readAllBytes());

            assertThat(names(list)).containsExactly("gone", "kept");
            var gone = Json.list(list, "items").getFirst();
            assertThat(Json.at(gone, "metadata", "annotations", DESTROYED))
                    .isInstanceOf(String.class);
            assertThat(Json.at(gone, "metadata", "labels", "of")).isEqualTo("gone");
            assertThat(Json.at(gone, "metadata", "deletionTimestamp")).isNull();
            assertThat(Json.at(gone, "data")).isNull();
            assertThat(Json.at(Json.list(list, "items").getLast(), "data", "p"))
                    .isEqualTo("aHVudGVyMg==");
            assertThat(reply.headers().get("warning"))
                    .contains("some of the secrets that were there (1) were deleted since");
        }
        assertThat(names(get(SECRETS + "?labelSelector=of%3Dgone&asOf=" + then)))
                .containsExactly("gone");
        try (var reply = client.send(Call.get("/api/v1/namespaces/other/secrets?asOf=" + then))) {
            assertThat(reply.headers()).doesNotContainKey("warning");
        }
        assertThat(Json.text(problem(SECRETS + "/gone?asOf=" + then, 410)))
                .contains("its content was destroyed when it was deleted, in revision ");
        var exact = "?resourceVersionMatch=Exact&resourceVersion=" + then;
        problem(SECRETS + exact, 410);
        assertThat(names(get("/api/v1/namespaces/other/secrets" + exact))).isEmpty();
    }

    @Test
    void comparesAsMuchAsIsKnownOfSecretsThatAreGone() {
        var first = secret("gone", "hunter1");
        var second = secret("gone", "hunter2");
        world.delete("v1", "Secret", "default", "gone");
        var third = secret("gone", "hunter3");

        for (var path : List.of(SECRETS, SECRETS + "/gone")) {
            var between = diff(path, first, second);
            assertThat(between.get("destroyed")).isInstanceOf(String.class);
            assertThat(Json.list(between, "differences")).isEmpty();
            var since = diff(path, second, third);
            assertThat(since.get("destroyed")).isEqualTo(between.get("destroyed"));
            assertThat(Json.list(since, "differences"))
                    .extracting(one -> Json.at(one, "path"))
                    .containsExactly("metadata.uid");
            var deleted = diff(path, first, Long.toString(Long.parseLong(third) - 1));
            assertThat(deleted).containsEntry("operation", "deleted").containsKey("destroyed");
            assertThat(Json.text(deleted)).doesNotContain("hunter").doesNotContain("aHVudGVy");
        }
    }

    private Map<String, Object> diff(String path, String from, String to) {
        var list = get(path + "?diffFrom=" + from + "&diffTo=" + to);
        return Json.cast((Map<?, ?>) Json.list(list, "items").getFirst());
    }

    @Test
    void saysThatItCannotKnowWhyADestroyedValueWas() {
        secret("gone", "hunter1");
        world.delete("v1", "Secret", "default", "gone");

        assertThat(problem(SECRETS + "/gone/why?path=data.p", 410).get("message").toString())
                .startsWith(
                        "data.p of secrets default/gone cannot be read any more: its content was destroyed");
        assertThat(Json.at(get(SECRETS + "/gone/why"), "setBy", "operation")).isEqualTo("delete");
        assertThat(Json.text(get(SECRETS + "/gone/revisions"))).contains("\"shredded\":true");
    }

    @Test
    void saysWhichWriteSetAValueAndWhy() {
        map("web", "1");
        var body = Map.<String, Object>of("data", Map.of("key", "2"));
        client.json(
                Call.with("PATCH", MAPS + "/web?fieldManager=pipeline", body)
                        .header("Content-Type", "application/merge-patch+json")
                        .header("Slipway-Cause", "commit abc"));
        world.merge("v1", "ConfigMap", "default", "web", "{metadata: {labels: {tier: x}}}");

        var why = get(MAPS + "/web/why?path=.data.key");

        assertThat(Json.at(why, "value")).isEqualTo("2");
        assertThat(Json.at(why, "setBy", "note")).isEqualTo("commit abc");
        assertThat(Json.at(why, "setBy", "actor")).isEqualTo(Identities.ADMIN.user());
        assertThat(why.get("managers")).isEqualTo(List.of("pipeline"));
        assertThat(problem(MAPS + "/web/why?path=.data.none", 404).get("message"))
                .isEqualTo(
                        "configmaps default/web has no data.none, and had none since it was created");
        problem(MAPS + "/web/why?path=.data[", 400);
    }

    @Test
    void comparesAnObjectAtTwoMoments() {
        var first = map("web", "1");
        var second = map("web", "2");
        world.delete("v1", "ConfigMap", "default", "web");

        var changed = get(MAPS + "/web?diffFrom=%s&diffTo=%s".formatted(first, second));
        var deleted = get(MAPS + "/web?diffFrom=" + second);
        var same = get(MAPS + "/web?diffFrom=%s&diffTo=%s".formatted(first, first));

        assertThat(Json.text(changed.get("items")))
                .contains(
                        "\"operation\":\"changed\"",
                        "{\"path\":\"data.key\",\"before\":\"1\",\"after\":\"2\"}")
                .doesNotContain("managedFields");
        assertThat(Json.text(deleted.get("items")))
                .contains("\"operation\":\"deleted\"", "{\"path\":\"\",\"before\":{");
        assertThat(Json.list(same, "items")).isEmpty();
        problem(MAPS + "/none?diffFrom=" + first, 404);
        problem(MAPS + "/web?diffTo=" + first, 400);
        problem(MAPS + "/web?diffFrom=x", 400);
        problem(new Call("DELETE", MAPS + "/web?diffFrom=1", Map.of(), new byte[0]), 405);
    }

    @Test
    void comparesAllThatASelectorMatchesThenOrNow() {
        map("same", "1");
        map("went", "1");
        var then = map("changed", "1");
        map("changed", "2");
        map("came", "1");
        map("other", "3");
        world.delete("v1", "ConfigMap", "default", "went");

        var list = get(MAPS + "?labelSelector=tier%3Dt1&diffFrom=" + then);

        assertThat(
                        Json.list(list, "items").stream()
                                .map(item ->
                                        Json.at(item, "name") + " " + Json.at(item, "operation")))
                .containsExactly("came created", "changed changed", "went deleted");
    }

    @Test
    void boundsWhatAClientSaysOfItsReason() {
        client.json(
                Call.with(
                                "POST",
                                MAPS,
                                Map.of(
                                        "apiVersion", "v1",
                                        "kind", "ConfigMap",
                                        "metadata", Map.of("name", "web")))
                        .header("Slipway-Cause", "x".repeat(10_000)));

        var note = Json.at(Json.list(get(MAPS + "/web/revisions"), "items").getFirst(), "note");

        assertThat(note).isEqualTo("x".repeat(WriteRequests.MAX_CAUSE));
    }
}
