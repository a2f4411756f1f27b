package dev.slipway.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.plan.Effect;
import dev.slipway.kernel.plan.Plan;
import dev.slipway.kernel.resources.DeleteOptions.Propagation;
import dev.slipway.testkit.World;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What plans foretell of definitions and instances.
class PlansTest {
    private static final String TWO =
            """
            - {id: one, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${schema.metadata.name}-1"}, data: {v: "${schema.spec.v}"}}}
            - {id: two, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${one.metadata.name}-2"}, data: {v: x}}}
            """;

    @Test
    void plansADefinitionWithItsInstanceInWhateverOrderAndWritesNothing() {
        try (var things = new Things()) {
            var world = things.world();
            world.settle();
            var before = world.store().state().revision();
            var plan =
                    world.plan(
                            instance("a", "{v: hi}")
                                    + "\n---\n"
                                    + Things.definition("{v: string}", "{}", TWO));
            assertThat(plan.refused()).isEmpty();
            assertThat(plan.complete()).isTrue();
            assertThat(told(plan))
                    .contains(
                            "CREATED resourcegraphdefinitions.kro.run things",
                            "CREATED customresourcedefinitions.apiextensions.k8s.io things.things.test",
                            "CREATED things.things.test a",
                            "CREATED configmaps a-1",
                            "CREATED configmaps a-1-2");
            assertThat(world.store().state().revision()).isEqualTo(before);
            assertThat(world.resources().kinds().byKind(Things.API_VERSION, "Thing")).isEmpty();
        }
    }

    @Test
    void plansAChangeOfADefinitionForAllItsInstances() {
        try (var things = new Things()) {
            things.define("{v: string}", TWO);
            things.apply("a", "{v: hi}");
            things.apply("b", "{v: ho}");
            var world = things.world();
            var before = world.store().state().revision();
            var plan =
                    world.plan(
                            Things.definition(
                                    "{v: string}",
                                    "{}",
                                    TWO.lines()
                                            .toList()
                                            .getFirst()
                                            .replace("data: {v:", "data: {w:")));
            assertThat(told(plan))
                    .contains(
                            "CHANGED configmaps a-1",
                            "CHANGED configmaps b-1",
                            "PRUNED configmaps a-1-2",
                            "PRUNED configmaps b-1-2");
            assertThat(world.store().state().revision()).isEqualTo(before);
            assertThat(world.find("v1", "ConfigMap", "default", "a-1-2")).isPresent();
        }
    }

    @Test
    void plansTheDeletionOfAnInstance() {
        try (var things = new Things()) {
            things.define("{v: string}", TWO);
            things.apply("a", "{v: hi}");
            var plan = things.world().planDeletion(Things.API_VERSION, "Thing", "default", "a");
            assertThat(told(plan))
                    .contains(
                            "DELETED things.things.test a",
                            "DELETED configmaps a-1",
                            "DELETED configmaps a-1-2");
        }
    }

    @Test
    void plansWhatOthersOwnOfWhatAnInstanceMakes() {
        try (var things = new Things()) {
            things.define(
                    "{v: string, more: boolean}",
                    """
                    - {id: one, template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${schema.metadata.name}-1"}, data: {v: "${schema.spec.v}"}}}
                    - {id: two, includeWhen: ["${schema.spec.more}"], template: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${schema.metadata.name}-2"}, data: {v: x}}}
                    """);
            things.apply("a", "{v: hi, more: true}");
            owned(things, "of-others", "a-2");
            var off = things.world().plan(instance("a", "{v: hi, more: false}"));
            assertThat(told(off))
                    .contains("PRUNED configmaps a-2", "DELETED configmaps of-others")
                    .doesNotContain("DELETED configmaps a-1");

            assertThat(told(things.world().planDeletion("v1", "ConfigMap", "default", "a-2")))
                    .containsExactly("REPLACED configmaps a-2", "DELETED configmaps of-others");
            assertThat(told(deletion(things, Propagation.FOREGROUND)))
                    .contains(
                            "DELETED things.things.test a",
                            "DELETED configmaps a-2",
                            "DELETED configmaps of-others");
            assertThat(deletion(things, Propagation.ORPHAN).effects())
                    .noneMatch(effect ->
                            effect.key().kind().plural().equals("configmaps")
                                    && effect.kind() == Effect.Kind.DELETED);
            assertThat(things.findMap("of-others")).isPresent();
        }
    }

    @Test
    void plansWhatAGraphMakesAnewBehindAForegroundDeletion() {
        try (var things = new Things()) {
            things.define("{v: string}", TWO);
            things.apply("a", "{v: hi}");
            owned(things, "of-others", "a-1");
            var plan =
                    things.world()
                            .planDeletion(
                                    "v1", "ConfigMap", "default", "a-1", Propagation.FOREGROUND);
            assertThat(told(plan))
                    .contains("REPLACED configmaps a-1", "DELETED configmaps of-others")
                    .doesNotContain("DELETED configmaps a-1", "DELETED configmaps a-1-2");
            assertThat(owner(plan, "of-others")).isEqualTo("ConfigMap a-1");
        }
    }

