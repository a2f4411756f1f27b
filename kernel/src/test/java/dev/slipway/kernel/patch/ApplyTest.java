package dev.slipway.kernel.patch;

import static dev.slipway.kernel.patch.Fruit.SCHEMA;
import static dev.slipway.kernel.patch.Fruit.applier;
import static dev.slipway.kernel.patch.Fruit.at;
import static dev.slipway.kernel.patch.Fruit.fruit;
import static dev.slipway.kernel.patch.Fruit.object;
import static dev.slipway.kernel.patch.Fruit.owned;
import static dev.slipway.kernel.patch.Fruit.tree;
import static dev.slipway.kernel.patch.Fruit.updater;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.patch.Fruit.Story;
import dev.slipway.kernel.schema.Definitions;
import dev.slipway.kernel.schema.SchemaReader;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplyTest {
    private final Story story = new Story();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {text: x}                            | [.spec.text]
                    {list: [a, b]}                       | [.spec.list]
                    {set: [b, a]}                        | [.spec.set[="a"], .spec.set[="b"]]
                    {map: {k: v}}                        | [.spec.map.k]
                    {mapOfStructs: {k: {a: x}}}          | [.spec.mapOfStructs.k, .spec.mapOfStructs.k.a]
                    {nested: {a: x}}                     | [.spec.nested.a]
                    {nested: {}}                         | [.spec.nested]
                    {text: null}                         | [.spec.text]
                    {atomic: {k: v}}                     | [.spec.atomic]
                    {free: {a: 1, l: [{b: 1}], m: {x: 1}}} | [.spec.free.a, .spec.free.l, .spec.free.m, .spec.free.m.x]
                    {byKey: [{name: x, value: v}]}       | [.spec.byKey[name="x"], .spec.byKey[name="x"].name, .spec.byKey[name="x"].value]
                    {byTwo: [{port: 1}]}                 | [.spec.byTwo[port=1,protocol="TCP"], .spec.byTwo[port=1,protocol="TCP"].port]
                    {}                                   | [.spec]
                    """)
    void ownsTheLeavesOfTheConfiguration(String spec, String owned) {
        story.apply("one", spec);
        assertThat(owned(story.object(), applier("one"))).isEqualTo(owned);
    }

    @Test
    void hasNoEntryForAnEmptyList() {
        story.apply("one", "{set: []}");
        assertThat(story.object().metadata()).doesNotContainKey("managedFields");
        assertThat(story.spec("set")).isEqualTo(List.of());
    }

    @Test
    void writesItsEntryAsKubernetesDoes() {
        story.apply("one", "{byKey: [{name: x}]}");
        assertThat(Json.text(story.object().metadata().get("managedFields")))
                .isEqualTo(
                        "[{\"manager\":\"one\",\"operation\":\"Apply\",\"apiVersion\":\"fruit.example.com/v1\","
                                + "\"time\":\"2026-01-01T00:00:00Z\",\"fieldsType\":\"FieldsV1\","
                                + "\"fieldsV1\":{\"f:spec\":{\"f:byKey\":{\"k:{\\\"name\\\":\\\"x\\\"}\":{\".\":{},\"f:name\":{}}}}}}]");
    }

    @Test
    void givesBackTheLiveObjectWhereNothingIsNew() {
        story.apply("one", "{text: x, byKey: [{name: a, value: v}], set: [a], free: {m: 1}}");
        var live = story.object();
        var result =
                story.tryToApply(
                        "one",
                        fruit("{free: {m: 1.0}, set: [a], byKey: [{value: v, name: a}], text: x}"));
        assertThat(result).isEqualTo(new Apply.Result.Merged(live, false));
        assertThat(((Apply.Result.Merged) result).object()).isSameAs(live);
    }

    @Test
    void leavesItsArgumentsAlone() {
        story.apply("one", "{text: x, map: {k: v}, byKey: [{name: a, value: v}]}");
        var live = story.object();
        var before = live.copy();
        var configuration = fruit("{text: 'y', map: {l: w}, byKey: [{name: b}]}");
        var wanted = configuration.copy();
        story.tryToApply("one", configuration);
        assertThat(live).isEqualTo(before);
        assertThat(configuration).isEqualTo(wanted);
    }

    @Test
    void sharesWhatManagersAgreeOn() {
        story.apply("one", "{text: x}").apply("two", "{text: x}");
        assertThat(owned(story.object(), applier("one"))).isEqualTo("[.spec.text]");
        assertThat(owned(story.object(), applier("two"))).isEqualTo("[.spec.text]");

        story.apply("one", "{}");
        assertThat(story.spec("text")).isEqualTo("x");
        story.apply("two", "{flag: true}");
        assertThat(story.object().spec()).isEqualTo(Map.of("flag", true));
    }

    @Test
    void timesAnEntryByItsLastChangeOfTheObject() {
        story.apply("one", "{text: x}").apply("two", "{text: x}");
        assertThat(time("one")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(time("two")).isEmpty();
        story.apply("two", "{text: x, number: 1}");
        assertThat(time("one")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(time("two")).isEqualTo("2026-01-01T00:00:02Z");
    }

    @Test
    void refusesToChangeWhatAnotherManagerOwns() {
        story.apply("one", "{text: x}");
        assertThat(refusal("two", "{text: 'y'}"))
                .isEqualTo("Apply failed with 1 conflict: conflict with \"one\": .spec.text");
    }

    @Test
    void listsAllConflictsByManager() {
        story.apply("one", "{text: x, byKey: [{name: x, value: v}]}");
        story.put("hand", withSpec(story.object(), "number", 1L));
        var problem = problem("two", "{text: 'y', number: 2, byKey: [{name: x, value: w}]}");
        assertThat(problem.reason()).isEqualTo(Problem.Reason.CONFLICT);
        assertThat(problem.message())
                .isEqualTo(
                        """
                        Apply failed with 3 conflicts: conflicts with "hand" using fruit.example.com/v1:
                        - .spec.number
                        conflicts with "one":
                        - .spec.text
                        - .spec.byKey[name="x"].value\
                        """);
        assertThat(problem.causes())
                .extracting(cause -> cause.reason() + " " + cause.field())
                .containsExactly(
                        "FieldManagerConflict .spec.number",
                        "FieldManagerConflict .spec.text",
                        "FieldManagerConflict .spec.byKey[name=\"x\"].value");
    }

    @Test
    void takesOverByForce() {
        story.apply("one", "{text: x, number: 1}").force("two", "{text: 'y'}");
        assertThat(story.spec("text")).isEqualTo("y");
        assertThat(owned(story.object(), applier("one"))).isEqualTo("[.spec.number]");
        assertThat(owned(story.object(), applier("two"))).isEqualTo("[.spec.text]");
    }

    @Test
    void removesWhatItDropped() {
        story.apply(
                        "one",
                        "{text: x, map: {k: v, l: w}, byKey: [{name: a}, {name: b}], set: [a, b]}")
                .apply("one", "{map: {l: w}, byKey: [{name: b}], set: [b]}");
        assertThat(story.object().spec())
                .isEqualTo(tree("{map: {l: w}, byKey: [{name: b}], set: [b]}"));
    }

    @Test
    void removesAContainerWithItsLastField() {
        story.apply("one", "{text: x, map: {k: v}, nested: {a: x}, byKey: [{name: a}]}")
                .apply("one", "{text: x}");
        assertThat(story.object().spec()).isEqualTo(tree("{text: x}"));
    }

    @Test
    void keepsAnItemOfWhichOthersOwnFields() {
        story.apply("one", "{byKey: [{name: a, value: v}]}")
                .apply("two", "{byKey: [{name: a}]}")
                .apply("one", "{}");
        assertThat(story.object().spec()).isEqualTo(tree("{byKey: [{name: a}]}"));
    }

    @Test
    void keepsWhatAnUpdaterChangedAfterwards() {
        story.apply("one", "{text: x, number: 1}");
        story.put("hand", withSpec(story.object(), "text", "y"));
        story.apply("one", "{number: 1}");
        assertThat(story.spec("text")).isEqualTo("y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    [c, a]          | [b, a, d]  | [c, b, a, d]
                    [c, b, a, d]    | [a, e, c]  | [b, a, d, e, c]
                    [b, a, c]       | [z, a, b]  | [z, a, c, b]
                    [a, b]          | []         | [a, b]
                    [a, b, c]       | [c, b, a]  | [c, b, a]
                    """)
    void keepsTheConfigurationsOrder(String live, String wanted, String merged) {
        story.put("hand", "{set: %s}".formatted(live)).force("one", "{set: %s}".formatted(wanted));
        assertThat(story.spec("set")).isEqualTo(tree("{x: %s}".formatted(merged)).get("x"));
    }

    @Test
    void mergesListsOfThousands() {
        var live = items(3000, "v");
        var wanted = items(3000, "w");
        story.put("hand", live).force("one", wanted);
        assertThat(story.object().spec()).isEqualTo(fruit(wanted).spec());
    }

    @Test
    void findsAnItemByTheDefaultOfItsKey() {
        story.apply("one", "{byTwo: [{port: 1, note: a}]}");
        assertThat(refusal("two", "{byTwo: [{port: 1, protocol: TCP, note: b}]}"))
                .endsWith("\"one\": .spec.byTwo[port=1,protocol=\"TCP\"].note");
    }

    @Test
    void keepsDuplicatesThatAreLive() {
        story.put("hand", "{set: [a, b, a]}").apply("one", "{set: [b]}");
        assertThat(story.spec("set")).isEqualTo(List.of("a", "b", "a"));
    }

    @Test
    void mergesNothingIntoALeafOfItsOwn() {
        story.apply("one", "{list: [a], atomic: {k: v}}");
        assertThat(refusal("two", "{list: [b], atomic: {l: w}}"))
                .contains("- .spec.atomic\n- .spec.list");
        story.force("two", "{list: [b], atomic: {l: w}}");
        assertThat(story.object().spec()).isEqualTo(tree("{list: [b], atomic: {l: w}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {colour: red}                      | .spec.colour: field not declared in schema
                    {number: x}                        | .spec.number: expected numeric (int or float), got string
                    {flag: 1}                          | .spec.flag: expected boolean, got &{1}
                    {map: [x]}                         | .spec.map: expected map, got &{[x]}
                    {set: x}                           | .spec.set: expected list, got &{x}
                    {byKey: [{name: x}, {name: x}]}    | .spec.byKey: duplicate entries for key [name="x"]
                    {set: [x, x]}                      | .spec.set: duplicate entries for key [="x"]
                    {byTwo: [{port: 1}, {port: 1, protocol: TCP}]} | .spec.byTwo: duplicate entries for key [port=1,protocol="TCP"]
                    {byTwo: [{port: 1, protocol: null}, {port: 1, protocol: TCP}]} | .spec.byTwo: duplicate entries for key [port=1,protocol="TCP"]
                    {byKey: [{value: v}]}              | .spec.byKey: element 0: associative list with keys has an element that omits all key fields ["name"] (and doesn't have default values for any key fields)
                    {byKey: [{name: x, colour: red}]}  | .spec.byKey[name="x"].colour: field not declared in schema
                    {list: [1]}                        | .spec.list[0]: expected string, got &{1}
                    """)
    void refusesWhatDoesNotFitTheSchema(String spec, String expected) {
        var problem = problem("one", spec);
        assertThat(problem.reason()).isEqualTo(Problem.Reason.INVALID);
        assertThat(problem.message())
                .isEqualTo(
                        "failed to create typed patch object (/a; fruit.example.com/v1, Kind=Fruit): "
                                + expected);
    }

    @Test
    void namesEveryMisfitAndItsField() {
        var problem = problem("one", "{number: x, colour: red}");
        assertThat(problem.message())
                .endsWith(
                        """
                        errors:
                          .spec.number: expected numeric (int or float), got string
                          .spec.colour: field not declared in schema\
                        """);
        assertThat(problem.causes())
                .extracting(cause -> cause.field())
                .containsExactly("spec.number", "spec.colour");
    }

    @Test
    void countsMisfitsBeyondThoseThatAreTold() {
        var same = String.join(",", Collections.nCopies(TypeCheck.MAX_ERRORS + 7, "x"));
        var problem = problem("one", "{set: [" + same + "]}");
        assertThat(problem.causes()).hasSize(TypeCheck.MAX_ERRORS);
        assertThat(problem.message()).endsWith("[=\"x\"]\n  and 6 more");
    }

    @Test
    void refusesManagedFieldsInAConfiguration() {
        var configuration = fruit("{}");
        configuration.metadata().put("managedFields", List.of());
        assertThat(story.tryToApply("one", configuration))
                .isEqualTo(
                        new Apply.Result.Refused(
                                Problem.badRequest("metadata.managedFields must be nil")));
    }

    @Test
    void recordsAnOwnerOfWhatWasThereBefore() {
        story.store(new Apply.Result.Merged(fruit("{text: x, map: {k: v}}"), true));
        assertThat(refusal("one", "{text: 'y'}"))
                .endsWith("\"before-first-apply\" using fruit.example.com/v1: .spec.text");
        story.force("one", "{text: 'y'}");
        assertThat(owned(story.object(), updater("before-first-apply")))
                .isEqualTo("[.spec, .spec.map, .spec.map.k]");
    }

    @Test
    void writesNothingIntoFieldsThatTheEndpointResets() {
        story.put("hand", object("spec: {text: x}\nstatus: {phase: Old}"));
        var result =
                Apply.apply(
                        Optional.of(story.object()),
                        object("spec: {number: 1}\nstatus: {phase: New}"),
                        SCHEMA,
                        applier("one"),
                        false,
                        Set.of("status"),
                        at(9),
                        Map.of());
        var merged = ((Apply.Result.Merged) result).object();
        assertThat(merged.status()).isEqualTo(Map.of("phase", "Old"));
        assertThat(owned(merged, applier("one"))).isEqualTo("[.spec.number]");
    }

    @Test
    void keepsEntriesOfSubresourcesApart() {
        var status = new Manager("one", Manager.APPLY, Fruit.VERSION, "status");
        story.apply("one", "{text: x}");
        var result =
                Apply.apply(
                        Optional.of(story.object()),
                        object("status: {phase: New}"),
                        SCHEMA,
                        status,
                        false,
                        Set.of("metadata", "spec"),
                        at(9),
                        Map.of());
        var merged = ((Apply.Result.Merged) result).object();
        assertThat(merged.spec()).isEqualTo(Map.of("text", "x"));
        assertThat(owned(merged, status)).isEqualTo("[.status.phase]");
        assertThat(owned(merged, applier("one"))).isEqualTo("[.spec.text]");
    }

    @Test
    void ownsAsOneWhatBecameAtomic() {
        story.apply("one", "{map: {k: v}}");
        var atomic =
                SchemaReader.read(
                        tree(
                                """
                                type: object
                                properties:
                                  spec:
                                    type: object
                                    properties:
                                      map:
                                        type: object
                                        x-kubernetes-map-type: atomic
                                        additionalProperties: {type: string}
                                """));
        var result =
                Apply.apply(
                        Optional.of(story.object()),
                        fruit("{map: {l: w}}"),
                        atomic,
                        applier("two"),
                        false,
                        Set.of(),
                        at(9),
                        Map.of());
        assertThat(((Apply.Result.Refused) result).problem().message())
                .endsWith("conflict with \"one\": .spec.map");
    }

    @Test
    void inheritsWhatKubectlAppliedOnTheClientAndDropsWhatTheFileHasNoMore() {
        story.put("kubectl-client-side-apply", appliedOnTheClient());
        story.apply(Succession.HEIR, "{text: '2'}");
        assertThat(story.object().spec()).isEqualTo(tree("{text: '2'}"));
        assertThat(story.object().annotation(LastApplied.ANNOTATION).orElseThrow())
                .contains("\"spec\":{\"text\":\"2\"}");
        assertThat(ManagedFields.of(story.object()).entries())
                .extracting(entry -> entry.manager().name())
                .contains(Succession.HEIR);
        assertThat(Succession.applier(story.object())).isEqualTo(Succession.HEIR);

        story.force("kubectl", "{text: '2'}");
        assertThat(Succession.applier(story.object())).isEqualTo(Succession.HEIR);
    }

    private static Resource appliedOnTheClient() {
        var made =
                object(
                        """
                        spec: {text: "1", map: {old: "1"}}
                        """);
        made.metadata()
                .put(
                        "annotations",
                        Map.of(
                                LastApplied.ANNOTATION,
                                Json.text(fruit("{text: '1', map: {old: '1'}}").tree()) + "\n"));
        return made;
    }

    @Test
    void takesFromKubectlWhatItsOlderApplySet() {
        story.put("kubectl-client-side-apply", appliedOnTheClient());

        assertThat(refusal("other", "{text: '2'}")).contains("conflict");
        story.apply("kubectl", "{text: '2'}");
        assertThat(story.object().spec()).isEqualTo(tree("{text: '2', map: {old: '1'}}"));
        assertThat(story.object().annotation("kubectl.kubernetes.io/last-applied-configuration"))
                .contains(
                        "{\"apiVersion\":\"fruit.example.com/v1\",\"kind\":\"Fruit\","
                                + "\"metadata\":{\"name\":\"a\"},\"spec\":{\"text\":\"2\"}}\n");
    }

    @Test
    void knowsTheListsOfKubernetesOwnKinds() {
        var schema = Definitions.load().schema("io.k8s.api.apps.v1.Deployment");
        var configuration =
                new Resource(
                        tree(
                                """
                                apiVersion: apps/v1
                                kind: Deployment
                                metadata: {name: a, labels: {app: a}}
                                spec:
                                  selector: {matchLabels: {app: a}}
                                  template:
                                    metadata: {labels: {app: a}}
                                    spec:
                                      tolerations: [{key: a}]
                                      containers:
                                      - {name: m, image: i, args: [x], ports: [{containerPort: 80}]}
                                """));
        var result =
                Apply.apply(
                        Optional.empty(),
                        configuration,
                        schema,
                        new Manager("one", Manager.APPLY, "apps/v1", ""),
                        false,
                        Set.of("status"),
                        at(0),
                        Map.of());
        var merged = ((Apply.Result.Merged) result).object();
        assertThat(
                        ManagedFields.of(merged).entries().getFirst().fields().paths().stream()
                                .map(FieldPath::toString))
                .containsExactlyInAnyOrder(
                        ".metadata.labels.app",
                        ".spec.selector",
                        ".spec.template.metadata.labels.app",
                        ".spec.template.spec.tolerations",
                        ".spec.template.spec.containers[name=\"m\"]",
                        ".spec.template.spec.containers[name=\"m\"].name",
                        ".spec.template.spec.containers[name=\"m\"].image",
                        ".spec.template.spec.containers[name=\"m\"].args",
                        ".spec.template.spec.containers[name=\"m\"].ports[containerPort=80,protocol=\"TCP\"]",
                        ".spec.template.spec.containers[name=\"m\"].ports[containerPort=80,protocol=\"TCP\"].containerPort");
    }

    private String time(String manager) {
        return ManagedFields.of(story.object()).entry(applier(manager)).orElseThrow().time();
    }

    private String refusal(String manager, String spec) {
        return problem(manager, spec).message();
    }

    private Problem problem(String manager, String spec) {
        return ((Apply.Result.Refused) story.tryToApply(manager, fruit(spec))).problem();
    }

    private static Resource withSpec(Resource object, String field, Object value) {
        var copy = object.copy();
        copy.spec().put(field, value);
        return copy;
    }

    private static String items(int count, String value) {
        var items = new java.util.StringJoiner(", ", "{byKey: [", "]}");
        for (int i = 0; i < count; i++) {
            items.add("{name: n%d, value: %s}".formatted(i, value));
        }
        return items.toString();
    }
}
