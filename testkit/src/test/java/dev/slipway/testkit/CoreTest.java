package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.DeleteOptions.Propagation;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.resources.Written;
import dev.slipway.kernel.resources.Written.Effect;
import dev.slipway.kernel.store.Attribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The write path and the core's controllers, seen through a whole platform in memory.
class CoreTest {
    private static final String CRD =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata:
              name: boats.sea.example
            spec:
              group: sea.example
              scope: Namespaced
              names: {plural: boats, kind: Boat}
              versions:
                - name: v1
                  served: true
                  storage: true
                  subresources: {status: {}}
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          properties:
                            berths: {type: integer, default: 2}
                            name: {type: string}
                        status:
                          type: object
                          properties:
                            afloat: {type: boolean}
            """;

    private final World world = World.of();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void givesNewObjectsTheStatusThatIsAlwaysWritten() {
        var deployment =
                world.apply(
                                """
                                apiVersion: apps/v1
                                kind: Deployment
                                metadata: {name: web}
                                spec:
                                  selector: {matchLabels: {app: web}}
                                  template:
                                    metadata: {labels: {app: web}}
                                    spec: {containers: [{name: web, image: web}]}
                                """)
                        .object();
        var claim =
                world.apply(
                                """
                                apiVersion: v1
                                kind: PersistentVolumeClaim
                                metadata: {name: disk}
                                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
                                """)
                        .object();

        assertThat(deployment.tree()).containsEntry("status", Map.of());
        assertThat(claim.status()).containsEntry("phase", "Pending");
    }

    @Test
    void storesWhatItIsGivenAndCountsRevisions() {
        var made =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}}");
        assertThat(made.effect()).isEqualTo(Effect.CREATED);
        assertThat(made.object().uid()).hasSize(36);
        assertThat(made.object().namespace()).isEqualTo("default");

        var same =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}}");
        assertThat(same.effect()).isEqualTo(Effect.UNCHANGED);
        assertThat(same.object().resourceVersion()).isEqualTo(made.object().resourceVersion());

        var changed =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: w}}");
        assertThat(changed.effect()).isEqualTo(Effect.UPDATED);
        assertThat(Long.parseLong(changed.object().resourceVersion()))
                .isGreaterThan(Long.parseLong(made.object().resourceVersion()));
    }

    @Test
    void refusesAStaleRevision() {
        var made = world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: v}}");

        var stale = made.object().copy();
        assertThatThrownBy(() -> update(stale.tree()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the object has been modified");
    }

    @Test
    void letsNobodySayByAnUpdateWhenAnObjectGoes() {
        var wanted =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}")
                        .object()
                        .copy();
        var metadata = Json.child(wanted.tree(), "metadata");
        metadata.put("selfLink", "/a");
        assertThat(update(wanted.tree()).object().metadata()).doesNotContainKey("selfLink");

        metadata.put("deletionTimestamp", "2026-01-01T00:00:00Z");
        assertThatThrownBy(() -> update(wanted.tree()))
                .hasMessageContaining("metadata.deletionTimestamp")
                .hasMessageContaining("field is immutable");
    }

    private Written update(Map<String, Object> tree) {
        return world.resources()
                .update(
                        world.served("v1", "ConfigMap"),
                        "default",
                        "a",
                        "",
                        tree,
                        WriteOptions.controller("test", List.of()));
    }

    @Test
    void refusesAnObjectInANamespaceThatIsNotThere() {
        assertThatThrownBy(() ->
                        world.apply(
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: nowhere}}"))
                .hasMessageContaining("namespaces \"nowhere\" not found");
    }

    @Test
    void servesAKindOnceItsDefinitionIsEstablished() {
        boats();
        var boat =
                world.apply(
                        "{apiVersion: sea.example/v1, kind: Boat, metadata: {name: anna}, spec: {name: Anna}}");

        assertThat(boat.object().spec()).containsEntry("berths", 2L);
        assertThat(boat.object().generation()).isEqualTo(1);
    }

    /// As after a start without the kind: nobody saw its owner go.
    @Test
    void deletesWhatLostItsOwnersOnceTheirKindIsServed() {
        world.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: mast
                  ownerReferences: [{apiVersion: sea.example/v1, kind: Boat, name: anna, uid: one}]
                """);
        world.settle();
        assertThat(world.find("v1", "ConfigMap", "default", "mast")).isPresent();

        boats();
        world.settle();
        assertThat(world.find("v1", "ConfigMap", "default", "mast")).isEmpty();
    }

    @Test
    void namesTheFieldThatIsWrong() {
        boats();
        assertThatThrownBy(() ->
                        world.apply(
                                "{apiVersion: sea.example/v1, kind: Boat, metadata: {name: anna}, spec: {berths: many}}"))
                .hasMessageContaining("spec.berths");
        assertThatThrownBy(() ->
                        world.apply(
                                "{apiVersion: sea.example/v1, kind: Boat, metadata: {name: anna}, spec: {births: 3}}"))
                .hasMessageContaining("unknown field \"spec.births\"");
        assertThat(world.find("sea.example/v1", "Boat", "default", "anna")).isEmpty();
    }

    @Test
    void writesTheStatusOnItsOwn() {
        boats();
        world.apply(
                "{apiVersion: sea.example/v1, kind: Boat, metadata: {name: anna}, spec: {berths: 3}}");
        var served = world.served("sea.example/v1", "Boat");
        var patch =
                new dev.slipway.kernel.resources.Patch.Merge(
                        java.util.Map.of(
                                "status",
                                java.util.Map.of("afloat", true),
                                "spec",
                                java.util.Map.of("berths", 9L)));
        var options = new WriteOptions(Attribution.of("t"), "t", false, Strictness.STRICT);
        var written = world.resources().patch(served, "default", "anna", "status", patch, options);

        assertThat(written.object().status()).containsEntry("afloat", true);
        assertThat(written.object().spec()).containsEntry("berths", 3L);
        assertThat(written.object().generation()).isEqualTo(1);
    }

    @Test
    void takesTheObjectsOfADefinitionWithIt() {
        boats();
        world.apply("{apiVersion: sea.example/v1, kind: Boat, metadata: {name: anna}}");
        world.delete(
                "apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "boats.sea.example");
        world.settle();

        assertThat(
                        world.find(
                                "apiextensions.k8s.io/v1",
                                "CustomResourceDefinition",
                                "",
                                "boats.sea.example"))
                .isEmpty();
        assertThat(world.resources().kinds().byKind("sea.example/v1", "Boat")).isEmpty();
    }

    @Test
    void collectsWhatLostItsOwner() {
        var owner =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner}}").object();
        owned("child", "owner", owner.uid());
        world.settle();
        assertThat(world.find("v1", "ConfigMap", "default", "child")).isPresent();

        world.delete("v1", "ConfigMap", "default", "owner");
        world.settle();
        assertThat(world.find("v1", "ConfigMap", "default", "child")).isEmpty();
    }

    @Test
    void collectsWhatNeverHadItsOwner() {
        owned("child", "nobody", "00000000-0000-4000-8000-000000000000");
        world.settle();
        assertThat(world.find("v1", "ConfigMap", "default", "child")).isEmpty();
    }

    @Test
    void deletesDependentsFirstWhenAskedTo() {
        var owner =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner}}").object();
        owned("child", "owner", owner.uid());
        world.settle();
        delete("owner", Propagation.FOREGROUND);
        world.settle();

        assertThat(world.find("v1", "ConfigMap", "default", "child")).isEmpty();
        assertThat(world.find("v1", "ConfigMap", "default", "owner")).isEmpty();
    }

    @Test
    void leavesOrphansWhenAskedTo() {
        var owner =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner}}").object();
        owned("child", "owner", owner.uid());
        world.settle();
        delete("owner", Propagation.ORPHAN);
        world.settle();

        assertThat(world.find("v1", "ConfigMap", "default", "owner")).isEmpty();
        assertThat(world.find("v1", "ConfigMap", "default", "child"))
                .hasValueSatisfying(child -> assertThat(child.owners()).isEmpty());
    }

    @Test
    void plansWhatIsCollectedAndCollectsNothing() {
        var owner =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner}}").object();
        var child = owned("child", "owner", owner.uid());
        owned("grandchild", "child", child.uid());
        var other =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}").object();
        world.merge(
                "v1",
                "ConfigMap",
                "default",
                "grandchild",
                """
                metadata:
                  ownerReferences:
                    - {apiVersion: v1, kind: ConfigMap, name: child, uid: %s}
                    - {apiVersion: v1, kind: ConfigMap, name: other, uid: %s}
                """
                        .formatted(child.uid(), other.uid()));
        assertThat(planned(Propagation.BACKGROUND))
                .containsExactly("DELETED owner", "DELETED child", "CHANGED grandchild");
        assertThat(planned(Propagation.FOREGROUND))
                .containsExactlyInAnyOrder("DELETED owner", "DELETED child", "CHANGED grandchild");
        assertThat(planned(Propagation.ORPHAN)).containsExactly("DELETED owner", "CHANGED child");
        world.settle();
        assertThat(world.find("v1", "ConfigMap", "default", "child")).isPresent();
    }

    private List<String> planned(Propagation propagation) {
        return world
                .planDeletion("v1", "ConfigMap", "default", "owner", propagation)
                .effects()
                .stream()
                .map(effect -> effect.kind() + " " + effect.key().name())
                .toList();
    }

    @Test
    void keepsAnObjectUntilItsFinalizersAreGone() {
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, finalizers: [example.com/wait]}}");
        assertThat(world.delete("v1", "ConfigMap", "default", "a").effect())
                .isEqualTo(Effect.TERMINATING);
        assertThat(world.find("v1", "ConfigMap", "default", "a")).isPresent();

        var gone = world.merge("v1", "ConfigMap", "default", "a", "{metadata: {finalizers: null}}");
        assertThat(gone.effect()).isEqualTo(Effect.DELETED);
        assertThat(world.find("v1", "ConfigMap", "default", "a")).isEmpty();
    }

    @Test
    void emptiesANamespaceBeforeItGoes() {
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: team}}");
        world.delete("v1", "Namespace", "", "team");
        world.settle();

        assertThat(world.find("v1", "ConfigMap", "team", "a")).isEmpty();
        assertThat(world.find("v1", "Namespace", "", "team")).isEmpty();
    }

    @Test
    void letsNobodyTakeWhatHoldsANamespace() {
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
        world.merge("v1", "Namespace", "", "team", "{spec: {finalizers: []}}");
        world.merge("v1", "Namespace", "", "team", "{spec: {finalizers: [example.com/mine]}}");

        var namespace = world.find("v1", "Namespace", "", "team").orElseThrow();
        assertThat(namespace.spec()).containsEntry("finalizers", List.of("kubernetes"));
    }

    @Test
    void keepsANamespaceThatSomebodyElseHolds() {
        world.apply(
                "{apiVersion: v1, kind: Namespace, metadata: {name: team}, spec: {finalizers: [example.com/mine]}}");
        world.delete("v1", "Namespace", "", "team");
        world.settle();

        var namespace = world.find("v1", "Namespace", "", "team").orElseThrow();
        assertThat(namespace.spec()).containsEntry("finalizers", List.of("example.com/mine"));

        finalize(namespace, List.of());
        world.settle();
        assertThat(world.find("v1", "Namespace", "", "team")).isEmpty();
    }

    @Test
    void refusesAHolderOfANamespaceWithoutADomain() {
        assertThatThrownBy(() ->
                        world.apply(
                                "{apiVersion: v1, kind: Namespace, metadata: {name: team}, spec: {finalizers: [bad]}}"))
                .hasMessageContaining("spec.finalizers[0]")
                .hasMessageContaining("neither a standard finalizer name");
    }

    @Test
    void tellsOfOwnersThatAreElsewhere() {
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: other}}");
        var owner =
                world.apply(
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: owner, namespace: other}}")
                        .object();
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: child, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}]}}"
                        .formatted(owner.uid()));
        world.eventually(
                "the child is gone",
                () -> world.find("v1", "ConfigMap", "default", "child").isEmpty());

        var events = world.store().state().list(KindKey.of("", "events"));
        assertThat(events)
                .singleElement()
                .extracting(event -> event.resource().tree())
                .satisfies(event -> {
                    assertThat(event)
                            .containsEntry("reason", "OwnerRefInvalidNamespace")
                            .containsEntry(
                                    "message",
                                    "ownerRef [v1/ConfigMap, namespace: default, name: owner, uid: %s] does not exist in namespace \"default\""
                                            .formatted(owner.uid()));
                    assertThat(Json.at(event, "involvedObject", "name")).isEqualTo("child");
                });
    }

    private void finalize(Resource namespace, List<String> finalizers) {
        var wanted = namespace.copy();
        Json.child(wanted.tree(), "spec").put("finalizers", finalizers);
        world.resources()
                .update(
                        world.served("v1", "Namespace"),
                        "",
                        namespace.name(),
                        "finalize",
                        wanted.tree(),
                        WriteOptions.controller("test", List.of()));
    }

    @Test
    void saysWhatHoldsANamespace() {
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: team, finalizers: [example.com/wait]}}");
        world.delete("v1", "Namespace", "", "team");
        world.settle();

        var status = world.find("v1", "Namespace", "", "team").orElseThrow().status();
        assertThat(status).containsEntry("phase", "Terminating");
        assertThat(status.get("conditions").toString())
                .contains(
                        "configmaps in 1 resource instances",
                        "example.com/wait in 1 resource instances");

        world.merge("v1", "ConfigMap", "team", "a", "{metadata: {finalizers: null}}");
        world.settle();
        assertThat(world.find("v1", "Namespace", "", "team")).isEmpty();
    }

    @Test
    void refusesADefinitionOfABuiltInKind() {
        assertThatThrownBy(() ->
                        world.apply(
                                CRD.replace("sea.example", "networking.k8s.io")
                                        .replace("boats", "ingresses")
                                        .replace("Boat", "Ingress")
                                        .replace(
                                                "metadata:",
                                                "metadata:\n  annotations: {api-approved.kubernetes.io: unapproved}")))
                .hasMessageContaining("spec.names.plural")
                .hasMessageContaining("spec.names.kind")
                .hasMessageContaining("built-in");
    }

    @Test
    void leavesAClusterScopedObjectWhoseOwnerIsInSomeNamespace() {
        var owner =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner}}").object();
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata:
                  name: reader
                  ownerReferences:
                    - {apiVersion: v1, kind: ConfigMap, name: owner, uid: %s}
                rules: []
                """
                        .formatted(owner.uid()));
        world.settle();
        assertThat(world.find("rbac.authorization.k8s.io/v1", "ClusterRole", "", "reader"))
                .isPresent();

        world.delete("v1", "ConfigMap", "default", "owner");
        world.settle();
        assertThat(world.find("rbac.authorization.k8s.io/v1", "ClusterRole", "", "reader"))
                .isPresent();
    }

    @Test
    void deletesACycleOfOwnersInTheForeground() {
        var one = world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: one}}").object();
        owned("two", "one", one.uid());
        var two = world.find("v1", "ConfigMap", "default", "two").orElseThrow();
        owned("three", "two", two.uid());
        var three = world.find("v1", "ConfigMap", "default", "three").orElseThrow();
        owned("one", "three", three.uid());
        world.settle();
        delete("one", Propagation.FOREGROUND);
        world.settle();

        assertThat(world.find("v1", "ConfigMap", "default", "one")).isEmpty();
        assertThat(world.find("v1", "ConfigMap", "default", "two")).isEmpty();
        assertThat(world.find("v1", "ConfigMap", "default", "three")).isEmpty();
    }

    @Test
    void waitsForNoDependentThatCannotReachItsOwner() {
        var owner =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner}}").object();
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata:
                  name: reader
                  finalizers: [example.com/hold]
                  ownerReferences:
                    - {apiVersion: v1, kind: ConfigMap, name: owner, uid: %s, blockOwnerDeletion: true}
                rules: []
                """
                        .formatted(owner.uid()));
        world.settle();
        delete("owner", Propagation.FOREGROUND);
        world.settle();

        assertThat(world.find("v1", "ConfigMap", "default", "owner")).isEmpty();
    }

    @Test
    void leavesADependentToItsOtherOwnerWhenOneGoesInTheForeground() {
        var going =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: owner}}").object();
        var staying =
                world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: other}}").object();
        world.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: child
                  ownerReferences:
                    - {apiVersion: v1, kind: ConfigMap, name: owner, uid: %s, blockOwnerDeletion: true}
                    - {apiVersion: v1, kind: ConfigMap, name: other, uid: %s}
                """
                        .formatted(going.uid(), staying.uid()));
        world.settle();
        delete("owner", Propagation.FOREGROUND);
        world.settle();

        assertThat(world.find("v1", "ConfigMap", "default", "owner")).isEmpty();
        assertThat(world.find("v1", "ConfigMap", "default", "child").orElseThrow().owners())
                .extracting(owner -> owner.name())
                .containsExactly("other");
    }

    @Test
    void makesNothingOfAKindThatIsOnItsWayOut() {
        boats();
        world.merge(
                "apiextensions.k8s.io/v1",
                "CustomResourceDefinition",
                "",
                "boats.sea.example",
                "{metadata: {finalizers: [customresourcecleanup.apiextensions.k8s.io, example.com/hold]}}");
        world.delete(
                "apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "boats.sea.example");
        world.settle();

        assertThatThrownBy(() ->
                        world.apply(
                                "{apiVersion: sea.example/v1, kind: Boat, metadata: {name: ark}}"))
                .hasMessageContaining(
                        "boats.sea.example \"ark\" is forbidden: create not allowed while custom resource definition is terminating");
    }

    @Test
    void appliesWithFieldOwnershipAndNamesConflicts() {
        world.serverSideApply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default}, data: {k: one}}",
                "one",
                false);
        assertThatThrownBy(() ->
                        world.serverSideApply(
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default}, data: {k: two}}",
                                "two",
                                false))
                .hasMessageContaining("conflict with \"one\": .data.k");

        var again =
                world.serverSideApply(
                        "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default}, data: {k: one}}",
                        "one",
                        false);
        assertThat(again.effect()).isEqualTo(Effect.UNCHANGED);
    }

    @Test
    void repeatsPatchesThatLostARace() throws Exception {
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
        var writers = new ArrayList<Callable<Written>>();
        for (int i = 0; i < 8; i++) {
            var key = "k" + i;
            writers.add(() ->
                    world.merge(
                            "v1", "ConfigMap", "default", "a", "{data: {%s: v}}".formatted(key)));
            writers.add(() ->
                    world.serverSideApply(
                            "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: default}, data: {a%s: v}}"
                                    .formatted(key),
                            "applier-" + key,
                            false));
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var written : executor.invokeAll(writers)) {
                assertThat(written.get().effect()).isEqualTo(Effect.UPDATED);
            }
        }
        assertThat(world.find("v1", "ConfigMap", "default", "a"))
                .hasValueSatisfying(
                        map -> assertThat((Map<?, ?>) map.tree().get("data")).hasSize(16));
    }

    @Test
    void aDryRunStoresNothing() {
        var before = world.store().state().revision();
        var options = new WriteOptions(Attribution.of("t"), "t", true, Strictness.STRICT);
        var dry =
                world.resources()
                        .create(
                                world.served("v1", "ConfigMap"),
                                "default",
                                java.util.Map.of(
                                        "apiVersion",
                                        "v1",
                                        "kind",
                                        "ConfigMap",
                                        "metadata",
                                        java.util.Map.of("name", "a")),
                                options);

        assertThat(dry.object().uid()).isNotEmpty();
        assertThat(dry.object().resourceVersion()).isEmpty();
        assertThat(world.store().state().revision()).isEqualTo(before);
    }

    @Test
    void givesEachNameOfAGroupToTheFirstWhoAsks() {
        boats();
        world.apply(
                CRD.replace("boats", "ships")
                        .replace("kind: Boat}", "kind: Boat, shortNames: [sh]}"));
        world.settle();

        var ships =
                world.find(
                                "apiextensions.k8s.io/v1",
                                "CustomResourceDefinition",
                                "",
                                "ships.sea.example")
                        .orElseThrow();
        assertThat(ships.at("status", "acceptedNames", "plural")).isEqualTo("ships");
        assertThat(ships.at("status", "acceptedNames", "kind")).isEqualTo("");
        assertThat(ships.at("status", "conditions").toString())
                .contains("ListKindConflict")
                .contains("\"BoatList\" is already in use")
                .contains("NotAccepted");

        world.delete(
                "apiextensions.k8s.io/v1", "CustomResourceDefinition", "", "boats.sea.example");
        world.eventually(
                "whoever waited for a name has it",
                () ->
                        world.find(
                                        "apiextensions.k8s.io/v1",
                                        "CustomResourceDefinition",
                                        "",
                                        "ships.sea.example")
                                .filter(crd ->
                                        "Boat".equals(crd.at("status", "acceptedNames", "kind")))
                                .isPresent());
    }

    private void boats() {
        world.apply(CRD);
        world.eventually(
                "the kind is served",
                () -> world.resources().kinds().byKind("sea.example/v1", "Boat").isPresent());
    }

    private Resource owned(String name, String owner, String uid) {
        return world.apply(
                        """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata:
                          name: %s
                          ownerReferences:
                            - {apiVersion: v1, kind: ConfigMap, name: %s, uid: %s, blockOwnerDeletion: true}
                        """
                                .formatted(name, owner, uid))
                .object();
    }

    private void delete(String name, Propagation propagation) {
        world.resources()
                .delete(
                        world.served("v1", "ConfigMap"),
                        "default",
                        name,
                        new DeleteOptions(propagation, Optional.empty(), Optional.empty()),
                        WriteOptions.controller("test", java.util.List.of()));
    }
}
