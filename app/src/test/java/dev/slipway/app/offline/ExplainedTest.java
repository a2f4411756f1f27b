package dev.slipway.app.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.Catalog;
import dev.slipway.cluster.Clusters;
import dev.slipway.graph.Graphs;
import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.kind.KindIndex;
import dev.slipway.kernel.relations.Relations;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.store.MemoryStore;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// That `kubectl explain` has a sentence for every field of our own kinds.
class ExplainedTest {
    @Test
    void saysOfEveryFieldOfOurKindsWhatItIs() {
        var clock = Clock.systemUTC();
        var unexplained = new ArrayList<String>();
        try (var store = new MemoryStore(clock);
                var relations = new Relations(store, () -> new KindIndex(BuiltInKinds.load(), 0))) {
            Stream.of(new Graphs(clock), new Catalog(relations, clock), new Clusters(clock))
                    .flatMap(feature -> feature.kinds().stream())
                    .forEach(kind ->
                            kind.versions()
                                    .forEach(version ->
                                            look(
                                                    version.schema(),
                                                    kind.names().kind(),
                                                    unexplained)));
        }
        assertThat(unexplained).isEmpty();
    }

    private static void look(Schema schema, String path, List<String> unexplained) {
        if (!(schema.raw().get("description") instanceof String text) || text.isBlank()) {
            unexplained.add(path);
        }
        below(schema, path, unexplained);
    }

    private static void below(Schema schema, String path, List<String> unexplained) {
        schema.properties()
                .forEach((name, property) -> {
                    if (!List.of("apiVersion", "kind", "metadata").contains(name)) {
                        look(property, path + "." + name, unexplained);
                    }
                });
        schema.items().ifPresent(items -> below(items, path + "[]", unexplained));
        schema.additionalProperties().ifPresent(values -> below(values, path + "{}", unexplained));
    }
}
