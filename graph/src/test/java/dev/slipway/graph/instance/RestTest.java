package dev.slipway.graph.instance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.graph.compile.Compiled;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.State;
import dev.slipway.testkit.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestTest {
    private static final ResourceKey INSTANCE = key("instance");
    private static final ResourceKey CHILD = key("child");

    private final Compiled compiled = new Compiled.Rejected(List.of(), List.of(), false);
    private World world;

    @BeforeEach
    void open() {
        world = World.of();
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: instance}, data: {v: x}}");
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: child}, data: {v: x}}");
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void goesOnWhileNothingChanges() {
        var rest = rest();
        world.apply("{apiVersion: v1, kind: ConfigMap, metadata: {name: unrelated}}");
        assertThat(rest.goesOn(compiled, state())).isTrue();
    }

    @Test
    void endsWhenTheInstanceChanges() {
        var rest = rest();
        world.merge("v1", "ConfigMap", "default", "instance", "{data: {v: 'y'}}");
        assertThat(rest.goesOn(compiled, state())).isFalse();
    }

    @Test
    void endsWhenAResourceChanges() {
        var rest = rest();
        world.merge("v1", "ConfigMap", "default", "child", "{data: {v: 'y'}}");
        assertThat(rest.goesOn(compiled, state())).isFalse();
    }

    @Test
    void endsWhenAResourceGoes() {
        var rest = rest();
        world.delete("v1", "ConfigMap", "default", "child");
        assertThat(rest.goesOn(compiled, state())).isFalse();
    }

    @Test
    void endsWhenTheDefinitionIsCompiledAnew() {
        assertThat(rest().goesOn(new Compiled.Rejected(List.of(), List.of(), false), state()))
                .isFalse();
    }

    @Test
    void endsWhenASelectorFindsMoreOrLess() {
        var selection =
                new Interests.Selection(
                        CHILD.kind(), "default", Map.of("matchLabels", Map.of("role", "team")));
        label("child", "team");
        var rest =
                Rest.after(
                                compiled,
                                INSTANCE,
                                live(INSTANCE),
                                live(INSTANCE),
                                Map.of(),
                                Map.of(selection, Set.of(CHILD)))
                        .orElseThrow();
        assertThat(rest.goesOn(compiled, state())).isTrue();
        world.apply(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: more, labels: {role: team}}}");
        assertThat(rest.goesOn(compiled, state())).isFalse();
        world.delete("v1", "ConfigMap", "default", "more");
        assertThat(rest.goesOn(compiled, state())).isTrue();
        label("child", "other");
        assertThat(rest.goesOn(compiled, state())).isFalse();
    }

    @Test
    void findsBySelectorsWhatTheirLabelsSayWithAndWithoutAnIndex() {
        label("child", "team");
        var asked = Map.of("key", "role", "operator", "Exists");
        var unasked = Map.of("key", "role", "operator", "NotIn", "values", List.of("team"));
        assertThat(names("default", Map.of())).contains("child", "instance");
        assertThat(names("other", Map.of())).isEmpty();
        assertThat(names("default", Map.of("matchLabels", Map.of("role", "team"))))
                .containsExactly("child");
        assertThat(names("", Map.of("matchLabels", Map.of("role", "team"))))
                .containsExactly("child");
        assertThat(names("other", Map.of("matchLabels", Map.of("role", "team")))).isEmpty();
        assertThat(names("", Map.of("matchLabels", Map.of("role", "no")))).isEmpty();
        assertThat(names("", Map.of("matchExpressions", List.of(asked)))).containsExactly("child");
        assertThat(names("default", Map.of("matchExpressions", List.of(unasked))))
                .contains("instance")
                .doesNotContain("child");
        assertThat(names("", Map.of("matchExpressions", List.of(asked, unasked)))).isEmpty();
    }

    private List<String> names(String namespace, Map<String, Object> selector) {
        return new Interests.Selection(CHILD.kind(), namespace, selector)
                .in(state()).stream().map(stored -> stored.key().name()).toList();
    }

    private void label(String name, String role) {
        world.merge(
                "v1",
                "ConfigMap",
                "default",
                name,
                "{metadata: {labels: {role: %s}}}".formatted(role));
    }

    @Test
    void doesNotBeginWhereSomebodyChangedTheInstanceMeanwhile() {
        var before = live(INSTANCE);
        world.merge("v1", "ConfigMap", "default", "instance", "{metadata: {labels: {a: b}}}");
        assertThat(after(before, live(INSTANCE))).isEmpty();
    }

    @Test
    void beginsAlthoughTheStatusWasWrittenMeanwhile() {
        var before = live(INSTANCE);
        before.tree().put("status", Map.of("state", "IN_PROGRESS"));
        assertThat(after(before, live(INSTANCE))).isPresent();
    }

    private Rest rest() {
        return after(live(INSTANCE), live(INSTANCE)).orElseThrow();
    }

    private Optional<Rest> after(Resource before, Resource after) {
        var child = state().get(CHILD).orElseThrow().revision();
        return Rest.after(compiled, INSTANCE, before, after, Map.of(CHILD, child), Map.of());
    }

    private Resource live(ResourceKey key) {
        return state().get(key).orElseThrow().resource();
    }

    private State state() {
        return world.store().state();
    }

    private static ResourceKey key(String name) {
        return KindKey.of("", "configmaps").resource("default", name);
    }
}
