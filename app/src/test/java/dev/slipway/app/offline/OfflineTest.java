package dev.slipway.app.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.app.offline.Finding.Level;
import dev.slipway.kernel.model.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files checked and rendered without a server.
class OfflineTest {
    private static final String GRAPH =
            """
            apiVersion: kro.run/v1alpha1
            kind: ResourceGraphDefinition
            metadata: {name: shops}
            spec:
              schema:
                apiVersion: v1
                kind: Shop
                spec: {image: string, replicas: integer | default=2}
              resources:
                - id: web
                  template:
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: "${schema.metadata.name}"}
                    spec:
                      replicas: ${schema.spec.replicas}
                      selector: {matchLabels: {app: a}}
                      template:
                        metadata: {labels: {app: a}}
                        spec: {containers: [{name: web, image: "${schema.spec.image}"}]}
                - id: entry
                  template:
                    apiVersion: v1
                    kind: Service
                    metadata: {name: "${schema.metadata.name}"}
                    spec: {ports: [{port: 80}]}
                - id: address
                  template:
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: "${schema.metadata.name}-address"}
                    data: {ip: "${entry.status.loadBalancer.ingress[0].ip}"}
            """;

    private static final String INSTANCE =
            """
            apiVersion: kro.run/v1
            kind: Shop
            metadata: {name: toys}
            spec: {image: nginx}
            """;

    private static final String STATUS =
            """
            apiVersion: v1
            kind: Service
            metadata: {name: toys}
            status: {loadBalancer: {ingress: [{ip: 192.0.2.7}]}}
            """;

    private static final String OUTER =
            """
            apiVersion: kro.run/v1alpha1
            kind: ResourceGraphDefinition
            metadata: {name: outers}
            spec:
              schema: {apiVersion: v1, kind: Outer, spec: {size: integer}}
              resources:
                - id: middle
                  template:
                    kind: Middle
                    apiVersion: nest.example.com/v1
                    metadata: {name: "${schema.metadata.name}"}
                    spec:
                      size: ${schema.spec.size}
            """;

    private static final String MIDDLE =
            """
            apiVersion: kro.run/v1alpha1
            kind: ResourceGraphDefinition
            metadata: {name: middles}
            spec:
              schema: {apiVersion: nest.example.com/v1, kind: Middle, spec: {size: integer}}
              resources:
                - id: thing
                  template:
                    {apiVersion: things.example.com/v1, kind: Thing, metadata: {name: t},
                     spec: {colour: red}}
            """;

