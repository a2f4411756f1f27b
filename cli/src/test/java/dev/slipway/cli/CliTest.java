package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliTest {
    private static final String KUBECONFIG =
            """
            current-context: it
            contexts: [{name: it, context: {cluster: it, namespace: %s}}]
            clusters: [{name: it, cluster: {server: 'https://127.0.0.1:1'}}]
            """;

    private static final String MAP = "/api/v1/namespaces/default/configmaps/web";

    @TempDir private Path folder;

    private final FakeServer server = new FakeServer();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final List<Path> connected = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void aServerThatRuns() throws IOException {
        Files.createDirectories(folder.resolve(".slipway"));
        Files.writeString(folder.resolve(".slipway/kubeconfig"), KUBECONFIG.formatted("default"));
    }

    @Test
    void appliesEveryDocumentAndSaysWhatCameOfEach() throws IOException {
        Files.writeString(
                folder.resolve("all.yaml"),
                widget("one")
                        + "---\n"
                        + widget("bad")
                        + "---\nkind: [unclosed\n---\n"
                        + widget("two"));
        server.refused.add("bad");

        assertThat(run("apply", "-f", "all.yaml")).isEqualTo(1);
        assertThat(lines(out))
                .containsExactly(
                        "widget.example.test/one created", "widget.example.test/two created");
        assertThat(lines(err))
                .contains("slipway: all.yaml:7: Widget bad: spec.size: Required value")
                .anySatisfy(line ->
                        assertThat(line).startsWith("slipway: all.yaml: is not YAML: line "));
        assertThat(server.objects.keySet())
                .containsExactly(
                        "/apis/example.test/v1/namespaces/default/widgets/one",
                        "/apis/example.test/v1/namespaces/default/widgets/two");
    }

    @Test
    void tellsWhatIsNewWhatDiffersAndWhatIsTheSame() throws IOException {
        Files.writeString(folder.resolve("w.yaml"), widget("one"));
        run("apply", "-f", "w.yaml");
        run("apply", "-f", "w.yaml");
        Files.writeString(folder.resolve("w.yaml"), widget("one").replace("size: 1", "size: 2"));
        run("apply", "-f", "w.yaml");

        assertThat(lines(out))
                .containsExactly(
                        "widget.example.test/one created",
                        "widget.example.test/one unchanged",
                        "widget.example.test/one configured");
    }

    @Test
    void appliesOnTheServerUnderItsOwnName() throws IOException {
        Files.writeString(folder.resolve("w.yaml"), widget("one"));
        run("apply", "-f", "w.yaml", "--force-conflicts", "--dry-run=server", "-n", "team");

        var patch =
                server.calls.stream()
                        .filter(call -> call.method().equals("PATCH"))
                        .findFirst()
                        .orElseThrow();
        assertThat(patch.target())
                .isEqualTo(
                        "/apis/example.test/v1/namespaces/team/widgets/one?fieldManager=slipway-cli&fieldValidation=Strict&force=true&dryRun=All");
        assertThat(patch.headers()).containsEntry("Content-Type", "application/apply-patch+yaml");
        assertThat(lines(out)).containsExactly("widget.example.test/one created (dry run)");
        assertThat(server.objects).isEmpty();
    }

    @Test
    void showsTheServersWarnings() throws IOException {
        Files.writeString(folder.resolve("w.yaml"), widget("one"));
        assertThat(run("apply", "-f", "w.yaml")).isZero();
        assertThat(lines(err)).containsExactly("Warning: it is \"new\"", "Warning: really");
    }

    @Test
    void saysWhichKindIsNotServed() throws IOException {
        server.servesWidgets = false;
        Files.writeString(folder.resolve("w.yaml"), widget("one"));

        assertThat(run("apply", "-f", "w.yaml")).isEqualTo(1);
        assertThat(lines(err))
                .containsExactly(
                        "slipway: w.yaml:1: Widget one: the server serves no kind Widget in example.test/v1");
    }

    @Test
    void waitsForAKindThatAnEarlierDocumentBrings() throws IOException {
        server.servesWidgets = false;
        Files.writeString(
                folder.resolve("w.yaml"),
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: brings}, spec: {a: 1}}\n---\n"
                        + widget("one"));

        var environment = environment();
        assertThat(Cli.run(List.of("apply", "-f", "w.yaml"), environment)).isZero();
        assertThat(lines(out)).contains("widget.example.test/one created");
    }

    @Test
    void tellsResultsAsJson() throws IOException {
        Files.writeString(folder.resolve("all.yaml"), widget("one") + "---\n" + widget("bad"));
        server.refused.add("bad");

        assertThat(run("apply", "-f", "all.yaml", "-o", "json")).isEqualTo(1);
        assertThat(Json.list(Json.readObject(out.toByteArray()), "items"))
                .extracting(item -> Session.text(item, "result"))
                .containsExactly("created", "failed");
    }

    @Test
    void printsTablesInColumns() throws IOException {
        Files.writeString(
                folder.resolve("w.yaml"), widget("one") + "---\n" + widget("much-longer"));
        run("apply", "-f", "w.yaml");
        out.reset();

        run("get", "widgets");
        assertThat(lines(out))
                .containsExactly("NAME          COUNT", "much-longer   2", "one           2");
        out.reset();
        run("get", "w", "-A", "-o", "wide");
        assertThat(lines(out))
                .containsExactly(
                        "NAMESPACE   NAME          COUNT   SIZE",
                        "default     much-longer   2       big",
                        "default     one           2       big");
    }

    @ParameterizedTest
    @CsvSource({
        "widgets",
        "widget",
        "Widget",
        "w",
        "widgets.example.test",
        "widget.v1.example.test"
    })
    void findsAKindByEachOfItsNames(String word) {
        assertThat(run("get", word)).isZero();
        assertThat(server.calls.getLast().target())
                .isEqualTo("/apis/example.test/v1/namespaces/default/widgets");
        assertThat(lines(err)).containsExactly("slipway: no resources found in namespace default");
    }

    @Test
    void showsEveryKindOfACategory() throws IOException {
        Files.writeString(
                folder.resolve("w.yaml"),
                widget("one")
                        + "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, spec: {a: 1}}");
        run("apply", "-f", "w.yaml");
        out.reset();

        run("get", "things", "-o", "name");
        assertThat(lines(out)).containsExactly("configmap/settings", "widget.example.test/one");
    }

    @Test
    void showsOneResourceWhole() throws IOException {
        Files.writeString(folder.resolve("w.yaml"), widget("one"));
        run("apply", "-f", "w.yaml");
        out.reset();

        assertThat(run("get", "widget", "one", "-o", "yaml")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("kind: Widget\n")
                .contains("  size: 1\n");
        assertThat(run("get", "widget", "two", "-o", "json")).isEqualTo(1);
        assertThat(lines(err).getLast()).endsWith("widgets/two not found");
    }

    @Test
    void deletesByNameAndByFile() throws IOException {
        Files.writeString(folder.resolve("w.yaml"), widget("one") + "---\n" + widget("two"));
        run("apply", "-f", "w.yaml");
        out.reset();

        assertThat(run("delete", "widget", "one")).isZero();
        assertThat(run("delete", "-f", "w.yaml")).isEqualTo(1);
        assertThat(lines(out))
                .containsExactly(
                        "widget.example.test/one deleted", "widget.example.test/two deleted");
        assertThat(lines(err).getLast()).contains("w.yaml:1: Widget one:").endsWith("not found");
        assertThat(server.objects).isEmpty();
    }

    @Test
    void printsAnAddressToSignInBy() {
        assertThat(run("login")).isZero();
        assertThat(lines(out)).containsExactly("http://127.0.0.1:7070/login#abc");
    }

    @Test
    void tellsBothVersions() {
        assertThat(run("version")).isZero();
        assertThat(lines(out)).containsExactly("client: 0.1.0", "server: v1.36.3+slipway.0.1.0");
    }

    @Test
    void tellsItsOwnVersionWithoutAServer() throws IOException {
        Files.delete(folder.resolve(".slipway/kubeconfig"));
        assertThat(run("version")).isZero();
        assertThat(lines(out)).containsExactly("client: 0.1.0");
        assertThat(lines(err)).hasSize(1);
    }

    @Test
    void loadsTheWelcomeExampleAndTakesItAway() throws IOException {
        Files.createDirectories(folder.resolve("examples/welcome"));
        Files.writeString(folder.resolve("examples/welcome/w.yaml"), widget("one"));

        assertThat(run("examples", "add")).isZero();
        assertThat(server.objects.keySet())
                .containsExactly(
                        "/api/v1/namespaces/examples",
                        "/apis/example.test/v1/namespaces/examples/widgets/one");
        assertThat(run("examples", "remove")).isZero();
        assertThat(server.objects).isEmpty();
    }

    @Test
    void findsTheServerWhereItIsTold() throws IOException {
        for (var name : List.of("named", "variable", "data/kubeconfig")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), "{}");
        }
        run("version");
        variables.put("KUBECONFIG", folder.resolve("variable").toString());
        run("version");
        run("version", "--kubeconfig", "named");
        run("version", "--data", "data");

        assertThat(connected)
                .containsExactly(
                        folder.resolve(".slipway/kubeconfig"),
                        folder.resolve("variable"),
                        folder.resolve("named"),
                        folder.resolve("data/kubeconfig"));
    }

    @Test
    void takesTheNamespaceOfTheKubeconfig() throws IOException {
        Files.writeString(folder.resolve("mine"), KUBECONFIG.formatted("mine"));
        run("get", "widgets", "--kubeconfig", "mine");
        assertThat(server.calls.getLast().target())
                .isEqualTo("/apis/example.test/v1/namespaces/mine/widgets");
    }

    @Test
    void saysHowToStartAServerWhereThereIsNone() throws IOException {
        Files.delete(folder.resolve(".slipway/kubeconfig"));
        assertThat(run("get", "widgets")).isEqualTo(1);
        assertThat(lines(err))
                .singleElement()
                .asString()
                .contains("kubeconfig cannot be read")
                .contains("./slipway up");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apply | -f is missing",
                "apply -f | option -f needs a value",
                "apply -f a b | unexpected word b",
                "apply -f a --prune | unknown option --prune",
                "apply -f a --dry-run=client | option --dry-run does not take the value \"client\"",
                "apply -f a -o wide | unknown output wide: -o takes json, name",
                "get | KIND is missing",
                "get widgets -f x | unknown option -f",
                "get widgets one -A | a name belongs to one namespace: leave out -A",
                "delete widget | NAME is missing",
                "delete things one | things means more than one kind",
                "history cm a b | unexpected word b",
                "history cm/a b | unexpected word b",
                "why cm a .x .y | unexpected word .y",
                "diff cm a b --from 1 | unexpected word b",
                "diff cm a | --from is missing: a revision (71) or a time (2026-01-31T12:00:00Z)",
                "rollback cm a b --to 1 | unexpected word b",
                "rollback cm a | --to is missing: a revision (71) or a time (2026-01-31T12:00:00Z)",
                "rollback --cause= | --cause needs a revision (71) or what revisions were noted with",
                "rollback --noted= | --noted needs what revisions were noted with",
                "rollback --cause 7 --noted 7 | --cause stands alone: it finds its objects itself",
                "rollback cm a --cause 7 | --cause stands alone: it finds its objects itself",
                "examples | add or remove is missing",
                "login -n x | unknown option -n"
            })
    void namesTheWordThatItDoesNotUnderstand(String line, String complaint) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);
        assertThat(lines(err))
                .singleElement()
                .asString()
                .startsWith(
                        "slipway "
                                + line.split(" ", -1)[0]
                                + ": "
                                + complaint
                                + "; usage: slipway ");
    }

    @Test
    void listsTheVerbsForAnUnknownOne() {
        assertThat(run("aply")).isEqualTo(2);
        assertThat(lines(err).getFirst()).isEqualTo("slipway: unknown verb aply");
        assertThat(lines(err)).hasSize(1 + Cli.usage().size());
    }

    @Test
    void explainsAVerb() {
        assertThat(run("get", "--help")).isZero();
        assertThat(lines(out).getFirst()).startsWith("slipway get KIND");
    }

    @Test
    void tellsAServerThatCannotBeReached() {
        var environment = environment();
        var broken =
                new Environment(
                        environment.variables(),
                        environment.directory(),
                        environment.home(),
                        environment.release(),
                        environment.in(),
                        environment.out(),
                        environment.err(),
                        _ -> {
                            throw Problem.of(
                                            Problem.Reason.SERVICE_UNAVAILABLE,
                                            "cannot reach it\n at all")
                                    .exception();
                        },
                        environment.pause());
        assertThat(Cli.run(List.of("login"), broken)).isEqualTo(1);
        assertThat(lines(err)).containsExactly("slipway: cannot reach it at all");
    }

    @Test
    void tellsWhatHappenedToAnObject() {
        server.objects.put(
                MAP + "/revisions",
                Json.readObject(
                        """
                        {"metadata":{},"compacted":true,"items":[
                          {"revision":9,"time":"2026-01-31T12:00:00.123Z","actor":"joe","operation":"update","uid":"b",
                           "note":"commit abc","causes":[8,7],"more":true,"gap":true,"details":[
                            {"path":"data.key","before":"1","after":"2"},{"path":"data.new","after":"x"},{"path":"data.old","before":"y"}]},
                          {"revision":6,"time":"2026-01-31T11:00:00Z","actor":"ann","operation":"create","uid":"b","note":"","causes":[],"details":[]},
                          {"revision":5,"time":"2026-01-31T10:00:00Z","actor":"ann","operation":"delete","uid":"a","note":"resync","causes":[],"details":[]}]}
                        """));

        assertThat(run("history", "cm", "web")).isZero();
        assertThat(lines(out))
                .containsExactly(
                        "9  updated by joe at 2026-01-31 12:00:00Z",
                        "      because of \"commit abc\"",
                        "      because of revisions 8, 7",
                        "      ~ data.key: 1 -> 2",
                        "      + data.new: x",
                        "      - data.old: y",
                        "      and more: slipway diff shows all",
                        "      (revisions directly before this one were compacted)",
                        "6  created by ann at 2026-01-31 11:00:00Z",
                        "-- before, another object had this name --",
                        "5  deleted by ann at 2026-01-31 10:00:00Z",
                        "      because of a look at everything anew (resync)",
                        "earlier revisions were compacted");
        assertThat(run("history", "cm", "web", "-o", "json")).isZero();
        assertThat(run("history", "cm", "web", "--limit", "0")).isEqualTo(2);
        assertThat(run("history", "cm")).isEqualTo(2);
        assertThat(run("history", "cm", "none")).isEqualTo(1);
    }

    @Test
    void letsNobodySteerTheTerminal() {
        server.objects.put(
                MAP + "/why",
                Json.readObject(
                        """
                        {"path":"data.key","value":"a\\u001b]0;owned\\u0007\\u009b\\u00a0ü\\r","setBy":{"revision":9}}
                        """));

        assertThat(run("why", "cm", "web", "data.key")).isZero();
        assertThat(lines(out).getFirst())
                .isEqualTo(
                        "configmap default/web  data.key: a\\u001b]0;owned\\u0007\\u009b\u00a0ü\\u000d");
    }

    @Test
    void tellsDifferencesAndTheirExitCodes() {
        server.objects.put(
                MAP,
                Json.readObject(
                        """
                        {"more":false,"items":[{"kind":"ConfigMap","namespace":"default","name":"web","from":4,"to":9,"more":true,
                          "differences":[
                            {"path":"data.key","before":1,"after":2},
                            {"path":"data.file","before":"a\\nb\\nc\\nd\\ne\\nf\\n","after":"a\\nb\\nc\\nD\\ne\\nf\\n"},
                            {"path":"spec.list[0]","after":{"name":"x"}}]}]}
                        """));

        assertThat(run("diff", "configmap/web", "--from", "4")).isEqualTo(1);
        assertThat(lines(out))
                .containsExactly(
                        "--- ConfigMap default/web at revision 4",
                        "+++ ConfigMap default/web at revision 9",
                        "@@ data.key @@",
                        "-1",
                        "+2",
                        "@@ data.file @@",
                        " b",
                        " c",
                        "-d",
                        "+D",
                        " e",
                        " f",
                        "@@ spec.list[0] @@",
                        "+name: x",
                        "and more fields");
        assertThat(server.calls.getLast().target()).isEqualTo(MAP + "?diffFrom=4");

        server.objects.put(MAP, Json.readObject("{\"items\":[]}"));
        assertThat(run("diff", "cm", "web", "--from", "4", "--to", "5")).isZero();
        assertThat(run("diff", "cm", "none", "--from", "4")).isEqualTo(2);
        assertThat(run("diff", "cm", "web")).isEqualTo(2);
        assertThat(run("diff", "cm", "web", "--from", "4", "-l", "a=b")).isEqualTo(2);
    }

    @Test
    void tellsWhyAValueIsSo() {
        server.objects.put(
                MAP + "/why",
                Json.readObject(
                        """
                        {"path":"data.key","value":"2","older":false,"managers":["helm"],"changes":[],
                         "setBy":{"revision":9,"time":"2026-01-31T12:00:00Z","actor":"slipway-x","operation":"update","note":"","causes":[7]},
                         "chains":[{"end":"origin","links":[
                           {"revision":9,"note":"","causes":[7]},
                           {"revision":7,"time":"2026-01-31T11:00:00Z","actor":"joe","operation":"create","note":"commit abc","causes":[],
                            "object":{"kind":"Website","namespace":"default","name":"page"}}]},
                           {"end":"resync","links":[]}]}
                        """));

        assertThat(run("why", "cm", "web", ".data.key")).isZero();
        assertThat(lines(out))
                .containsExactly(
                        "configmap default/web  data.key: 2",
                        "  since revision 9, updated by slipway-x at 2026-01-31 12:00:00Z (field manager helm)",
                        "  <- revision 7: Website default/page created by joe at 2026-01-31 11:00:00Z",
                        "       because of \"commit abc\"",
                        "  There it began; 1 more in -o json.");
        assertThat(server.calls.getLast().target()).isEqualTo(MAP + "/why?path=.data.key");
    }

    @Test
    void saysWhereAComparisonEnds() {
        server.objects.put(
                MAP,
                Json.readObject(
                        """
                        {"more":false,"items":[{"kind":"Secret","namespace":"default","name":"door","from":4,"to":9,
                          "destroyed":"2026-01-31T12:00:00Z","more":false,"differences":[]}]}
                        """));

        assertThat(run("diff", "cm", "web", "--from", "4")).isEqualTo(1);
        assertThat(lines(out))
                .containsExactly(
                        "--- Secret default/door at revision 4",
                        "+++ Secret default/door at revision 9",
                        "nothing more is known: content was destroyed when the object was deleted at 2026-01-31T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "diff cm web --from 99 | 2 | diffFrom: Invalid value: \"99\": no such | --from: Invalid value: \"99\": no such",
                "diff cm web --from 1 --to x | 2 | diffTo: Invalid value | --to: Invalid value",
                "rollback cm web --to x | 1 | spec.to: Invalid value | --to: Invalid value",
                "rollback widgets.v1.acme.dev a --to 1 | 1 | spec.object.kind: Invalid value | KIND: Invalid value",
                "rollback --cause 9 | 1 | there is no revision 9 | there is no revision 9",
                "rollback --cause 8 | 1 | rollback of 8 is refused: web was changed | rollback of 8 is refused: web was changed",
                "history cm web | 1 | configmaps \"web\" not found | configmap default/web is not there, and the log knows of none that was",
                "rollback cm web --to 1 | 1 | configmaps \"web\" not found | configmap default/web is not there, and the log knows of none that was",
                "history widgets.v1.acme.dev a | 1 | 404 page not found | the server serves no such kind as that of widgets.acme.dev default/a, and the log knows of none that was",
                "diff cm -l x --from 1 | 2 | unable to parse requirement: found x | -l: unable to parse requirement: found x",
                "diff cm --from 1 | 2 | namespaces \"default\" not found | namespaces \"default\" not found"
            })
    void complainsOfThePastInItsOwnWords(
            String line, int code, String serversWords, String ownWords) {
        server.complaint = serversWords;

        assertThat(run(line.split(" "))).isEqualTo(code);
        assertThat(lines(err)).containsExactly("slipway: " + ownWords);
    }

    @Test
    void asksForThePastOfAKindThatIsGone() {
        run("history", "widgets.v1.acme.dev", "one");

        assertThat(server.calls.getLast().target())
                .startsWith("/apis/acme.dev/v1/namespaces/default/widgets/one/revisions?");
    }

    @Test
    void rollsBackAndTellsThePlan() {
        server.objects.put(
                "/apis/slipway.dev/v1alpha1/rollbacks",
                Json.readObject(
                        """
                        {"summary":"2 writes in one commit","warnings":["careful"],"writes":[
                          {"operation":"update","kind":"ConfigMap","namespace":"default","name":"web","restores":4,"undoes":[5,9],
                           "revision":10,"changes":[{"path":"data.key","before":"2","after":"1"}]},
                          {"operation":"delete","kind":"Namespace","namespace":"","name":"team","undoes":[7],"waiting":true,"changes":[]}]}
                        """));

        assertThat(run("rollback", "cm", "web", "--to", "4", "--with-children", "--dry-run"))
                .isZero();
        assertThat(lines(out))
                .containsExactly(
                        "update  ConfigMap default/web  as in revision 4, undoing 9, 5; now revision 10",
                        "      ~ data.key: 2 -> 1",
                        "delete  Namespace team  which was not there, undoing 7; it goes when its finalizers are done",
                        "2 writes in one commit");
        assertThat(lines(err)).containsExactly("Warning: careful");
        var call = server.calls.getLast();
        assertThat(call.method() + " " + call.target())
                .isEqualTo(
                        "POST /apis/slipway.dev/v1alpha1/rollbacks?fieldManager=slipway-cli&dryRun=All");
        assertThat(Json.text(Json.readObject(call.body()).get("spec")))
                .isEqualTo(
                        "{\"object\":{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"namespace\":\"default\",\"name\":\"web\"},\"to\":\"4\",\"withChildren\":true}");

        assertThat(run("rollback", "--cause", "release 7", "-o", "json")).isZero();
        assertThat(Json.readObject(server.calls.getLast().body()))
                .containsEntry("spec", Map.of("cause", "release 7"));
        assertThat(run("rollback", "--noted", "4711")).isZero();
        assertThat(Json.readObject(server.calls.getLast().body()))
                .containsEntry("spec", Map.of("noted", "4711"));
        assertThat(run("rollback", "cm", "web")).isEqualTo(2);
        assertThat(run("rollback", "cm", "--to", "4")).isEqualTo(2);
        assertThat(run("rollback", "cm", "web", "--cause", "4")).isEqualTo(2);
    }

    private int run(String... words) {
        return Cli.run(List.of(words), environment());
    }

    private Environment environment() {
        return new Environment(
                variables,
                folder,
                folder,
                "0.1.0",
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                path -> {
                    connected.add(path);
                    return server;
                },
                _ -> server.servesWidgets = true);
    }

    private static String widget(String name) {
        return "apiVersion: example.test/v1\nkind: Widget\nmetadata:\n  name: %s\nspec: {size: 1}\n"
                .formatted(name);
    }

    private static List<String> lines(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
