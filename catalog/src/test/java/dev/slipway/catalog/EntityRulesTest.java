package dev.slipway.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.schema.Pruning;
import dev.slipway.kernel.schema.Validation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityRulesTest {
    private final EntityKinds kinds = EntityKinds.load();

    @Test
    void acceptsWhatBackstageAccepts() {
        var entity =
                entity(
                        """
                        apiVersion: backstage.io/v1alpha1
                        kind: Component
                        metadata:
                          name: Edge.Case_1--x
                          namespace: other-ns
                          title: 'Ünïcode – title ✓'
                          custom: {kept: true, list: [1, two]}
                          labels: {empty: '', a.b/C_d.e: X.y}
                          tags: [c#, c++, 'a:b', x1, a-b]
                          links:
                            - {url: 'mailto:a@b', title: Mail, icon: mail, type: contact, more: kept}
                        spec:
                          type: service
                          lifecycle: experimental
                          owner: user:default/adam
                          dependsOn: ['component:base', 'Resource:other/Res']
                          extra: [kept]
                        """);
        assertThat(fields(entity)).isEmpty();
    }

    @Test
    void keepsEveryFieldOfMetadataAndSpec() {
        var entity = component("web");
        Json.child(entity.tree(), "metadata").put("custom", Map.of("kept", true));
        Json.child(entity.tree(), "spec").put("extra", List.of("kept"));
        entity.tree().put("relations", List.of());

        assertThat(Pruning.prune(entity.tree(), schema("Component"))).containsExactly("relations");
        assertThat(entity.metadata()).containsKey("custom");
        assertThat(entity.spec()).containsKey("extra");
    }

    @ParameterizedTest
    @CsvSource({
        "Component, type lifecycle owner",
        "API, type lifecycle owner definition",
        "Resource, type owner",
        "System, owner",
        "Domain, owner",
        "Group, type children",
        "User, memberOf",
        "Location, ''"
    })
    void asksForWhatEachKindNeeds(String kind, String required) {
        var entity =
                new Resource(
                        Json.readObject(
                                """
                                {"apiVersion": "backstage.io/v1alpha1", "kind": "%s", "metadata": {"name": "a"}, "spec": {}}
                                """
                                        .formatted(kind)));
        assertThat(texts(entity))
                .containsExactlyElementsOf(
                        Stream.of(required.split(" "))
                                .filter(field -> !field.isEmpty())
                                .map(field -> "spec." + field + ": Required value")
                                .toList());
    }

    @Test
    void asksForASpec() {
        var entity = component("web");
        entity.tree().remove("spec");
        assertThat(texts(entity)).containsExactly("spec: Required value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a--b", "A_b.c", "1"})
    void acceptsTheNamesOfBackstage(String name) {
        assertThat(fields(component(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-a", "a.", "a b", "ä", "a/b"})
    void refusesOtherNames(String name) {
        assertThat(fields(component(name))).containsExactly("metadata.name");
    }

    @Test
    void refusesALongName() {
        assertThat(fields(component("a".repeat(63)))).isEmpty();
        assertThat(fields(component("a".repeat(64)))).containsExactly("metadata.name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Java", "a_b", "node.js", "a--b", "-a", ""})
    void refusesWhatIsNoTag(String tag) {
        var entity = component("web");
        Json.child(entity.tree(), "metadata").put("tags", List.of("ok", tag));
        assertThat(fields(entity)).contains("metadata.tags[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "//x", "java\nscript:x", ":x"})
    void refusesWhatIsNoLink(String url) {
        var entity = component("web");
        Json.child(entity.tree(), "metadata").put("links", List.of(Map.of("url", url)));
        assertThat(fields(entity)).containsExactly("metadata.links[0].url");
    }

    @Test
    void refusesPrefixesInCapitals() {
        var entity = component("web");
        Json.child(entity.tree(), "metadata").put("annotations", Map.of("GitHub.com/x", "y"));
        assertThat(fields(entity)).containsExactly("metadata.annotations");
    }

    @Test
    void namesEveryBrokenReference() {
        var entity = component("web");
        Json.child(entity.tree(), "spec").put("owner", "group:");
        Json.child(entity.tree(), "spec").put("dependsOn", List.of("component:ok", "cart-db"));
        assertThat(texts(entity))
                .containsExactly(
                        "spec.owner: Invalid value: \"group:\": must be a reference: NAME, NAMESPACE/NAME or KIND:NAMESPACE/NAME",
                        "spec.dependsOn[1]: Invalid value: \"cart-db\": must be a reference that names a kind: component:NAME or resource:NAMESPACE/NAME");
    }

    @Test
    void refusesValuesOfOtherTypes() {
        var entity = component("web");
        Json.child(entity.tree(), "spec").put("type", 7L);
        Json.child(entity.tree(), "spec").put("lifecycle", "");
        Json.child(entity.tree(), "spec").put("providesApis", "api");
        assertThat(fields(entity))
                .containsExactlyInAnyOrder("spec.type", "spec.lifecycle", "spec.providesApis");
    }

    @Test
    void knowsWhereALocationMayBeMissing() {
        var entity =
                entity(
                        "{apiVersion: backstage.io/v1alpha1, kind: Location, metadata: {name: a}, spec: {presence: maybe}}");
        assertThat(fields(entity)).containsExactly("spec.presence");
    }

    private List<String> texts(Resource entity) {
        return causes(entity).stream().map(FieldCause::toString).toList();
    }

    private List<String> fields(Resource entity) {
        return causes(entity).stream().map(FieldCause::field).distinct().toList();
    }

    private List<FieldCause> causes(Resource entity) {
        var rules = new EntityRules(kinds, NoRelations.NONE);
        return Stream.concat(
                        Validation.check(entity.tree(), schema(entity.kind()), "").stream(),
                        rules.check(entity).stream())
                .toList();
    }

    private dev.slipway.kernel.schema.Schema schema(String kind) {
        return kinds.named(kind).orElseThrow().kind().storage().schema();
    }

    private static Resource component(String name) {
        return entity(
                """
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata: {name: '%s', namespace: default}
                spec: {type: service, lifecycle: production, owner: team}
                """
                        .formatted(name));
    }

    private static Resource entity(String yaml) {
        var tree = (Map<?, ?>) Yaml.read(yaml.getBytes(StandardCharsets.UTF_8));
        return new Resource(Json.cast(tree));
    }
}
