package dev.slipway.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.kernel.model.Json;
import dev.slipway.testkit.TestClock;
import dev.slipway.testkit.World;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every form of `resourceVersion`, `resourceVersionMatch` and `continue`, as any client sees them.
class ReadingRevisionsTest {
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String CONTINUES_TOO_LATE =
            "The provided continue parameter is too old to display a consistent list result.";

    private World world;
    private ForgetfulStore store;
    private final TestClock clock = new TestClock();
    private InProcessApiClient client;

    @BeforeEach
    void start() {
        world = World.of();
        store = new ForgetfulStore(world.store());
        client = TestApi.over(world, clock).store(store).client();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private long map(String name, String value) {
        world.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, namespace: default}
                data: {key: "%s"}
                """
                        .formatted(name, value));
        return world.store().state().revision();
    }

    private Map<String, Object> list(String query) {
        return client.json(Call.get(MAPS + query));
    }

    private static List<String> names(Map<String, Object> list) {
        return Json.list(list, "items").stream()
                .map(item -> String.valueOf(Json.at(item, "metadata", "name")))
                .toList();
    }

    private static List<Object> values(Map<String, Object> list) {
        return Json.list(list, "items").stream().map(item -> Json.at(item, "data", "key")).toList();
    }

    private static String token(Map<String, Object> list) {
        return Json.string(Json.object(list, "metadata"), "continue");
    }

    private static String version(Map<String, Object> list) {
        return Json.string(Json.object(list, "metadata"), "resourceVersion");
    }

    private Map<String, Object> refused(String path, int status) {
        try (var reply = client.send(Call.get(path))) {
            assertThat(reply.status()).isEqualTo(status);
            return Json.readObject(reply.body().readAllBytes());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> told(String query, int count) throws IOException {
        try (var reply = client.send(Call.get(MAPS + query))) {
            var lines =
                    new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
            var events = new ArrayList<String>();
            for (int i = 0; i < count; i++) {
                var event = Json.readObject(lines.readLine());
                events.add(event.get("type") + " " + Json.at(event, "object", "metadata", "name"));
            }
            return events;
        }
    }

    private void clientRestarts() {
        clock.pass(Duration.ofHours(1));
    }

    @Test
    void listsTheNewestWhereNoRevisionIsNamedAndWhatIsAtHandForZero() {
        map("old", "1");
        store.lag();
        map("new", "1");

        assertThat(names(list(""))).containsExactly("new", "old");
        assertThat(names(list("?limit=5"))).containsExactly("new", "old");
        assertThat(names(list("?resourceVersion=0"))).containsExactly("old");
        assertThat(names(list("?resourceVersion=0&resourceVersionMatch=NotOlderThan")))
                .containsExactly("old");
    }

    @Test
    void getsTheNewestWhereNoRevisionIsNamed() {
        map("one", "1");
        store.lag();
        var revision = map("one", "2");

        assertThat(client.get(MAPS + "/one").at("data", "key")).isEqualTo("2");
        assertThat(client.get(MAPS + "/one?resourceVersion=0").at("data", "key")).isEqualTo("1");
        assertThat(client.get(MAPS + "/one?resourceVersion=" + revision).at("data", "key"))
                .isEqualTo("2");
    }

    @Test
    void listsNothingOlderThanARevision() {
        var revision = map("one", "1");
        map("two", "1");

        assertThat(names(list("?resourceVersion=" + revision))).containsExactly("one", "two");
        assertThat(
                        names(
                                list(
                                        "?limit=9&resourceVersionMatch=NotOlderThan&resourceVersion="
                                                + revision)))
                .containsExactly("one", "two");
    }

    @Test
    void listsExactlyWhatWas() {
        map("gone", "1");
        var revision = map("stays", "1");
        map("stays", "2");
        client.json(Call.with("DELETE", MAPS + "/gone", Map.of()));
        map("new", "1");

        var then = list("?resourceVersionMatch=Exact&resourceVersion=" + revision);

        assertThat(names(then)).containsExactly("gone", "stays");
        assertThat(values(then)).containsExactly("1", "1");
        assertThat(version(then)).isEqualTo(Long.toString(revision));
        assertThat(names(list("?limit=9&resourceVersion=" + revision)))
                .containsExactly("gone", "stays");
    }

    @Test
    void pagesThroughWhatWas() {
        Stream.of("a", "b", "c").forEach(name -> map(name, "1"));
        var revision = world.store().state().revision();
        map("a", "2");
        client.json(Call.with("DELETE", MAPS + "/c", Map.of()));

        var first = list("?limit=2&resourceVersionMatch=Exact&resourceVersion=" + revision);
        clientRestarts();
        var second = list("?limit=2&continue=" + token(first));

        assertThat(values(first)).containsExactly("1", "1");
        assertThat(Json.at(first, "metadata", "remainingItemCount")).isEqualTo(1L);
        assertThat(names(second)).containsExactly("c");
        assertThat(version(second)).isEqualTo(Long.toString(revision));
        assertThat(token(second)).isEmpty();
    }

    @Test
    void saysWhenARevisionWasCompacted() {
        var revision = map("one", "1");
        map("one", "2");
        store.forgetBefore(revision + 1);

        var status = refused(MAPS + "?resourceVersionMatch=Exact&resourceVersion=" + revision, 410);

        assertThat(status).containsEntry("reason", "Expired");
        assertThat(status.get("message"))
                .asString()
                .startsWith("The resourceVersion for the provided list is too old.")
                .contains(Long.toString(revision + 1));
    }

    @Test
    void goesOnAtTheNewestRevisionWhereTheFirstPagesIsGone() {
        Stream.of("a", "b", "c").forEach(name -> map(name, "1"));
        var first = list("?limit=1");
        map("bb", "1");
        clientRestarts();
        store.forgetBefore(Long.MAX_VALUE);

        var status = refused(MAPS + "?limit=9&continue=" + token(first), 410);
        var second = list("?limit=9&continue=" + token(status));

        assertThat(status).containsEntry("reason", "Expired");
        assertThat(status.get("message")).asString().startsWith(CONTINUES_TOO_LATE);
        assertThat(names(second)).containsExactly("b", "bb", "c");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ?resourceVersion=999999&resourceVersionMatch=Exact
                    /one?resourceVersion=999999
                    """)
    void doesNotServeTheFuture(String query) {
        map("one", "1");

        var status = refused(MAPS + query, 504);

        assertThat(status.get("message"))
                .isEqualTo(
                        "Timeout: Too large resource version: 999999, current: "
                                + world.store().state().revision());
        assertThat(Json.at(status, "details", "retryAfterSeconds")).isEqualTo(1L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ?resourceVersionMatch=Exact | 422 | resourceVersionMatch is forbidden unless resourceVersion is provided
                    ?resourceVersionMatch=Odd&resourceVersion=1 | 422 | Unsupported value: "Odd"
                    ?resourceVersionMatch=Exact&resourceVersion=0 | 422 | resourceVersionMatch "exact" is forbidden for resourceVersion "0"
                    ?resourceVersionMatch=Exact&resourceVersion=1&continue=x | 422 | resourceVersionMatch is forbidden when continue is provided
                    ?resourceVersion=1&continue=x | 400 | continue key is not valid
                    ?resourceVersion=1&continue=eyJ2Ijoic2xpcHdheS5kZXYvdjEiLCJydiI6MSwibmFtZXNwYWNlIjoiZGVmYXVsdCIsIm5hbWUiOiJhIn0 | 400 | specifying resource version is not allowed when using continue
                    ?resourceVersion=x | 400 | resourceVersion: Invalid value: "x"
                    ?resourceVersion=-1 | 400 | resourceVersion: Invalid value: "-1"
                    /one?resourceVersion=x | 400 | resourceVersion: Invalid value: "x"
                    ?sendInitialEvents=true | 422 | sendInitialEvents is forbidden for list
                    ?watch=1&resourceVersion=x | 400 | resourceVersion: Invalid value: "x"
                    ?watch=1&sendInitialEvents=true | 422 | sendInitialEvents requires setting resourceVersionMatch to NotOlderThan
                    ?watch=1&sendInitialEvents=true&resourceVersionMatch=Exact | 422 | Unsupported value: "Exact": supported values: "NotOlderThan"
                    ?watch=1&resourceVersionMatch=NotOlderThan&resourceVersion=1 | 422 | resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided
                    """)
    void refusesWhatMakesNoSense(String query, int status, String message) {
        map("one", "1");

        assertThat(refused(MAPS + query, status).get("message")).asString().contains(message);
    }

    @Test
    void namesAllThatIsWrongWithAWatch() {
        var status = refused(MAPS + "?watch=1&resourceVersionMatch=Exact&resourceVersion=5", 422);

        assertThat(Json.list(Json.object(status, "details"), "causes"))
                .extracting(cause -> Json.at(cause, "reason"))
                .containsExactly("FieldValueForbidden", "FieldValueNotSupported");
    }

    @Test
    void beginsAWatchWithWhatExistsWhereNoRevisionIsNamed() throws IOException {
        map("one", "1");
        map("two", "1");

        assertThat(told("?watch=1", 2)).containsExactly("ADDED one", "ADDED two");
        assertThat(told("?watch=1&resourceVersion=0", 2)).containsExactly("ADDED one", "ADDED two");
    }

    @Test
    void beginsAWatchWithoutWhatExistsWhereThatIsSaid() throws IOException {
        map("one", "1");
        var query =
                "?watch=1&sendInitialEvents=false&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=1&timeoutSeconds=3";

        try (var reply = client.send(Call.get(MAPS + query))) {
            map("two", "1");
            var lines =
                    new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));

            assertThat(lines.readLine()).contains("ADDED").contains("\"name\":\"two\"");
        }
    }

    @Test
    void endsTheInitialEventsAtARevisionThatIsNotOlder() throws IOException {
        map("one", "1");
        var revision = map("one", "2");

        var told =
                told(
                        "?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&resourceVersion="
                                + revision,
                        2);

        assertThat(told).containsExactly("ADDED one", "BOOKMARK null");
    }

    @Test
    void tellsNothingUpToTheRevisionThatAWatchIsFrom() throws Exception {
        var future = map("one", "1") + 2;
        try (var reply = client.send(Call.get(MAPS + "?watch=1&resourceVersion=" + future))) {
            map("two", "1");
            map("three", "1");
            map("four", "1");
            var lines =
                    new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));

            assertThat(lines.readLine()).contains("\"name\":\"four\"");
        }
    }
}
