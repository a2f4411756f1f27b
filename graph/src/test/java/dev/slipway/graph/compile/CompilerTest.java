package dev.slipway.graph.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.graph.findings.Completion;
import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.kind.KindIndex;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompilerTest {
    private static final Kinds KINDS = new KindIndex(BuiltInKinds.load(), 0);

    private static final String ARTICLE =
            """
            apiVersion: kro.run/v1alpha1
            kind: ResourceGraph
            metadata:
              name: simpleapps.briefstack.com
            spec:
              schema:
                apiVersion: briefstack.com/v1
                kind: SimpleApp
                spec:
                  image: string
                  port: int
              resources:
                - id: deployment
                  template:
                    apiVersion: apps/v1
                    kind: Deployment
                    spec:
                      replicas: 2
                      template:
                        spec:
                          containers:
                            - name: app
                              image: ${schema.spec.image}
                              ports:
                                - containerPort: ${schema.spec.port}
            """;

    @Test
    void acceptsTheGraphOfTheArticle() {
        var graph = accepted(ARTICLE);
        assertThat(graph.definition().apiVersion()).isEqualTo("briefstack.com/v1");
        assertThat(Json.at(graph.crd(), "metadata", "name")).isEqualTo("simpleapps.briefstack.com");
        assertThat(graph.nodes()).extracting(Node::id).containsExactly("deployment");
    }

    @Test
    void tellsWhatTheArticleLeftOut() {
        assertThat(accepted(ARTICLE).completions())
                .extracting(Completion::path)
                .containsExactly(
                        "spec.schema.spec.port",
                        "spec.resources[0].template.metadata.name",
                        "spec.resources[0].template.spec.selector.matchLabels",
                        "spec.resources[0].template.spec.template.metadata.labels");
    }

    @Test
    void generatesTheCrd() {
        var version = version(accepted(ARTICLE));
        var properties = Json.at(version, "schema", "openAPIV3Schema", "properties");
        assertThat(Json.at(properties, "spec", "properties", "port", "type")).isEqualTo("integer");
        assertThat(Json.at(properties, "spec", "properties", "image", "type")).isEqualTo("string");
        assertThat(Json.at(properties, "status", "properties", "state", "type"))
                .isEqualTo("string");
        assertThat(Json.list(version, "additionalPrinterColumns"))
                .extracting(column -> Json.at(column, "name"))
                .containsExactly("State", "Ready", "Age");
        assertThat(Json.object(version, "subresources")).containsKey("status");
    }

    @Test
    void completesNamesWithTheIdWhereThereAreSeveralOfAKind() {
        var graph =
                accepted(
                        thing(
                                """
                                - id: webServer
                                  template: {apiVersion: v1, kind: ConfigMap}
                                - id: other
                                  template: {apiVersion: v1, kind: ConfigMap}
                                - id: secret
                                  template: {apiVersion: v1, kind: Secret}
                                """));
        assertThat(graph.completions())
                .extracting(Completion::value)
                .containsExactly(
                        "${schema.metadata.name}-web-server",
                        "${schema.metadata.name}-other",
                        "${schema.metadata.name}");
    }

    @Test
    void copiesTheSelectorToPodsWithoutLabels() {
        var graph =
                accepted(
                        thing(
                                """
                                - id: web
                                  template:
                                    apiVersion: apps/v1
                                    kind: Deployment
                                    metadata: {name: web}
                                    spec:
                                      selector: {matchLabels: {app: "${schema.metadata.name}"}}
                                      template: {spec: {containers: [{name: a, image: b}]}}
                                """));
        assertThat(graph.completions())
                .extracting(Completion::value)
                .containsExactly(Map.of("app", "${schema.metadata.name}"));
    }

    @Test
    void tellsAllErrorsAtOnceWithTheirPaths() {
        var causes =
                rejected(
                        ARTICLE.replace("schema.spec.image", "schema.spec.picture")
                                .replace("replicas: 2", "replicas: ${nobody.x}")
                                .replace("port: int", "port: wholenumber"));
        assertThat(causes)
                .extracting(FieldCause::field)
                .containsExactlyInAnyOrder(
                        "spec.schema.spec.port",
                        "spec.resources[0].template.spec.replicas",
                        "spec.resources[0].template.spec.template.spec.containers[0].image");
        assertThat(causes.toString()).contains("picture", "nobody", "wholenumber");
    }

    @Test
    void checksExpressionsAgainstTheTypeOfTheirField() {
        assertOne(
                ARTICLE.replace("${schema.spec.port}", "${schema.spec.image}"),
                "spec.resources[0].template.spec.template.spec.containers[0].ports[0].containerPort",
                "expected int, got string");
        assertOne(
                ARTICLE.replace("replicas: 2", "replicas: \"${schema.spec.port}x\""),
                "spec.resources[0].template.spec.replicas",
                "must be a string");
        assertOne(
                ARTICLE.replace("replicas: 2", "replicas: \"${schema.spec.image}x\""),
                "spec.resources[0].template.spec.replicas",
                "expected int, got string");
    }

    @Test
    void checksLiteralsAgainstTheSchema() {
        assertOne(
                ARTICLE.replace("replicas: 2", "replicas: many"),
                "spec.resources[0].template.spec.replicas",
                "expected integer, got string");
        assertOne(
                ARTICLE.replace("containers:", "containres:"),
                "spec.resources[0].template.spec.template.spec.containres",
                "did you mean \"containers\"?");
        assertOne(
                ARTICLE.replace("replicas: 2", "replicas: [2]"),
                "spec.resources[0].template.spec.replicas",
                "expected integer, got array");
        assertOne(
                thing(
                        """
                        - id: a
                          template: {apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: x}}
                        """),
                "spec.resources[0].template.metadata.labels",
                "expected object, got string");
    }

    @Test
    void refusesAKindThatIsNotServed() {
        assertOne(
                ARTICLE.replace("kind: Deployment", "kind: Deploymend"),
                "spec.resources[0].template.kind",
                "there is no kind Deploymend in apps/v1");
        assertOne(
                ARTICLE.replace("apps/v1", "apps/v7"),
                "spec.resources[0].template.kind",
                "it is served as apps/v1");
    }

    @Test
    void spellsOutACycle() {
        assertOne(
                thing(
                        """
                        - id: first
                          template: {apiVersion: v1, kind: ConfigMap, data: {of: "${second.data.of}"}}
                        - id: second
                          template: {apiVersion: v1, kind: ConfigMap, data: {of: "${first.data.of}"}}
                        """),
                "spec.resources[0].template",
                "the graph contains a cycle: first -> second -> first");
    }

    @Test
    void refusesASelfReference() {
        assertOne(
                thing(
                        """
                        - id: a
                          template: {apiVersion: v1, kind: ConfigMap, data: {of: "${a.data.of}"}}
                        """),
                "spec.resources[0].template.data.of",
                "self references are not allowed");
    }

    @Test
    void refusesWrongIds() {
        assertThat(
                        rejected(
                                thing(
                                        """
                                        - id: schema
                                          template: {apiVersion: v1, kind: ConfigMap}
                                        - id: my-map
                                          template: {apiVersion: v1, kind: ConfigMap}
                                        - id: twice
                                          template: {apiVersion: v1, kind: ConfigMap}
                                        - id: twice
                                          template: {apiVersion: v1, kind: ConfigMap}
                                        - template: {apiVersion: v1, kind: ConfigMap}
                                        """)))
                .extracting(FieldCause::field)
                .containsExactly(
                        "spec.resources[0].id",
                        "spec.resources[1].id",
                        "spec.resources[3].id",
                        "spec.resources[4].id");
    }

    @Test
    void refusesKeysThatAreTheControllers() {
        assertOne(
                thing(
                        """
                        - id: a
                          template:
                            apiVersion: v1
                            kind: ConfigMap
                            metadata: {name: a, labels: {kro.run/mine: x}}
                        """),
                "spec.resources[0].template.metadata.labels[kro.run/mine]",
                "keys that begin with kro.run/");
    }

    @Test
    void refusesNamespacesThatCannotBe() {
        assertOne(
                thing(
                        """
                        - id: a
                          template:
                            apiVersion: rbac.authorization.k8s.io/v1
                            kind: ClusterRole
                            metadata: {name: a, namespace: b}
                        """),
                "spec.resources[0].template.metadata.namespace",
                "ClusterRole is cluster-scoped");
        assertOne(
                thing(
                                """
                                - id: a
                                  template: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
                                """)
                        .replace("kind: Thing", "kind: Thing\n    scope: Cluster"),
                "spec.resources[0].template.metadata.namespace",
                "instances of Thing are cluster-scoped");
    }

    @Test
    void refusesWhatAResourceHasNot() {
        assertOne(
                thing(
                        """
                        - id: a
                          template: {apiVersion: v1, kind: ConfigMap}
                          foreach: [{x: "${[1]}"}]
                        """),
                "spec.resources[0].foreach",
                "did you mean \"forEach\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [{r: "${schema.metadata.name}"}]              | a-${r}    | forEach[0].r           | goes over a list, got string
                    [{r: "${[1]}"}, {s: "${[r]}"}]                | a-${string(r)}-${s} | forEach[1].s | unknown identifier 'r'
                    [{r: "x"}]                                    | a-${r}    | forEach[0].r           | only standalone
                    [{item: "${['x']}"}]                          | a-${item} | forEach[0]             | reserved
                    [{other: "${['x']}"}]                         | a-${other} | forEach[0]            | a resource has this id
                    [{r: "${['x']}"}, {r: "${['y']}"}]            | a-${r}    | forEach[1]             | Duplicate
                    [{r: "${['x']}"}, {s: "${['y']}"}]            | a-${r}    | template.metadata.name | neither reads s
                    [{r: "${a}"}]                                 | a-${r}    | forEach[0].r           | cannot read a itself
                    """)
    void refusesWrongLoops(String forEach, String name, String field, String message) {
        assertThat(
                        rejected(
                                thing(
                                        """
                                        - id: other
                                          template: {apiVersion: v1, kind: ConfigMap}
                                        - id: a
                                          forEach: %s
                                          template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "%s"}}
                                        """
                                                .formatted(forEach, name))))
                .anySatisfy(cause -> {
                    assertThat(cause.field()).isEqualTo("spec.resources[1]." + field);
                    assertThat(cause.message()).contains(message);
                });
    }

    @Test
    void refusesAnEmptyName() {
        assertOne(
                thing(
                        """
                        - id: a
                          template: {apiVersion: v1, kind: ConfigMap, metadata: {name: ""}}
                        """),
                "spec.resources[0].template.metadata.name",
                "is empty");
    }

    @Test
    void doesNotMissIteratorsInANameThatIsWrong() {
        assertOne(
                thing(
                        """
                        - id: a
                          forEach: [{r: "${['x']}"}, {s: "${['y']}"}]
                          template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "a-${r}-${s}-${t}"}}
                        """),
                "spec.resources[0].template.metadata.name",
                "'t'");
    }

    @Test
    void limitsTheLoopsOfOneResource() {
        var loops = new StringBuilder();
        var name = new StringBuilder("x");
        for (int i = 0; i <= ForEachCompiler.MAX_LOOPS; i++) {
            loops.append("{l%d: \"${['x']}\"}, ".formatted(i));
            name.append("${l%d}".formatted(i));
        }
        assertThat(
                        rejected(
                                thing(
                                        """
                                        - id: a
                                          forEach: [%s]
                                          template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "%s"}}
                                        """
                                                .formatted(loops, name))))
                .anySatisfy(cause ->
                        assertThat(cause.message()).contains("must have at most 10 items"));
    }

    @Test
    void asksReadinessOfEachItemOnly() {
        assertOne(
                thing(
                        """
                        - id: a
                          forEach: [{r: "${['x']}"}]
                          readyWhen: ["${size(a) > 0}"]
                          template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${r}"}}
                        """),
                "spec.resources[0].readyWhen[0]",
                "may read only `each`, not a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {name: x, selector: {}}      |                        | externalRef.metadata.selector | either a name or a selector
                    {}                           |                        | externalRef.metadata.name     | names a resource, or has a selector
                    {name: x, labels: {a: b}}    |                        | externalRef.metadata.labels   | name, namespace and selector only
                    {name: "${r}"}               | forEach: [{r: "${['x']}"}] | forEach                   | use a selector
                    {name: x}                    | template: {apiVersion: v1, kind: Secret} | externalRef | either made (template), found (externalRef)
                    """)
    void refusesWrongReferences(
            String metadata, @Nullable String more, String field, String message) {
        assertThat(
                        rejected(
                                thing(
                                        "- id: a\n  externalRef: {apiVersion: v1, kind: ConfigMap, metadata: %s}\n  %s"
                                                .formatted(metadata, more == null ? "" : more))))
                .anySatisfy(cause -> {
                    assertThat(cause.field()).isEqualTo("spec.resources[0]." + field);
                    assertThat(cause.message()).contains(message);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${omit()}"}}      | cannot leave out metadata.name
                    template: {apiVersion: v1, kind: ConfigMap, data: {v: "x${omit()}"}}            | not a part of its text
                    template: {apiVersion: v1, kind: ConfigMap, data: "${{'a': omit()}}"}           | not inside of something else
                    {template: {apiVersion: v1, kind: ConfigMap}, includeWhen: ["${omit()}"]}       | fields of templates
                    """)
    void refusesToOmitWhatMustBeThere(String node, String message) {
        var entry = node.startsWith("{") ? "{id: a, " + node.substring(1) : "{id: a, " + node + "}";
        assertThat(rejected(thing("- " + entry)))
                .anySatisfy(cause -> assertThat(cause.message()).contains(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    runtime.newCondition({type: "A"})                                       | needs a status
                    runtime.newCondition({status: "True"})                                  | needs a type
                    runtime.newCondition({type: "", status: "True"})                        | must not be empty
                    runtime.newCondition({type: "A", status: "Yes"})                        | True, False or Unknown
                    runtime.newCondition({type: "A", status: "True", why: "x"})             | type, status, reason and message
                    runtime.newCondition({"type": "A", status: "True"})                     | without quotes
                    runtime.newCondition({type: "A", type: "B", status: "True"})            | twice
                    runtime.condition(schema, "Mine").status                                | only the conditions of the engine
                    schema.metadata.name                                                    | expected a condition or a list of conditions, got string
                    runtime.newCondition({type: "A", status: runtime.condition(cn, "B").status}) | did you mean 'cm'
                    """)
    void refusesWrongConditionsOfAuthors(String expression, String message) {
        assertThat(rejected(withConditions("'${" + expression + "}'")))
                .anySatisfy(cause -> {
                    assertThat(cause.field()).isEqualTo("spec.schema.status.conditions[0]");
                    assertThat(cause.message()).contains(message);
                });
    }

    @Test
    void refusesAConditionThatTwoEntriesMake() {
        var one = "'${runtime.newCondition({type: \"A\", status: \"True\"})}'";
        assertThat(rejected(withConditions(one + ", " + one)))
                .anySatisfy(cause ->
                        assertThat(cause.message())
                                .contains("another entry makes the condition A"));
        accepted(
                withConditions(
                        "'${true ? runtime.newCondition({type: \"A\", status: \"True\"}) :"
                                + " runtime.newCondition({type: \"A\", status: \"False\"})}'"));
    }

    @Test
    void knowsRuntimeInConditionsOnly() {
        assertThat(
                        rejected(
                                thing(
                                        "- {id: a, template: {apiVersion: v1, kind: ConfigMap,"
                                                + " data: {v: '${runtime.condition(schema,"
                                                + " \"Ready\").status}'}}}")))
                .anySatisfy(cause ->
                        assertThat(cause.message())
                                .contains("unknown function 'runtime.condition'"));
    }

    private static String withConditions(String entries) {
        return thing("- {id: cm, template: {apiVersion: v1, kind: ConfigMap}}")
                .replace(
                        "  resources:",
                        "    status:\n      conditions: [" + entries + "]\n  resources:");
    }

    @Test
    void ordersNodesThatDependOnOthersWithoutReadingThem() {
        var graph =
                accepted(
                        thing(
                                """
                                - {id: a, dependsOn: [b], template: {apiVersion: v1, kind: ConfigMap}}
                                - {id: b, template: {apiVersion: v1, kind: ConfigMap}}
                                """));
        assertThat(graph.nodes()).extracting(Node::id).containsExactly("b", "a");
        assertThat(graph.nodes().getLast().dependencies()).containsExactly("b");
        assertOne(
                thing("- {id: abc, dependsOn: [abd], template: {apiVersion: v1, kind: ConfigMap}}"),
                "spec.resources[0].dependsOn[0]",
                "there is no resource with this id, did you mean \"abc\"?");
        assertThat(
                        rejected(
                                thing(
                                        """
                                        - {id: a, dependsOn: [b], template: {apiVersion: v1, kind: ConfigMap}}
                                        - {id: b, dependsOn: [a], template: {apiVersion: v1, kind: ConfigMap}}
                                        """)))
                .anySatisfy(cause -> assertThat(cause.message()).contains("a -> b -> a"));
    }

    @Test
    void refusesUnknownPolicies() {
        assertOne(
                thing("- {id: a, adoption: Always, template: {apiVersion: v1, kind: ConfigMap}}"),
                "spec.resources[0].adoption",
                "IfUnowned");
        assertOne(
                thing("- {id: a, deletion: Never, template: {apiVersion: v1, kind: ConfigMap}}"),
                "spec.resources[0].deletion",
                "Retain");
    }

    @Test
    void waitsOnlyForKindsThatMayCome() {
        assertThat(compile(thing("- {id: a, template: {apiVersion: late.test/v1, kind: Late}}")))
                .isInstanceOfSatisfying(
                        Compiled.Rejected.class,
                        rejected -> assertThat(rejected.awaitsKinds()).isTrue());
        assertThat(compile(thing("- {id: a, template: {apiVersion: apps/v1, kind: Deploymnt}}")))
                .isInstanceOfSatisfying(
                        Compiled.Rejected.class,
                        rejected -> {
                            assertThat(rejected.awaitsKinds()).isFalse();
                            assertThat(rejected.message()).contains("did you mean \"Deployment\"?");
                        });
        assertThat(
                        compile(
                                thing(
                                        """
                                        - {id: a, template: {apiVersion: late.test/v1, kind: Late}}
                                        - {id: b, template: {apiVersion: v1, kind: ConfigMap, data: {v: "${nope}"}}}
                                        """)))
                .isInstanceOfSatisfying(
                        Compiled.Rejected.class,
                        rejected -> assertThat(rejected.awaitsKinds()).isFalse());
    }

    @Test
    void tellsThatAnUnclosedExpressionIsText() {
        var graph =
                accepted(
                        thing(
                                "- {id: a, template: {apiVersion: v1, kind: ConfigMap, data: {v: 'x"
                                        + " ${b'}}}"));
        assertThat(graph.completions())
                .anySatisfy(completion -> {
                    assertThat(completion.path()).isEqualTo("spec.resources[0].template.data.v");
                    assertThat(completion.reason()).contains("is text");
                });
    }

    @Test
    void checksConditions() {
        var map = "- {id: a, template: {apiVersion: v1, kind: ConfigMap}, %s: [\"%s\"]}\n";
        assertOne(
                thing(map.formatted("readyWhen", "${schema.metadata.name == 'x'}")),
                "spec.resources[0].readyWhen[0]",
                "not schema");
        assertOne(
                thing(map.formatted("includeWhen", "${a.data.v == 'x'}")),
                "spec.resources[0].includeWhen[0]",
                "cannot read a itself");
        assertOne(
                thing(map.formatted("includeWhen", "${schema.metadata.name}")),
                "spec.resources[0].includeWhen[0]",
                "expected bool, got string");
        assertOne(
                thing(map.formatted("includeWhen", "yes ${true}")),
                "spec.resources[0].includeWhen[0]",
                "only standalone expressions are allowed");
    }

    @Test
    void checksTheStatus() {
        var definition = thing("- {id: a, template: {apiVersion: v1, kind: ConfigMap}}");
        assertOne(
                definition.replace("  resources:", "    status: {x: {'y': plain}}\n  resources:"),
                "spec.schema.status.x.y",
                "status fields without expressions are not supported");
        assertOne(
                definition.replace(
                        "  resources:", "    status: {x: '${a.metadata.nome}'}\n  resources:"),
                "spec.schema.status.x",
                "nome");
        assertOne(
                definition.replace("  resources:", "    status: {x: \"${'a'}\"}\n  resources:"),
                "spec.schema.status.x",
                "reads the instance or a resource");
    }

    @Test
    void ordersNodesByWhatTheyRead() {
        var graph =
                accepted(
                        thing(
                                """
                                - id: z
                                  template: {apiVersion: v1, kind: ConfigMap, data: {v: "${b.data.v + c.data.v}"}}
                                - id: b
                                  template: {apiVersion: v1, kind: ConfigMap, data: {v: "${a.data.v}"}}
                                - id: c
                                  template: {apiVersion: v1, kind: ConfigMap, data: {v: "${a.data.v}"}}
                                - id: a
                                  template: {apiVersion: v1, kind: ConfigMap}
                                - id: solo
                                  template: {apiVersion: v1, kind: ConfigMap}
                                """));
        assertThat(graph.nodes()).extracting(Node::id).containsExactly("a", "b", "c", "z", "solo");
        assertThat(graph.nodes()).extracting(Node::wave).containsExactly(1, 2, 2, 3, 3);
        assertThat(graph.nodes().get(3).dependencies()).containsExactly("b", "c");
    }

    @Test
    void formsPlurals() {
        assertThat(
                        List.of(
                                Plurals.of("WebApp"),
                                Plurals.of("NetworkPolicy"),
                                Plurals.of("Ingress"),
                                Plurals.of("Gateway"),
                                Plurals.of("Index"),
                                Plurals.of("Status"),
                                Plurals.of("Metrics"),
                                Plurals.of("Analysis"),
                                Plurals.of("Elasticsearch"),
                                Plurals.of("DNS")))
                .containsExactly(
                        "webapps",
                        "networkpolicies",
                        "ingresses",
                        "gateways",
                        "indices",
                        "statuses",
                        "metrics",
                        "analyses",
                        "elasticsearches",
                        "dns");
    }

    private static String thing(String resources) {
        return """
        apiVersion: kro.run/v1alpha1
        kind: ResourceGraphDefinition
        metadata:
          name: things
        spec:
          schema:
            apiVersion: v1alpha1
            kind: Thing
          resources:
        """
                + resources.indent(4);
    }

    private static void assertOne(String definition, String path, String message) {
        assertThat(rejected(definition))
                .singleElement()
                .satisfies(cause -> {
                    assertThat(cause.field()).isEqualTo(path);
                    assertThat(cause.message()).contains(message);
                });
    }

    private static Map<String, Object> version(Graph graph) {
        return Json.list(Json.object(graph.crd(), "spec"), "versions").getFirst()
                        instanceof Map<?, ?> map
                ? Json.cast(map)
                : Map.of();
    }

    private static Graph accepted(String definition) {
        assertThat(compile(definition)).isInstanceOf(Compiled.Accepted.class);
        return ((Compiled.Accepted) compile(definition)).graph();
    }

    private static List<FieldCause> rejected(String definition) {
        assertThat(compile(definition)).isInstanceOf(Compiled.Rejected.class);
        return ((Compiled.Rejected) compile(definition)).causes();
    }

    private static Compiled compile(String definition) {
        var tree = Yaml.read(definition.getBytes(StandardCharsets.UTF_8));
        return Compiler.compile(new Definition(new Resource(Json.cast((Map<?, ?>) tree))), KINDS);
    }
}