    private static final String CRD =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: things.things.example.com}
            spec:
              group: things.example.com
              scope: Namespaced
              names: {kind: Thing, plural: things}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec: {type: object, properties: {colour: {type: string}}}
            """;

    @TempDir Path folder;

    // ---- validate

    @Test
    void findsNothingWrongWithAGraphAndItsInstanceInWhateverOrder() throws IOException {
        write("a.yaml", INSTANCE);
        write("b.yaml", GRAPH);
        var report = validate(".");
        assertThat(report.findings()).isEmpty();
        assertThat(report.documents()).isEqualTo(2);
    }

    @Test
    void tellsTheLineAndColumnOfEveryMistake() throws IOException {
        write(
                "a.yaml",
                GRAPH.replace("schema.spec.image}", "schema.spec.imge}")
                        .replace("replicas: ${schema.spec.replicas}", "replicas: many"));
        var report = validate("a.yaml");
        assertThat(report.findings().stream().map(Finding::line))
                .containsExactly(
                        "a.yaml:16:21: error: spec.resources[0].template.spec.replicas: Invalid"
                                + " value: \"many\": expected integer, got string",
                        """
                        a.yaml:20:67: error: spec.resources[0].template.spec.template.spec.containers[0].image: Invalid value: "${schema.spec.imge}": expression: undefined field 'imge', did you mean 'image'?
                            ${schema.spec.imge}
                                          ^\
                        """);
    }

    @Test
    void checksInstancesAgainstTheGraphsAmongTheFiles() throws IOException {
        write("all.yaml", GRAPH + "---\n" + INSTANCE.replace("image: nginx", "replicas: many"));
        assertThat(validate("all.yaml").findings())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.path()).isEqualTo("spec.replicas");
                    assertThat(one.place().line()).isEqualTo(37);
                });
    }

    @Test
    void tellsAValueOfTheWrongTypeAsItIsWritten() throws IOException {
        write("all.yaml", GRAPH + "---\n" + INSTANCE.replace("image: nginx", "image: 7"));
        assertThat(validate("all.yaml").findings())
                .singleElement()
                .satisfies(one -> assertThat(one.message()).isEqualTo("expected string, got 7"));
    }

    @Test
    void tellsWhatAGraphCannotMakeOfAnInstance() throws IOException {
        write("all.yaml", GRAPH + "---\n" + INSTANCE.replace("image: nginx", "replicas: 1"));
        assertThat(validate("all.yaml").findings())
                .singleElement()
                .satisfies(one ->
                        assertThat(one.message())
                                .contains("resource web", "spec.image is not set"));
    }

    @Test
    void warnsOfKindsThatNobodyKnowsAndRefusesWhatIsNotYaml() throws IOException {
        write("a.yaml", "apiVersion: example.com/v1\nkind: Nope\nmetadata: {name: x}\n---\na: [\n");
        var report = validate("a.yaml", "nothing.yaml");
        assertThat(report.findings())
                .extracting(Finding::level)
                .containsExactly(Level.WARNING, Level.ERROR, Level.ERROR);
        assertThat(report.findings().getLast().message()).isEqualTo("does not exist");
    }

    @Test
    void judgesGraphsByTheKindsThatComeLaterInTheFiles() throws IOException {
        write("a.yaml", OUTER);
        write("b.yaml", MIDDLE + "---\n" + CRD);
        assertThat(validate(".").findings()).isEmpty();
        write("a.yaml", OUTER.replace("  size:", "  sise:"));
        write("b.yaml", CRD + "---\n" + MIDDLE.replace("colour:", "color:"));
        assertThat(validate(".").findings())
                .extracting(Finding::level, Finding::path, one -> one.place().line())
                .containsExactly(
                        tuple(Level.WARNING, "spec.resources[0].template.kind", 9),
                        tuple(
                                Level.ERROR,
                                "spec.resources[0].template.spec.color",
                                CRD.lines().toList().size() + 11));
        write("b.yaml", CRD + "---\n" + MIDDLE);
        assertThat(validate(".").findings())
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(Level.ERROR);
                    assertThat(one.message()).contains("sise", "did you mean \"size\"?");
                });
    }

    @Test
    void tellsOfAnInstanceThatItsGraphIsTheMistake() throws IOException {
        write("a.yaml", GRAPH.replace("image: string", "image: strin") + "---\n" + INSTANCE);
        assertThat(validate("a.yaml").findings())
                .last()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(Level.WARNING);
                    assertThat(one.message()).contains("its definition shops is not accepted");
                });
    }

    @Test
    void readsTheStandardInput() {
        var in = new ByteArrayInputStream(GRAPH.getBytes(StandardCharsets.UTF_8));
        var report = Validation.of(new SourceFiles(folder, in), List.of("-"), Clock.systemUTC());
        assertThat(report.documents()).isEqualTo(1);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void writesWhatCodeHostsRead() throws IOException {
        write("a b.yaml", "kind: ConfigMap\napiVersion: v1\nmetadata: {name: x}\ndta: {}\n");
        var log = Sarif.of(validate("a b.yaml").findings(), "1.0.0");
        assertThat(log.get("version")).isEqualTo("2.1.0");
        assertThat(log.get("$schema").toString()).contains("sarif-2.1.0");
        var run = Json.cast((Map<?, ?>) Json.list(log, "runs").getFirst());
        assertThat(Json.at(run, "tool", "driver", "name")).isEqualTo("slipway validate");
        var result = Json.cast((Map<?, ?>) Json.list(run, "results").getFirst());
        assertThat(result).containsEntry("level", "error").containsKeys("ruleId", "message");
        assertThat(Json.at(result, "message", "text").toString()).startsWith("dta: ");
        var location = Json.list(result, "locations").getFirst();
        assertThat(Json.at(location, "physicalLocation", "artifactLocation", "uri"))
                .isEqualTo("a%20b.yaml");
        assertThat(Json.at(location, "physicalLocation", "region", "startLine")).isEqualTo(4L);
    }

    // ---- render

    @Test
    void showsWhatAGraphMakesAndWhatWaits() throws IOException {
        write("all.yaml", GRAPH + "---\n" + INSTANCE);
        var report = render("all.yaml");
        assertThat(report.made())
                .extracting(Rendering.Made::title)
                .containsExactly(
                        "node web of Shop default/toys", "node entry of Shop default/toys");
        assertThat(report.made().getFirst().object().tree())
                .isEqualTo(
                        Json.readObject(
                                """
                                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "toys", "namespace": "default"},
                                 "spec": {"replicas": 2, "selector": {"matchLabels": {"app": "a"}}, "template": {
                                   "metadata": {"labels": {"app": "a"}},
                                   "spec": {"containers": [{"name": "web", "image": "nginx"}]}}}}
                                """
                                        .getBytes(StandardCharsets.UTF_8)));
        assertThat(report.waiting())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("Shop toys, node address: "));
        assertThat(report.errors()).isEmpty();
    }

    @Test
    void goesOnWithTheStatusesThatAreStated() throws IOException {
        write("all.yaml", GRAPH + "---\n" + INSTANCE + "---\n" + STATUS);
        var report = render("all.yaml");
        assertThat(report.waiting()).isEmpty();
        var address = report.made().getLast().object();
        assertThat(address.at("data", "ip")).isEqualTo("192.0.2.7");
    }

    @Test
    void tellsWhatCannotBeMade() throws IOException {
        write("all.yaml", GRAPH + "---\n" + INSTANCE.replace("image: nginx", "replicas: 1"));
        assertThat(render("all.yaml").errors())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("node web", "spec.image is not set"));
    }

    private Validation.Report validate(String... names) {
        return Validation.of(files(), List.of(names), Clock.systemUTC());
    }

    private Rendering.Report render(String... names) {
        return Rendering.of(files(), List.of(names), Clock.systemUTC());
    }

    private SourceFiles files() {
        return new SourceFiles(folder, new ByteArrayInputStream(new byte[0]));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
