package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.testkit.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lists, watches, tables and discovery, as any client sees them.
class ReadingTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final String METADATA =
            "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

    private World world;
    private InProcessApiClient client;

    @BeforeEach
    void start() {
        world = World.of();
        client = TestApi.over(world).client();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private void map(String name, String tier) {
        world.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: default, labels: {tier: %s}}
                data: {key: "1"}
                """
                        .formatted(name, tier));
    }

    private List<Object> names(Map<String, Object> list) {
        return Json.list(list, "items").stream()
                .map(item -> Json.at(item, "metadata", "name"))
                .toList();
    }

    private Map<String, Object> problem(Call call, int status) {
        try (var reply = client.send(call)) {
            assertThat(reply.status()).isEqualTo(status);
            return Json.readObject(reply.body().readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Map<String, Object>> events(String query, int count) throws IOException {
        try (var reply = client.send(Call.get(MAPS + query))) {
            var lines =
                    new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
            var events = new ArrayList<Map<String, Object>>();
            for (int i = 0; i < count; i++) {
                events.add(Json.readObject(lines.readLine()));
            }
            return events;
        }
    }

    @Test
    void selectsNumbersThatAreNotThereAsZero() {
        world.apply(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: j, namespace: default}
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: i}]}}}
                """);
        var jobs = "/apis/batch/v1/namespaces/default/jobs?fieldSelector=status.successful";

        assertThat(names(client.json(Call.get(jobs + "%3D0")))).containsExactly("j");
        assertThat(names(client.json(Call.get(jobs + "!%3D0")))).isEmpty();
        assertThat(names(client.json(Call.get(jobs + "%3D1")))).isEmpty();
    }

    @Test
    void listsInTheOrderOfNames() {
        map("b", "x");
        map("a", "x");

        var list = client.json(Call.get(MAPS));

        assertThat(list).containsEntry("kind", "ConfigMapList").containsEntry("apiVersion", "v1");
        assertThat(names(list)).containsExactly("a", "b");
        assertThat(Json.list(list, "items").getFirst())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .doesNotContainKeys("kind", "apiVersion");
    }

    @Test
    void listsNothingInANamespaceThatIsNotThere() {
        assertThat(names(client.json(Call.get("/api/v1/namespaces/none/configmaps")))).isEmpty();
    }

    @Test
    void selectsByLabelsAndFields() {
        map("web", "front");
        map("db", "back");

        assertThat(names(client.json(Call.get(MAPS + "?labelSelector=tier%3Dback"))))
                .containsExactly("db");
        assertThat(names(client.json(Call.get(MAPS + "?fieldSelector=metadata.name!%3Ddb"))))
                .containsExactly("web");
        assertThat(problem(Call.get(MAPS + "?fieldSelector=spec.x%3D1"), 400).get("message"))
                .asString()
                .contains("\"spec.x\" is not a known field selector");
    }

    @Test
    void pagesThroughOneRevision() {
        map("a", "x");
        map("b", "x");
        map("c", "x");

        var first = client.json(Call.get(MAPS + "?limit=2"));
        map("aa", "x");
        var token = Json.string(Json.object(first, "metadata"), "continue");
        var second = client.json(Call.get(MAPS + "?limit=2&continue=" + token));

        assertThat(names(first)).containsExactly("a", "b");
        assertThat(Json.at(first, "metadata", "remainingItemCount")).isEqualTo(1L);
        assertThat(names(second)).containsExactly("c");
        assertThat(Json.at(second, "metadata", "resourceVersion"))
                .isEqualTo(Json.at(first, "metadata", "resourceVersion"));
        assertThat(Json.object(second, "metadata")).doesNotContainKey("continue");
    }

    @Test
    void refusesATokenThatIsNone() {
        assertThat(problem(Call.get(MAPS + "?limit=1&continue=abc"), 400).get("message"))
                .asString()
                .startsWith("invalid continue token");
    }

    @Test
    void refusesARevisionThatIsNoNumber() {
        assertThat(problem(Call.get(MAPS + "?resourceVersion=x"), 400).get("message"))
                .asString()
                .startsWith("invalid resource version");
    }

    @Test
    void doesNotServeTheFuture() {
        var status = problem(Call.get(MAPS + "?resourceVersion=999999"), 504);

        assertThat(status.get("message")).asString().contains("Too large resource version: 999999");
        assertThat(Json.at(status, "details", "retryAfterSeconds")).isEqualTo(1L);
    }

    @Test
    void watchesFromARevision() throws IOException {
        map("before", "x");
        var revision = world.store().state().revision();
        map("after", "x");

        var events = events("?watch=true&resourceVersion=" + revision, 1);

        assertThat(Json.at(events.getFirst(), "object", "metadata", "name")).isEqualTo("after");
    }

    @Test
    void saysWhenWhatExistedIsSent() throws IOException {
        map("one", "x");

        var events =
                events(
                        "?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=tier%3Dx",
                        2);

        assertThat(events)
                .extracting(event -> event.get("type"))
                .containsExactly("ADDED", "BOOKMARK");
        assertThat(
                        Json.at(
                                events.get(1),
                                "object",
                                "metadata",
                                "annotations",
                                "k8s.io/initial-events-end"))
                .isEqualTo("true");
    }

    @Test
    void tellsOfADeletionWhatWasStoredLast() throws IOException {
        var revision = world.store().state().revision();
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: held, finalizers: [example.com/f]}}");
        map("free", "x");
        world.delete("v1", "ConfigMap", "default", "free");
        world.delete("v1", "ConfigMap", "default", "held");
        world.merge("v1", "ConfigMap", "default", "held", "{metadata: {finalizers: null}}");

        var gone =
                events("?watch=true&resourceVersion=" + revision, 5).stream()
                        .filter(event -> event.get("type").equals("DELETED"))
                        .map(event -> Json.object(Json.object(event, "object"), "metadata"))
                        .toList();

        assertThat(gone).extracting(one -> one.get("name")).containsExactly("free", "held");
        assertThat(gone.getFirst())
                .doesNotContainKeys("deletionTimestamp", "deletionGracePeriodSeconds");
        assertThat(gone.getLast())
                .containsKey("deletionTimestamp")
                .containsEntry("finalizers", List.of("example.com/f"));
    }

    @Test
    void tellsWhenSomethingBeginsAndCeasesToMatch() throws IOException {
        map("moving", "back");
        var revision = world.store().state().revision();
        map("moving", "front");
        map("moving", "back");

        var events =
                events("?watch=true&labelSelector=tier%3Dfront&resourceVersion=" + revision, 2);

        assertThat(events)
                .extracting(event -> event.get("type"))
                .containsExactly("ADDED", "DELETED");
        assertThat(Json.at(events.get(1), "object", "metadata", "labels", "tier"))
                .isEqualTo("front");
    }

    @Test
    void endsAWatchInTime() throws IOException {
        try (var reply = client.send(Call.get(MAPS + "?watch=true&timeoutSeconds=1"))) {
            assertThat(reply.body().readAllBytes()).isEmpty();
        }
    }

    @Test
    void answersTables() {
        map("web", "front");

        var table = client.json(Call.get(MAPS).header("Accept", TABLE));

        assertThat(table).containsEntry("kind", "Table");
        assertThat(Json.list(table, "columnDefinitions"))
                .extracting(column -> Json.at(column, "name"))
                .containsExactly("Name", "Data", "Age");
        var row = Json.list(table, "rows").getFirst();
        assertThat(Json.at(row, "cells")).isEqualTo(List.of("web", 1L, "0s"));
        assertThat(Json.at(row, "object", "kind")).isEqualTo("PartialObjectMetadata");
    }

    @Test
    void describesColumnsOnceInAWatch() throws IOException {
        map("one", "x");
        map("two", "x");
        try (var reply = client.send(Call.get(MAPS + "?watch=true").header("Accept", TABLE))) {
            var lines =
                    new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
            var first = Json.readObject(lines.readLine());
            var second = Json.readObject(lines.readLine());

            assertThat(Json.list(Json.object(first, "object"), "columnDefinitions")).isNotEmpty();
            assertThat(Json.list(Json.object(second, "object"), "columnDefinitions")).isEmpty();
        }
    }

    @Test
    void answersMetadataAlone() {
        map("web", "front");

        var list = client.json(Call.get(MAPS).header("Accept", METADATA));

        assertThat(list).containsEntry("kind", "PartialObjectMetadataList");
        assertThat(Json.list(list, "items").getFirst())
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsOnlyKeys("kind", "apiVersion", "metadata");
    }

    @Test
    void answersYaml() throws IOException {
        map("web", "front");
        try (var reply =
                client.send(Call.get(MAPS + "/web").header("Accept", "application/yaml"))) {
            var text = new String(reply.body().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(reply.headers()).containsEntry("content-type", "application/yaml");
            assertThat(text).contains("kind: ConfigMap\n", "  name: web\n");
        }
    }

    @Test
    void refusesWhatItCannotWrite() {
        assertThat(problem(Call.get(MAPS).header("Accept", "application/cbor"), 406).get("reason"))
                .isEqualTo("NotAcceptable");
    }

    @Test
    void saysThatNoContainerRuns() {
        assertThat(problem(Call.get("/api/v1/namespaces/default/pods/web/log"), 404).get("message"))
                .isEqualTo(
                        "pods/log is not served: pods are recorded or simulated here,"
                                + " no container of \"web\" runs");
        assertThat(problem(Call.get(MAPS + "/web/log"), 404).get("message"))
                .isEqualTo("the server could not find the requested resource");
    }

    @Test
    void tellsRoutesApartThatLeadNowhere() throws IOException {
        try (var reply = client.send(Call.get("/apis/none.example/v1/things"))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(new String(reply.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("404 page not found\n");
        }
        assertThat(problem(Call.get("/api/v1/things"), 404).get("message"))
                .isEqualTo("the server could not find the requested resource");
        assertThat(problem(Call.with("POST", "/api/v1/configmaps", Map.of()), 405).get("reason"))
                .isEqualTo("MethodNotAllowed");
        assertThat(problem(Call.with("DELETE", "/api/v1/namespaces", Map.of()), 405).get("reason"))
                .isEqualTo("MethodNotAllowed");
        assertThat(problem(Call.with("PUT", MAPS, Map.of()), 405).get("reason"))
                .isEqualTo("MethodNotAllowed");
    }

    @Test
    void scalesWhatHasReplicas() {
        world.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: default}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: web, image: nginx}]}
                """);
        var path = "/apis/apps/v1/namespaces/default/deployments/web";

        var scale = client.json(Call.get(path + "/scale"));
        var patch =
                Call.with("PATCH", path + "/scale", Map.of("spec", Map.of("replicas", 5L)))
                        .header("Content-Type", "application/merge-patch+json");
        client.json(patch);

        assertThat(scale)
                .containsEntry("kind", "Scale")
                .containsEntry("spec", Map.of("replicas", 2L));
        assertThat(Json.at(scale, "status", "selector")).isEqualTo("app=web");
        assertThat(client.get(path).at("spec", "replicas")).isEqualTo(5L);
        var negative =
                Call.with("PATCH", path + "/scale", Map.of("spec", Map.of("replicas", -1L)))
                        .header("Content-Type", "application/merge-patch+json");
        assertThat(problem(negative, 422).get("message")).asString().contains("spec.replicas");
    }

    @Test
    void tellsWhatHappenedToAnObject() {
        map("web", "front");
        map("web", "back");

        var revisions = Json.list(client.json(Call.get(MAPS + "/web/revisions")), "items");

        assertThat(revisions)
                .extracting(revision -> Json.at(revision, "operation"))
                .containsExactly("update", "create");
        assertThat(Json.at(revisions.getFirst(), "changes"))
                .isEqualTo(List.of("metadata.labels.tier"));
        assertThat(Json.at(revisions.getFirst(), "actor")).isEqualTo("tester");
    }

    @Test
    void tellsWhatAnObjectReliesOn() {
        map("owner", "x");
        var uid = client.get(MAPS + "/owner").uid();
        world.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: owned
                  namespace: default
                  ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]
                """
                        .formatted(uid));

        var relation =
                Json.list(client.json(Call.get(MAPS + "/owned/relations")), "items").getFirst();

        assertThat(Json.at(relation, "direction")).isEqualTo("out");
        assertThat(Json.at(relation, "exists")).isEqualTo(true);
        assertThat(Json.at(relation, "path")).isEqualTo(MAPS + "/owner");
    }

    @Test
    void warnsOfFieldsThatNobodyKnows() {
        var body = Map.of("metadata", Map.of("name", "odd"), "colour", "red");
        try (var reply = client.send(Call.with("POST", MAPS, body))) {
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.headers())
                    .containsEntry("warning", "299 - \"unknown field \\\"colour\\\"\"");
        }
        assertThat(
                        problem(Call.with("POST", MAPS + "?fieldValidation=Strict", body), 400)
                                .get("message"))
                .asString()
                .contains("unknown field \"colour\"");
    }

    @Test
    void storesNothingInADryRun() {
        var body = Map.of("metadata", Map.of("name", "dry"));

        client.json(Call.with("POST", MAPS + "?dryRun=All", body));

        assertThat(client.find(MAPS + "/dry")).isEmpty();
        assertThat(problem(Call.with("POST", MAPS + "?dryRun=Some", body), 422).get("message"))
                .asString()
                .contains("dryRun: Unsupported value");
    }

    @Test
    void deletesWhatASelectorNames() {
        map("a", "front");
        map("b", "back");

        var deleted =
                client.json(Call.with("DELETE", MAPS + "?labelSelector=tier%3Dback", Map.of()));

        assertThat(names(deleted)).containsExactly("b");
        assertThat(names(client.json(Call.get(MAPS)))).containsExactly("a");
    }

    @Test
    void listsWhatIsServed() {
        var aggregated =
                client.json(
                        Call.get("/apis")
                                .header(
                                        "Accept",
                                        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"));
        var plain = client.json(Call.get("/apis/apps/v1"));

        assertThat(aggregated).containsEntry("kind", "APIGroupDiscoveryList");
        assertThat(Json.list(aggregated, "items"))
                .extracting(group -> Json.at(group, "metadata", "name"))
                .contains("apps", "apiextensions.k8s.io");
        assertThat(Json.list(plain, "resources"))
                .extracting(resource -> Json.at(resource, "name"))
                .contains("deployments", "deployments/scale", "deployments/status");
    }

    @Test
    void sendsDiscoveryOnceToWhoKeepsIt() {
        var call =
                Call.get("/apis")
                        .header(
                                "Accept",
                                "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList");
        String tag;
        try (var reply = client.send(call)) {
            tag = reply.headers().get("etag");
        }
        try (var reply = client.send(call.header("If-None-Match", tag))) {
            assertThat(reply.status()).isEqualTo(304);
        }
    }

    @Test
    void describesKindsInOpenApi() throws IOException {
        var paths = Json.object(client.json(Call.get("/openapi/v3")), "paths");
        var url = Json.string(Json.object(paths, "apis/apps/v1"), "serverRelativeURL");

        var document = client.json(Call.get(url));

        assertThat(Json.object(document, "paths"))
                .containsKeys(
                        "/apis/apps/v1/namespaces/{namespace}/deployments/{name}",
                        "/apis/apps/v1/namespaces/{namespace}/deployments/{name}/scale");
        var spec =
                Json.at(
                        document,
                        "components",
                        "schemas",
                        "io.k8s.api.apps.v1.DeploymentSpec",
                        "properties");
        assertThat(Json.at(spec, "replicas", "type")).isEqualTo("integer");
        assertThat(Json.text(Json.at(spec, "template")))
                .contains("\"#/components/schemas/io.k8s.api.core.v1.PodTemplateSpec\"");
        try (var reply = client.send(Call.get("/openapi/v3/apis/apps/v1?hash=old"))) {
            assertThat(reply.status()).isEqualTo(301);
            assertThat(reply.headers()).containsEntry("location", url);
        }
    }
}