    @Test
    void plansWhatIsInTheWayOfWhatGoes() {
        try (var things = new Things()) {
            things.define("{v: string}", TWO);
            var world = things.world();
            world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
            world.apply(instance("a", "{v: hi}").replace("default", "team"));
            world.settle();
            world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: b, namespace: team}}");
            world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: team}}");
            hold(world, "a-1");
            hold(world, "b");
            var one = world.planDeletion(Things.API_VERSION, "Thing", "team", "a");
            assertThat(told(one))
                    .contains("DELETED things.things.test a", "TERMINATING configmaps a-1")
                    .doesNotContain("TERMINATING configmaps b");

            var all = world.planDeletion("v1", "Namespace", "", "team");
            assertThat(told(all))
                    .contains(
                            "DELETED namespaces team",
                            "DELETED things.things.test a",
                            "DELETED configmaps c",
                            "TERMINATING configmaps a-1",
                            "TERMINATING configmaps b");
            assertThat(owner(all, "a")).isEqualTo("Namespace team");
            assertThat(owner(all, "c")).isEqualTo("Namespace team");
            assertThat(owner(all, "a-1-2")).isEqualTo("Thing a");
        }
    }

    /// From then on a map is being deleted, and somebody holds it.
    private static void hold(World world, String name) {
        world.merge("v1", "ConfigMap", "team", name, "metadata: {finalizers: [ex.io/hold]}");
        world.delete("v1", "ConfigMap", "team", name);
        world.settle();
    }

    private static String owner(Plan plan, String name) {
        return plan.effects().stream()
                .filter(effect -> effect.key().name().equals(name))
                .flatMap(effect -> effect.owner().stream())
                .map(owner -> owner.kind() + " " + owner.name())
                .collect(Collectors.joining(", "));
    }

    private static Plan deletion(Things things, Propagation propagation) {
        return things.world()
                .planDeletion(Things.API_VERSION, "Thing", "default", "a", propagation);
    }

    private static void owned(Things things, String name, String owner) {
        things.map(
                name,
                ", ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: %s, uid: %s, blockOwnerDeletion: true}]}}"
                        .formatted(owner, things.findMap(owner).orElseThrow().uid()));
    }

    @Test
    void plansTheDeletionOfADefinitionWithAllThatItMade() {
        try (var things = new Things()) {
            things.define("{v: string}", TWO);
            things.apply("a", "{v: hi}");
            var world = things.world();
            world.merge(
                    "kro.run/v1alpha1",
                    "ResourceGraphDefinition",
                    "",
                    "things",
                    "metadata: {annotations: {slipway.dev/instances-on-deletion: Delete}}");
            world.settle();
            var plan =
                    world.planDeletion("kro.run/v1alpha1", "ResourceGraphDefinition", "", "things");
            assertThat(told(plan))
                    .contains(
                            "DELETED resourcegraphdefinitions.kro.run things",
                            "DELETED customresourcedefinitions.apiextensions.k8s.io things.things.test",
                            "DELETED graphrevisions.internal.kro.run things-r00001",
                            "DELETED things.things.test a",
                            "DELETED configmaps a-1",
                            "DELETED configmaps a-1-2");
            assertThat(things.find("a")).isPresent();
        }
    }

    @Test
    void plansThatAGraphTakesBackWhatIsChangedBehindItsBack() {
        try (var things = new Things()) {
            things.define("{v: string}", TWO);
            things.apply("a", "{v: hi}");
            var plan =
                    things.world()
                            .plan(
                                    """
                                    apiVersion: v1
                                    kind: ConfigMap
                                    metadata: {name: a-1, namespace: default}
                                    data: {v: mine}
                                    """);
            var after =
                    plan.effects().stream()
                            .filter(effect -> effect.key().name().equals("a-1"))
                            .flatMap(effect -> effect.after().stream())
                            .findFirst()
                            .orElseThrow();
            assertThat(Json.at(after.resource().tree(), "data", "v")).isEqualTo("hi");
        }
    }

    @Test
    void tellsWhichInstancesABreakingChangeBreaks() {
        try (var things = new Things()) {
            things.define("{v: string, size: integer}", TWO);
            things.apply("a", "{v: hi, size: 3}");
            things.apply("b", "{v: ho}");
            var plan =
                    things.world().plan(Things.definition("{v: string, size: boolean}", "{}", TWO));
            assertThat(plan.refused()).hasSize(1);
            assertThat(plan.refused().getFirst().problem().message())
                    .contains("the type changes from integer to boolean")
                    .contains("1 of 2 instances of Thing would break: default/a: spec.size: ")
                    .doesNotContain("default/b");
        }
    }

    @Test
    void plansWhatCannotBeAcceptedAndTheRest() {
        try (var things = new Things()) {
            things.define("{v: string}", TWO);
            var plan =
                    things.world()
                            .plan(instance("a", "{v: 3}") + "\n---\n" + instance("b", "{v: hi}"));
            assertThat(plan.refused())
                    .singleElement()
                    .satisfies(refused -> assertThat(refused.proposal()).isZero());
            assertThat(told(plan)).contains("CREATED configmaps b-1");
        }
    }

    @Test
    void refusesASecondDefinitionOfAKindThatIsNotServedYet() {
        try (var things = new Things()) {
            var definition = Things.definition("{v: string}", "{}", TWO);
            things.world()
                    .apply(
                            definition
                                    + """
                                        - id: later
                                          template: {apiVersion: later.test/v1, kind: Later, metadata: {name: l}}
                                    """);
            assertThatThrownBy(() ->
                            things.world().apply(definition.replace("name: things", "name: more")))
                    .hasMessageContaining("the definition things wants the kind Thing");
        }
    }

    private static List<String> told(Plan plan) {
        return plan.effects().stream().map(PlansTest::told).toList();
    }

    private static String told(Effect effect) {
        return "%s %s %s"
                .formatted(effect.kind(), effect.key().kind().groupResource(), effect.key().name());
    }

    private static String instance(String name, String spec) {
        return "apiVersion: %s\nkind: Thing\nmetadata: {name: %s, namespace: default}\nspec: %s"
                .formatted(Things.API_VERSION, name, spec);
    }
}
