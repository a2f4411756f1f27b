package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.control.Fanout;
import dev.slipway.control.access.Access;
import dev.slipway.graph.compile.Definition;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.State;
import dev.slipway.testkit.World;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorRightsTest {
    private static final User JANE = User.of("jane", List.of(User.AUTHENTICATED));
    private static final User ROOT = User.of("root", List.of(User.MASTERS));
    private static final String MAKES = "[get, create, update, patch, delete]";
    private static final String MAP =
            "- {id: cm, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: cm}, data: {v: x}}}";
    private static final String BINDING =
            """
            - id: b
              template:
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: b}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]
            """;

    private static final ResourceKey DEFINITION = Definition.KIND.resource("", "things");

    private World world;

    @BeforeEach
    void open() {
        var rbac = new Rbac(this::state);
        world =
                World.of(
                        new Access(rbac, "THE AUTHORITY"),
                        new Graphs(Clock.systemUTC(), rbac, Fanout.upTo(4)));
        allow("jane", "kro.run", "[resourcegraphdefinitions]", "[create]");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private State state() {
        return world.store().state();
    }

    /// Gives jane, or the service account `default/robot`, a right on resources of a group.
    private void allow(String subject, String group, String resources, String verbs) {
        var name = subject + resources.replaceAll("[^a-z]", "");
        world.apply(
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: %s}, rules: [{apiGroups: ['%s'], resources: %s, verbs: %s}]}"
                        .formatted(name, group, resources, verbs));
        world.apply(
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: %s}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %s}, subjects: [%s]}"
                        .formatted(
                                name,
                                name,
                                subject.equals("jane")
                                        ? "{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}"
                                        : "{kind: ServiceAccount, name: robot, namespace: default}"));
    }

    private void define(User user, String resources, String more) {
        var text = Things.definition("{ns: string}", "{}", resources) + more;
        var tree = Yaml.read(text.getBytes(StandardCharsets.UTF_8));
        world.resources()
                .create(
                        world.served("kro.run/v1alpha1", "ResourceGraphDefinition"),
                        "",
                        Json.cast((Map<?, ?>) tree),
                        WriteOptions.controller("tester", List.of()).by(user));
        world.settle();
    }

    @Test
    void refusesAnAuthorWhoLacksWhatTheGraphMakes() {
        assertThatThrownBy(() -> define(JANE, MAP, ""))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().message())
                                        .contains(
                                                "user \"jane\" does not hold",
                                                "configmaps",
                                                "spec.serviceAccount"));
        allow("jane", "", "[configmaps]", MAKES);
        assertThatCode(() -> define(JANE, MAP, "")).doesNotThrowAnyException();
    }

    @Test
    void letsNobodyBindARoleThatTheyCannotGive() {
        allow("jane", "rbac.authorization.k8s.io", "[clusterrolebindings]", MAKES);
        assertThatThrownBy(() -> define(JANE, BINDING, "")).hasMessageContaining("escalate");
        assertThatCode(() -> define(ROOT, BINDING, "")).doesNotThrowAnyException();
    }

    @Test
    void letsOnlyWhoMayDoEverythingMakeDefinitionsByDefinitions() {
        allow("jane", "kro.run", "['*']", "['*']");
        var nested =
                "- {id: d, template: {apiVersion: kro.run/v1alpha1, kind: ResourceGraphDefinition, metadata: {name: d}, spec: {schema: {kind: Inner, apiVersion: v1}}}}";
        assertThatThrownBy(() -> define(JANE, nested, "")).hasMessageContaining("jane");
        assertThatCode(() -> define(ROOT, nested, "")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"metadata: {name: x},[get]", "'metadata: {selector: {}}','[get, list, watch]'"})
    void asksForTheRightToReadWhatOthersMade(String metadata, String verbs) {
        var reference = "- {id: e, externalRef: {apiVersion: v1, kind: Secret, " + metadata + "}}";
        assertThatThrownBy(() -> define(JANE, reference, "")).hasMessageContaining("secrets");
        allow("jane", "", "[secrets]", verbs);
        assertThatCode(() -> define(JANE, reference, "")).doesNotThrowAnyException();
    }

    @Test
    void asksForEverythingInTheGroupOfAKindThatIsNotThere() {
        var late = "- {id: a, template: {apiVersion: late.test/v1, kind: Late}}";
        assertThatThrownBy(() -> define(JANE, late, "")).hasMessageContaining("late.test");
        allow("jane", "late.test", "['*']", "['*']");
        assertThatCode(() -> define(JANE, late, "")).doesNotThrowAnyException();
    }

    @Test
    void makesResourcesWithTheRightsOfTheServiceAccount() {
        var account = "  serviceAccount: {name: robot, namespace: default}";
        assertThatThrownBy(() -> define(JANE, MAP, account)).hasMessageContaining("impersonate");
        allow("jane", "", "[serviceaccounts]", "[impersonate]");
        define(JANE, MAP, account);
        world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
        world.eventually("the refusal is told", () -> "ERROR".equals(thing("state")));
        assertThat(world.find("v1", "ConfigMap", "default", "cm")).isEmpty();
        assertThat(String.valueOf(thing("conditions")))
                .contains("system:serviceaccount:default:robot", "configmaps");

        allow("robot", "", "[configmaps]", MAKES);
        world.eventually("the instance heals", () -> "ACTIVE".equals(thing("state")));
        assertThat(world.find("v1", "ConfigMap", "default", "cm")).isPresent();
    }

    @Test
    void givesNothingThatTheServiceAccountHasNot() {
        allow("robot", "rbac.authorization.k8s.io", "[clusterrolebindings]", MAKES);
        world.apply(
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: cluster-admin}, rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]}");
        define(ROOT, BINDING, "  serviceAccount: {name: robot, namespace: default}");
        world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
        world.eventually("the refusal is told", () -> "ERROR".equals(thing("state")));
        assertThat(String.valueOf(thing("conditions"))).contains("attempting to grant");
        assertThat(world.find("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "", "b"))
                .isEmpty();
    }

    @Test
    void makesNothingWithRightsThatTheAuthorLostSince() {
        allow("jane", "", "[configmaps]", MAKES);
        define(JANE, MAP, "");
        allow("jane", "", "[configmaps]", "[get, delete]");
        world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
        world.eventually("the refusal is told", () -> "ERROR".equals(thing("state")));
        assertThat(String.valueOf(thing("conditions")))
                .contains("User \"jane\" cannot create resource \"configmaps\"");
        assertThat(world.find("v1", "ConfigMap", "default", "cm")).isEmpty();
        allow("jane", "", "[configmaps]", MAKES);
        world.eventually("the instance heals", () -> "ACTIVE".equals(thing("state")));
    }

    @Test
    void tellsAtOnceThatTheAuthorLostARight() {
        allow("jane", "", "[configmaps]", MAKES);
        define(JANE, MAP, "");
        world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
        world.settle();
        assertThat(thing("state")).isEqualTo("ACTIVE");
        allow("jane", "", "[secrets]", MAKES);
        world.settle();
        assertThat(thing("state")).isEqualTo("ACTIVE");
        allow("jane", "", "[configmaps]", "[get, create, delete]");
        world.eventually("the loss is told", () -> "ERROR".equals(thing("state")));
        assertThat(String.valueOf(thing("conditions")))
                .contains("User \"jane\" cannot patch resource \"configmaps\"");
        assertThat(world.find("v1", "ConfigMap", "default", "cm")).isPresent();
        allow("jane", "", "[configmaps]", MAKES);
        world.eventually("the instance heals", () -> "ACTIVE".equals(thing("state")));
    }

    @Test
    void tellsAtOnceThatTheBindingOfTheServiceAccountWent() {
        allow("robot", "", "[configmaps]", MAKES);
        define(ROOT, MAP, "  serviceAccount: {name: robot, namespace: default}");
        world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
        world.settle();
        assertThat(thing("state")).isEqualTo("ACTIVE");
        world.delete("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", "", "robotconfigmaps");
        world.eventually("the loss is told", () -> "ERROR".equals(thing("state")));
        assertThat(String.valueOf(thing("conditions"))).contains("default:robot", "configmaps");
        allow("robot", "", "[configmaps]", MAKES);
        world.eventually("the instance heals", () -> "ACTIVE".equals(thing("state")));
    }

    @Test
    void deletesNothingWithRightsThatTheAuthorLostSince() {
        allow("jane", "", "[configmaps]", MAKES);
        define(JANE, MAP, "");
        world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
        world.settle();
        allow("jane", "", "[configmaps]", "[get]");
        world.delete("things.test/v1", "Thing", "default", "one");
        world.eventually(
                "the refusal is told",
                () ->
                        String.valueOf(thing("conditions"))
                                .contains("\"jane\" cannot delete resource \"configmaps\""));
        assertThat(world.find("v1", "ConfigMap", "default", "cm")).isPresent();
        allow("jane", "", "[configmaps]", MAKES);
        world.eventually("it goes", () -> world.find("v1", "ConfigMap", "default", "cm").isEmpty());
    }

    @Test
    void tellsThatItMayNotDeleteWhatIsNotAskedForAnyMore() {
        allow("jane", "", "[configmaps]", MAKES);
        define(
                JANE,
                MAP.replace("{id: cm,", "{id: cm, includeWhen: ['${schema.spec.ns == \"on\"}'],"),
                "");
        world.apply(
                "{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}, spec: {ns: 'on'}}");
        world.settle();
        allow("jane", "", "[configmaps]", "[get, create, patch]");
        world.merge("things.test/v1", "Thing", "default", "one", "spec: {ns: 'off'}");
        world.eventually("the refusal is told", () -> "ERROR".equals(thing("state")));
        assertThat(String.valueOf(thing("conditions")))
                .contains("what is no longer asked for cannot be deleted")
                .contains("\"jane\" cannot delete resource \"configmaps\"");
        allow("jane", "", "[configmaps]", MAKES);
        world.eventually("the instance heals", () -> "ACTIVE".equals(thing("state")));
        assertThat(world.find("v1", "ConfigMap", "default", "cm")).isEmpty();
    }

    @Test
    void letsNobodyPassAsAnotherAuthor() {
        allow("jane", "", "[configmaps]", MAKES);
        define(JANE, MAP, "");
        var note = "{name: root, groups: ['system:masters']}";
        var written =
                world.merge(
                        "kro.run/v1alpha1",
                        "ResourceGraphDefinition",
                        "",
                        "things",
                        "{metadata: {annotations: {slipway.dev/author: \"%s\", a: b}}}"
                                .formatted(note));
        assertThat(written.object().annotation("slipway.dev/author"))
                .contains("{\"name\":\"jane\",\"groups\":[\"system:authenticated\"]}");
        assertThat(written.object().annotation("a")).contains("b");
    }

    @Test
    void takesWhoHoldsWhatItMakesForTheAuthorOfADefinitionThatHasNone() {
        world.apply(Things.definition("{ns: string}", "{}", MAP));
        world.settle();
        assertThat(accepted()).contains("no author of it is noted", "the platform's own rights");
        label(JANE, "one");
        assertThat(author()).isEmpty();
        allow("jane", "", "[configmaps]", MAKES);
        label(JANE, "two");
        assertThat(author().orElseThrow()).contains("jane");
        assertThat(accepted()).doesNotContain("no author");
        label(ROOT, "three");
        assertThat(author().orElseThrow()).contains("jane");
    }

    private void label(User user, String value) {
        world.resources()
                .patch(
                        world.served("kro.run/v1alpha1", "ResourceGraphDefinition"),
                        "",
                        "things",
                        "",
                        new Patch.Merge(Map.of("metadata", Map.of("labels", Map.of("l", value)))),
                        WriteOptions.controller("tester", List.of()).by(user));
        world.settle();
    }

    private Optional<String> author() {
        return definition().annotation("slipway.dev/author");
    }

    private String accepted() {
        return String.valueOf(Things.condition(definition(), "GraphAccepted"));
    }

    private Resource definition() {
        return state().get(DEFINITION).orElseThrow().resource();
    }

    @Test
    void findsNothingThatTheServiceAccountMayNotList() {
        var account = "  serviceAccount: {name: robot, namespace: default}";
        allow("robot", "", "[configmaps]", MAKES);
        define(
                ROOT,
                "- {id: e, externalRef: {apiVersion: v1, kind: ConfigMap, metadata: {selector: {}}}}\n"
                        + "- {id: 'n', template: {apiVersion: v1, kind: ConfigMap, metadata: {name: 'n'}, data: {'n': \"${string(e.size())}\"}}}",
                account);
        world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
        world.eventually("the refusal is told", () -> "ERROR".equals(thing("state")));
        assertThat(String.valueOf(thing("conditions")))
                .contains("robot\" cannot list resource \"configmaps\"");
        allow("robot", "", "[configmaps]", "[get, list, create, patch]");
        world.eventually("the instance heals", () -> "ACTIVE".equals(thing("state")));
    }

    @Test
    void refusesToDeleteADefinitionWithInstancesUnlessToldWhatBecomesOfThem() {
        define(ROOT, MAP, "");
        world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
        world.settle();
        assertThatThrownBy(this::undefine)
                .hasMessageContaining("1 instances of Thing are there: default/one")
                .hasMessageContaining("slipway.dev/instances-on-deletion");
        end("Orphan");
        undefine();
        world.settle();
        assertThat(world.store().state().get(DEFINITION)).isEmpty();
        assertThat(world.find("v1", "ConfigMap", "default", "cm").orElseThrow().owners()).isEmpty();
    }

    @Test
    void deletesInstancesWithTheirDefinitionWhereToldSoByWhoMayDeleteThem() {
        allow("jane", "kro.run", "[resourcegraphdefinitions]", "[create, delete]");
        define(ROOT, MAP, "");
        world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
        world.settle();
        end("Delete");
        assertThatThrownBy(() -> undefine(JANE)).hasMessageContaining("cannot delete resource");
        undefine();
        world.settle();
        assertThat(world.store().state().get(DEFINITION)).isEmpty();
        assertThat(world.find("v1", "ConfigMap", "default", "cm")).isEmpty();
    }

    @Test
    void letsNobodyHaveInstancesDeletedOfADefinitionThatGoesAlready() {
        allow("jane", "kro.run", "[resourcegraphdefinitions]", "[create, delete, update, patch]");
        define(ROOT, MAP, "");
        world.apply("{apiVersion: things.test/v1, kind: Thing, metadata: {name: one}}");
        world.settle();
        end("Wait");
        undefine(JANE);
        assertThatThrownBy(() -> end("Delete", JANE)).hasMessageContaining("cannot delete");
        assertThatThrownBy(() -> end("Orphan", JANE)).hasMessageContaining("cannot delete");
        world.settle();
        assertThat(world.find("v1", "ConfigMap", "default", "cm")).isPresent();
        end("Delete", ROOT);
        world.settle();
        assertThat(world.store().state().get(DEFINITION)).isEmpty();
    }

    @Test
    void letsNobodyMakeARevisionOfWhatTheyCouldNotDefine() {
        define(ROOT, MAP, "");
        allow("jane", "internal.kro.run", "[graphrevisions]", "['*']");
        assertThatThrownBy(() -> forge(BINDING)).hasMessageContaining("resourcegraphdefinitions");
        allow("jane", "kro.run", "[resourcegraphdefinitions]", "[update]");
        assertThatThrownBy(() -> forge(BINDING)).hasMessageContaining("does not hold");
        assertThatThrownBy(() -> forge(MAP)).hasMessageContaining("does not hold");
        allow("jane", "", "[configmaps]", MAKES);
        forge(MAP);
        world.apply(
                "{apiVersion: things.test/v1, kind: Thing, metadata: {name: one, annotations: {slipway.dev/graph-revision: '99'}}}");
        world.settle();
        assertThat(thing("state")).isEqualTo("ACTIVE");
    }

    /// A revision as nobody issued it, by jane.
    private void forge(String resources) {
        var spec =
                Yaml.read(
                        Things.definition("{ns: string}", "{}", resources)
                                .getBytes(StandardCharsets.UTF_8));
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("name", "things");
        snapshot.put("generation", 1L);
        snapshot.put("spec", Json.at(spec, "spec"));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "internal.kro.run/v1alpha1");
        tree.put("kind", "GraphRevision");
        tree.put("metadata", new LinkedHashMap<>(Map.of("name", "things-r00099")));
        tree.put("spec", new LinkedHashMap<>(Map.of("revision", 99L, "snapshot", snapshot)));
        world.resources()
                .create(
                        world.served("internal.kro.run/v1alpha1", "GraphRevision"),
                        "",
                        tree,
                        WriteOptions.controller("jane", List.of()).by(JANE));
    }

    private void end(String word, User user) {
        world.resources()
                .patch(
                        world.served("kro.run/v1alpha1", "ResourceGraphDefinition"),
                        "",
                        "things",
                        "",
                        new Patch.Merge(
                                Map.of(
                                        "metadata",
                                        Map.of(
                                                "annotations",
                                                Map.of(
                                                        "slipway.dev/instances-on-deletion",
                                                        word)))),
                        WriteOptions.controller(user.name(), List.of()).by(user));
    }

    private void end(String word) {
        world.merge(
                "kro.run/v1alpha1",
                "ResourceGraphDefinition",
                "",
                "things",
                "{metadata: {annotations: {slipway.dev/instances-on-deletion: %s}}}"
                        .formatted(word));
        world.settle();
    }

    private void undefine() {
        undefine(ROOT);
    }

    private void undefine(User user) {
        world.resources()
                .delete(
                        world.served("kro.run/v1alpha1", "ResourceGraphDefinition"),
                        "",
                        "things",
                        DeleteOptions.BACKGROUND,
                        WriteOptions.controller(user.name(), List.of()).by(user));
    }

    private Object thing(String field) {
        return String.valueOf(
                world.find("things.test/v1", "Thing", "default", "one")
                        .orElseThrow()
                        .at("status", field));
    }
}
