package dev.slipway.graph.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.KindIndex;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompiledGraphsTest {
    private static final List<Kind> BUILT_IN = BuiltInKinds.load();
    private static final Kinds KINDS = new KindIndex(BUILT_IN, 0);

    private final CompiledGraphs graphs = new CompiledGraphs();

    @Test
    void doesNotCompileAgainWhatWasJudged() {
        var draft = graphs.draft(definition("", 0, "a"), KINDS);
        var stored = graphs.of(definition("uid-1", 1, "a"), KINDS);
        assertThat(node(stored)).isSameAs(node(draft));
        assertThat(graph(stored).definition().resource().uid()).isEqualTo("uid-1");
    }

    @Test
    void doesNotTakeWhatWasJudgedForWhatWasWritten() {
        var draft = graphs.draft(definition("uid-1", 2, "a"), KINDS);
        var stored = graphs.of(definition("uid-1", 2, "b"), KINDS);
        assertThat(node(stored)).isNotSameAs(node(draft));
        assertThat(name(stored)).isEqualTo("b");
        assertThat(name(graphs.of(definition("uid-1", 2, "b"), KINDS))).isEqualTo("b");
    }

    @Test
    void givesTheSameAsLongAsTheDefinitionIsTheSame() {
        var first = graphs.of(definition("uid-1", 1, "a"), KINDS);
        assertThat(graphs.of(definition("uid-1", 1, "a"), KINDS)).isSameAs(first);
        assertThat(graphs.of(definition("uid-1", 2, "c"), KINDS)).isNotSameAs(first);
    }

    @Test
    void compilesAnewWhenAKindIsAnother() {
        var first = graphs.of(definition("uid-1", 1, "a"), KINDS);
        var others = new KindIndex(BuiltInKinds.load(), 1);
        assertThat(node(graphs.of(definition("uid-1", 1, "a"), others))).isNotSameAs(node(first));
    }

    @Test
    void knowsAboveWhatIsKnownBeneathAndKeepsTheRestToItself() {
        var above = graphs.above();
        var known = graphs.of(definition("uid-1", 1, "a"), KINDS);
        assertThat(node(above.of(definition("uid-1", 1, "a"), KINDS))).isSameAs(node(known));
        var planned = above.of(definition("uid-1", 2, "b"), KINDS);
        var written = graphs.of(definition("uid-1", 2, "c"), KINDS);
        assertThat(name(planned)).isEqualTo("b");
        assertThat(name(written)).isEqualTo("c");
        assertThat(name(above.of(definition("uid-1", 2, "b"), KINDS))).isEqualTo("b");
    }

    private static Graph graph(Compiled compiled) {
        return ((Compiled.Accepted) compiled).graph();
    }

    private static Node node(Compiled compiled) {
        return graph(compiled).nodes().getFirst();
    }

    private static Object name(Compiled compiled) {
        var metadata = (Part.Fields) node(compiled).template().parts().get("metadata");
        return ((Part.Constant) metadata.parts().get("name")).value();
    }

    private static Definition definition(String uid, int generation, String name) {
        var text =
                """
                apiVersion: kro.run/v1alpha1
                kind: ResourceGraphDefinition
                metadata: {name: things, uid: "%s", generation: %d}
                spec:
                  schema: {apiVersion: v1, group: things.test, kind: Thing}
                  resources:
                  - id: one
                    template: {apiVersion: v1, kind: ConfigMap, metadata: {name: %s}}
                """
                        .formatted(uid, generation, name);
        return new Definition(
                new Resource(
                        Json.cast((Map<?, ?>) Yaml.read(text.getBytes(StandardCharsets.UTF_8)))));
    }
}
