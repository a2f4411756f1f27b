package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The verbs about revisions of graphs.
class GraphVerbsTest {
    private static final String DEFINITION = "/apis/kro.run/v1alpha1/resourcegraphdefinitions/webs";
    private static final String REVISIONS = "/apis/internal.kro.run/v1alpha1/graphrevisions/";
    private static final String WIDGET = "/apis/example.test/v1/namespaces/default/widgets/one";

    @TempDir private Path folder;

    private final FakeServer server = new FakeServer();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void aGraphWithTwoRevisions() throws IOException {
        Files.createDirectory(folder.resolve(".slipway"));
        Files.writeString(
                folder.resolve(".slipway/kubeconfig"),
                """
                current-context: it
                contexts: [{name: it, context: {cluster: it, namespace: default}}]
                clusters: [{name: it, cluster: {server: 'https://127.0.0.1:1'}}]
                """);
        put(
                DEFINITION,
                """
                {"apiVersion":"kro.run/v1alpha1","kind":"ResourceGraphDefinition","metadata":{"name":"webs","uid":"u1","resourceVersion":"9"},
                 "spec":{"now":true},
                 "status":{"lastIssuedRevision":2,"state":"Active","conditions":[{"type":"GraphAccepted","status":"True"}]}}
                """);
        revision(1, "{\"author\":\"jane\"}");
        revision(
                2,
                "{\"previous\":1,\"changes\":[{\"path\":\"resources[0].template.spec.replicas\",\"before\":\"1\",\"after\":\"2\"}]}");
        put(
                REVISIONS + "webs-r00001/relations",
                "{\"items\":[{\"type\":\"pins\"},{\"type\":\"owner\"}]}");
        put(REVISIONS + "webs-r00002/relations", "{\"items\":[]}");
        put(
                WIDGET,
                """
                {"apiVersion":"example.test/v1","kind":"Widget",
                 "metadata":{"name":"one","namespace":"default","uid":"w1","labels":{"kro.run/resource-graph-definition-id":"u1"}}}
                """);
    }

    private void revision(int number, String status) {
        put(
                REVISIONS + "webs-r0000" + number,
                """
                {"metadata":{"name":"webs-r0000%1$d","creationTimestamp":"2026-01-1%1$dT12:00:00Z","ownerReferences":[{"uid":"u1"}]},
                 "spec":{"revision":%1$d,"snapshot":{"name":"webs","spec":{"was":%1$d}}},"status":%2$s}
                """
                        .formatted(number, status));
    }

    private void put(String path, String json) {
        server.objects.put(path, Json.readObject(json));
    }

    @Test
    void showsWhatChangedInEachRevision() {
        assertThat(run("revisions", "webs")).isZero();

        assertThat(lines(out))
                .containsExactly(
                        "r2  issued at 2026-01-12 12:00:00Z  active",
                        "      ~ resources[0].template.spec.replicas: 1 -> 2",
                        "r1  issued at 2026-01-11 12:00:00Z by jane  1 instance stays with it");
    }

    @Test
    void saysThatADefinitionIsNoneOfItsRevisions() {
        Json.child(server.objects.get(DEFINITION), "status").put("conditions", List.of());
        Json.child(server.objects.get(DEFINITION), "status").put("state", "Inactive");

        assertThat(run("revisions", "webs")).isZero();
        assertThat(lines(out))
                .contains("webs as it is now is none of these: it is Inactive")
                .noneMatch(line -> line.endsWith("  active"));
    }

    @Test
    void tellsRevisionsAsJson() {
        assertThat(run("revisions", "webs", "-o", "json")).isZero();

        assertThat(Json.readObject(out.toByteArray()))
                .containsEntry("definition", "webs")
                .extracting("items")
                .asString()
                .contains("revision=1", "author=jane", "pinned=1", "active=true");
    }

    @Test
    void letsAnInstanceStayWithARevisionAndGoOn() {
        assertThat(run("pin", "widget", "one", "r1")).isZero();

        assertThat(lines(out))
                .containsExactly("widget.example.test default/one stays with revision r1 of webs");
        assertThat(server.calls.getLast().target()).isEqualTo(WIDGET + "?fieldManager=slipway-cli");
        assertThat(Json.text(Json.readObject(server.calls.getLast().body())))
                .contains("{\"slipway.dev/graph-revision\":\"1\"}", "\"uid\":\"w1\"");

        aWidgetAgain();
        assertThat(run("pin", "widget/one", "--none", "--dry-run")).isZero();
        assertThat(server.calls.getLast().target()).endsWith("&dryRun=All");
        assertThat(Json.text(Json.readObject(server.calls.getLast().body())))
                .contains("{\"slipway.dev/graph-revision\":null}");
    }

    private void aWidgetAgain() {
        put(
                WIDGET,
                "{\"metadata\":{\"name\":\"one\",\"uid\":\"w1\",\"labels\":{\"kro.run/resource-graph-definition-id\":\"u1\"}}}");
    }

    @Test
    void bringsADefinitionBackToARevision() {
        assertThat(run("rollback", "rgd", "webs", "--to", "r1")).isZero();

        var call = server.calls.getLast();
        assertThat(call.method() + " " + call.target())
                .isEqualTo("PUT " + DEFINITION + "?fieldManager=slipway-cli");
        assertThat(call.headers()).containsEntry("Slipway-Cause", "back to revision r1");
        assertThat(Json.readObject(call.body()))
                .containsEntry("spec", Map.of("was", 1L))
                .extracting("metadata")
                .asString()
                .contains("resourceVersion=9");

        Json.child(server.objects.get(DEFINITION), "metadata")
                .put("managedFields", List.of(Map.of("manager", "kubectl-client-side-apply")));
        assertThat(run("rollback", "rgd", "webs", "--to", "r1")).isZero();
        assertThat(server.calls.getLast().target())
                .isEqualTo(DEFINITION + "?fieldManager=kubectl-client-side-apply");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revisions nope | 1 | slipway: there is no ResourceGraphDefinition nope",
                "revisions | 2 | slipway revisions: GRAPH is missing",
                "pin widget one 7 | 1 | slipway: webs has no revision 7; there are r2, r1",
                "pin widget one seven | 2 | slipway pin: seven is no revision of a graph: write 3, or r3",
                "pin widget one | 2 | slipway pin: REVISION is missing, or --none",
                "pin rgd webs 1 | 1 | slipway: resourcegraphdefinition.kro.run webs is not an instance of a graph",
                "rollback rgd webs --to r9 | 1 | slipway: webs has no revision r9; there are r2, r1",
                "rollback widget one --to r1 | 2 | slipway rollback: r1 is a revision of a graph, and a Widget has none",
                "rollback rgd webs --to r1 --with-children | 2 | slipway rollback: --with-children is for revisions of the log"
            })
    void saysWhatIsNotThere(String line, int code, String complaint) {
        assertThat(run(line.split(" "))).isEqualTo(code);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith(complaint);
        assertThat(server.calls).noneMatch(call -> !call.method().equals("GET"));
    }

    private int run(String... words) {
        return Cli.run(
                List.of(words),
                new Environment(
                        Map.of(),
                        folder,
                        folder,
                        "0.1.0",
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        _ -> server,
                        _ -> {}));
    }

    private static List<String> lines(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
