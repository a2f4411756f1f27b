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

import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.patch.Fruit.Story;
import dev.slipway.kernel.schema.Definitions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrackingTest {
    private final Story story = new Story();

    @Test
    void givesACreatorEverythingContainersIncluded() {
        story.put("creator", "{text: x, map: {k: v}, byKey: [{name: a}]}");
        assertThat(owned(story.object(), updater("creator")))
                .isEqualTo(
                        "[.spec, .spec.byKey, .spec.map, .spec.text, .spec.byKey[name=\"a\"], .spec.byKey[name=\"a\"].name, .spec.map.k]");
    }

    @Test
    void givesAnUpdaterWhatItChangedAndNoMore() {
        story.put("creator", "{text: x, number: 1}")
                .put("hand", "{text: 'y', number: 1, flag: true}");
        assertThat(owned(story.object(), updater("creator"))).isEqualTo("[.spec, .spec.number]");
        assertThat(owned(story.object(), updater("hand"))).isEqualTo("[.spec.flag, .spec.text]");
    }

    @Test
    void takesDeletedFieldsFromEveryone() {
        story.apply("one", "{text: x}").put("hand", "{text: x, number: 1}");
        story.put("other", "{}");
        assertThat(owned(story.object(), applier("one"))).isEmpty();
        assertThat(owned(story.object(), updater("hand"))).isEmpty();
        assertThat(story.object().metadata()).doesNotContainKey("managedFields");
    }

    @Test
    void changesNothingWhereNothingChanges() {
        story.put("creator", "{text: x}");
        var live = story.object();
        story.put("hand", "{text: x}");
        assertThat(story.object()).isEqualTo(live);
    }

    @Test
    void refreshesTheTimeOfAnOwnChange() {
        story.put("hand", "{text: x}")
                .put("other", "{text: x, number: 1}")
                .put("hand", "{text: 'y', number: 1}");
        assertThat(ManagedFields.of(story.object()).entries())
                .extracting(entry -> entry.manager().name() + " " + entry.time())
                .containsExactly("other 2026-01-01T00:00:01Z", "hand 2026-01-01T00:00:02Z");
    }

    @Test
    void ordersAppliersBeforeUpdaters() {
        story.put("hand", "{text: x}").apply("one", "{number: 1}");
        assertThat(ManagedFields.of(story.object()).entries())
                .extracting(entry -> entry.manager().name())
                .containsExactly("one", "hand");
    }

    @Test
    void mergesTheOldestEntriesBeyondTheBound() {
        for (int i = 0; i <= ManagedFields.MAX_UPDATE_ENTRIES + 1; i++) {
            var spec = new java.util.StringJoiner(", ", "{map: {", "}}");
            for (int k = 0; k <= i; k++) {
                spec.add("k%d: v".formatted(k));
            }
            story.put("u" + i, spec.toString());
        }
        var entries = ManagedFields.of(story.object()).entries();
        assertThat(entries).hasSize(ManagedFields.MAX_UPDATE_ENTRIES);
        assertThat(entries.getFirst().manager().name()).isEqualTo("ancient-changes");
        assertThat(entries.getFirst().time()).isEqualTo("2026-01-01T00:00:02Z");
        assertThat(owned(story.object(), updater("ancient-changes")))
                .isEqualTo("[.spec, .spec.map, .spec.map.k0, .spec.map.k1, .spec.map.k2]");
        assertThat(entries.getLast().manager().name()).isEqualTo("u11");
    }

    @Test
    void doesNotBeginToTrackAnObjectInItsMidlife() {
        story.put("creator", "{text: x}");
        story.put("hand", reset(story.object()));
        assertThat(story.object().metadata()).doesNotContainKey("managedFields");
        story.put("hand", "{text: 'y'}");
        assertThat(story.object().metadata()).doesNotContainKey("managedFields");
        story.apply("one", "{number: 1}");
        assertThat(owned(story.object(), updater("before-first-apply")))
                .isEqualTo("[.spec, .spec.text]");
    }

    @Test
    void takesTheListThatAClientSends() {
        story.put("creator", "{text: x}");
        var moved = story.object().copy();
        var entry =
                new ManagedFields.Entry(
                        applier("moved"), "", FieldSet.of(FieldPath.of("spec", "text")));
        moved.metadata().put("managedFields", ManagedFields.of(List.of(entry)).write());
        story.put("creator", moved);
        assertThat(owned(story.object(), applier("moved"))).isEqualTo("[.spec.text]");
        assertThat(owned(story.object(), updater("creator"))).isEmpty();
    }

    @Test
    void keepsTheLiveListWhereTheSentOneMakesNoSense() {
        story.put("creator", "{text: x}");
        var broken = story.object().copy();
        broken.metadata()
                .put("managedFields", List.of(Map.of("manager", "x", "operation", "Explode")));
        var live = story.object();
        story.put("creator", broken);
        assertThat(story.object()).isEqualTo(live);
    }

    @Test
    void ignoresTheSentListAndResetFieldsOnASubresource() {
        story.put("creator", object("spec: {text: x}"));
        var status = new Manager("controller", Manager.UPDATE, Fruit.VERSION, "status");
        var sent = object("spec: {text: 'y'}\nstatus: {phase: New}");
        sent.metadata().put("managedFields", List.of());
        var updated =
                Tracking.updated(
                        Optional.of(story.object()),
                        sent,
                        SCHEMA,
                        status,
                        Set.of("metadata", "spec"),
                        at(9),
                        Map.of());
        assertThat(owned(updated, updater("creator"))).isEqualTo("[.spec, .spec.text]");
        assertThat(owned(updated, status)).isEqualTo("[.status, .status.phase]");
    }

    @Test
    void settlesOnTheLiveObjectWhereOnlyTimesDiffer() {
        story.put("creator", "{text: x}");
        var live = story.object();
        var later = new Story().put("skip", "{}").put("creator", "{text: x}");
        var again =
                Tracking.updated(
                        Optional.empty(),
                        fruit("{text: x}"),
                        SCHEMA,
                        updater("creator"),
                        Set.of(),
                        at(7),
                        Map.of());
        assertThat(again).isNotEqualTo(live);
        assertThat(Tracking.settled(live, again)).isSameAs(live);
        assertThat(Tracking.settled(live, later.object())).isSameAs(later.object());
    }

    @Test
    void marksAContainerThatCameOrWentWithItsFields() {
        var created =
                Tracking.updated(
                        Optional.empty(),
                        new Resource(
                                tree(
                                        """
                                        apiVersion: v1
                                        kind: ConfigMap
                                        metadata: {name: a, labels: {x: 'y'}}
                                        data: {k: v}
                                        """)),
                        Definitions.load().schema("io.k8s.api.core.v1.ConfigMap"),
                        new Manager("creator", Manager.UPDATE, "v1", ""),
                        Set.of(),
                        at(0),
                        Map.of());
        assertThat(ManagedFields.of(created).entries().getFirst().fields())
                .hasToString("[.data, .data.k, .metadata.labels, .metadata.labels.x]");
    }

    @Test
    void doesNotOwnThatStructsOfKubernetesAreThere() {
        var created =
                Tracking.updated(
                        Optional.empty(),
                        new Resource(
                                tree(
                                        """
                                        apiVersion: apps/v1
                                        kind: Deployment
                                        metadata: {name: a}
                                        spec:
                                          selector: {matchLabels: {app: a}}
                                          template:
                                            spec:
                                              containers: [{name: m, resources: {}}]
                                        """)),
                        Definitions.load().schema("io.k8s.api.apps.v1.Deployment"),
                        new Manager("creator", Manager.UPDATE, "apps/v1", ""),
                        Set.of("status"),
                        at(0),
                        Map.of());
        assertThat(ManagedFields.of(created).entries().getFirst().fields())
                .hasToString(
                        "[.spec.selector, .spec.template.spec.containers[name=\"m\"], .spec.template.spec.containers[name=\"m\"].name, .spec.template.spec.containers[name=\"m\"].resources]");
    }

    private static Resource reset(Resource object) {
        var copy = object.copy();
        copy.metadata().put("managedFields", List.of());
        return copy;
    }
}
