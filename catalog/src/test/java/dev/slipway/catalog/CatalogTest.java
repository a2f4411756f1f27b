package dev.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.relations.Related;
import dev.slipway.kernel.resources.Written.Effect;
import dev.slipway.testkit.World;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogTest {
    private static final String V1 = "backstage.io/v1alpha1";
    private static final String PAYMENT_SERVICE =
            """
            apiVersion: backstage.io/v1alpha1
            kind: Component
            metadata:
              name: payment-service
              description: Handles payment processing
              annotations:
                github.com/project-slug: org/payment-service
            spec:
              type: service
              lifecycle: production
              owner: payments-team
              system: checkout
              dependsOn:
                - component:user-service
                - resource:payments-db
              providesApis:
                - payments-api
            """;

    private final World world =
            World.with(relations -> List.of(new Catalog(relations, Clock.systemUTC())));

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void servesTheKindsOfBackstageInBothVersions() {
        assertThat(
                        world.resources().kinds().all().stream()
                                .filter(kind -> kind.names().categories().contains("catalog"))
                                .map(kind -> kind.names().plural()))
                .containsExactly(
                        "apis",
                        "components",
                        "domains",
                        "groups",
                        "locations",
                        "resources",
                        "systems",
                        "users");
        assertThat(world.served("backstage.io/v1beta1", "Component").kind().namespaced()).isTrue();
        assertThat(world.served(V1, "User").kind().rules().name())
                .isEqualTo(Kind.NameRule.PATH_SEGMENT);
    }

    @Test
    void storesADescriptorAsItWasWritten() {
        world.apply(PAYMENT_SERVICE);

        var stored = component("payment-service");
        assertThat(stored.metadata()).containsEntry("description", "Handles payment processing");
        assertThat(stored.spec().keySet())
                .containsExactly(
                        "type", "lifecycle", "owner", "system", "dependsOn", "providesApis");
    }

    @Test
    void readsTheOtherVersionAsTheSameEntity() {
        world.apply(PAYMENT_SERVICE.replace("v1alpha1", "v1beta1"));

        assertThat(component("payment-service").apiVersion()).isEqualTo(V1);
        assertThat(world.find("backstage.io/v1beta1", "Component", "default", "payment-service"))
                .hasValueSatisfying(
                        one -> assertThat(one.apiVersion()).isEqualTo("backstage.io/v1beta1"));
    }

    @Test
    void namesTheFieldThatIsMissing() {
        assertThatThrownBy(
                        () -> world.apply(PAYMENT_SERVICE.replace("  lifecycle: production\n", "")))
                .isInstanceOf(ProblemException.class)
                .hasMessage(
                        "Component.backstage.io \"payment-service\" is invalid: spec.lifecycle: Required value");
        assertThat(world.find(V1, "Component", "default", "payment-service")).isEmpty();
    }

    @Test
    void keepsLinksThatRunScriptsAndWarns() {
        var written =
                world.apply(
                        PAYMENT_SERVICE.replace(
                                "  annotations:",
                                "  links: [{url: 'JavaScript:alert(1)'}]\n  annotations:"));

        assertThat(written.warnings())
                .containsExactly("metadata.links[0].url: runs a script; it is not shown as a link");
        assertThat(component("payment-service").metadata()).containsKey("links");
    }

    @Test
    void refusesANameThatDiffersByCaseOnly() {
        world.apply(PAYMENT_SERVICE);

        assertThatThrownBy(() ->
                        world.apply(
                                PAYMENT_SERVICE.replace(
                                        "name: payment-service", "name: Payment-Service")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().reason().status()).isEqualTo(409))
                .hasMessageContaining("already exists as \"payment-service\"");
        world.apply(PAYMENT_SERVICE.replace("kind: Component", "kind: Resource"));
    }

    @Test
    void namesEveryReferenceThatLeadsNowhere() {
        world.apply(PAYMENT_SERVICE);
        world.settle();

        assertThat(condition("payment-service"))
                .containsEntry("status", "False")
                .containsEntry("reason", "Missing")
                .containsEntry(
                        "message",
                        "group:default/payments-team, system:default/checkout, api:default/payments-api, component:default/user-service and resource:default/payments-db do not exist");
    }

    @Test
    void followsTheComingAndGoingOfTargets() {
        world.apply(component("web", "payments-team"));
        world.settle();
        assertThat(condition("web"))
                .containsEntry("message", "group:default/payments-team does not exist");

        world.apply(group("payments-team"));
        world.settle();
        assertThat(condition("web"))
                .containsEntry("status", "True")
                .containsEntry("reason", "Resolved");

        world.delete(V1, "Group", "default", "payments-team");
        world.settle();
        assertThat(condition("web")).containsEntry("status", "False");
    }

    @Test
    void findsTargetsWhateverTheirCase() {
        world.apply(group("Payments-Team"));
        world.apply(component("web", "GROUP:Default/payments-TEAM"));
        world.settle();

        assertThat(condition("web")).containsEntry("status", "True");
    }

    @Test
    void writesNothingWhileTheSameReferencesLeadNowhere() {
        world.apply(PAYMENT_SERVICE);
        world.settle();
        var before = world.store().state().revision();

        assertThat(world.apply(PAYMENT_SERVICE).effect()).isEqualTo(Effect.UNCHANGED);
        world.apply(group("another-team"));
        world.settle();

        assertThat(component("payment-service").resourceVersion()).isEqualTo(Long.toString(before));
    }

    @Test
    void leavesTheGenerationToTheAuthor() {
        world.apply(PAYMENT_SERVICE);
        world.settle();

        assertThat(component("payment-service").generation()).isEqualTo(1);
    }

    @Test
    void refersToOtherKindsThanTheCatalogsOwn() {
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, namespace: default}}");
        world.apply(
                """
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata: {name: web}
                spec: {type: service, lifecycle: production, owner: t, dependsOn: ['configmap:settings', 'deployment.apps:web']}
                """);
        world.settle();

        assertThat(condition("web"))
                .containsEntry(
                        "message", "group:default/t and deployment:default/web do not exist");
        var settings = world.served("v1", "ConfigMap").kind().key().resource("default", "settings");
        assertThat(world.relations().of(settings))
                .extracting(Related::type, Related::reference)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "dependencyOf", "component:default/web"));
    }

    @Test
    void tellsMembershipThatBothSidesDeclareOnce() {
        world.apply(
                "{apiVersion: backstage.io/v1alpha1, kind: Group, metadata: {name: team}, spec: {type: team, children: [], members: [ann]}}");
        world.apply(
                "{apiVersion: backstage.io/v1alpha1, kind: User, metadata: {name: ann}, spec: {memberOf: [team]}}");

        var ann = world.served(V1, "User").kind().key().resource("default", "ann");
        assertThat(world.relations().of(ann))
                .extracting(Related::direction, Related::type, Related::reference)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Related.Direction.OUT, "memberOf", "group:default/team"));
    }

    @Test
    void namesABoundedNumberOfReferences() {
        var many =
                java.util.stream.IntStream.range(0, 200)
                        .mapToObj(i -> "api:default/a" + i)
                        .toList();
        assertThat(ReferencesController.message(many))
                .endsWith("api:default/a99 and 100 more do not exist");
    }

    private Resource component(String name) {
        return world.find(V1, "Component", "default", name).orElseThrow();
    }

    private Map<String, Object> condition(String name) {
        var conditions = Json.list(component(name).status(), "conditions");
        assertThat(conditions).hasSize(1);
        return Json.cast((Map<?, ?>) conditions.getFirst());
    }

    private static String component(String name, String owner) {
        return "{apiVersion: backstage.io/v1alpha1, kind: Component, metadata: {name: %s}, spec: {type: service, lifecycle: production, owner: '%s'}}"
                .formatted(name, owner);
    }

    private static String group(String name) {
        return "{apiVersion: backstage.io/v1alpha1, kind: Group, metadata: {name: %s}, spec: {type: team, children: []}}"
                .formatted(name);
    }
}
