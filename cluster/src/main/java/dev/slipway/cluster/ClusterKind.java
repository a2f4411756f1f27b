package dev.slipway.cluster;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.kind.PrinterColumn;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.SchemaReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/// The kind `Cluster`: where things are made real.
final class ClusterKind {
    private static final String SCHEMA = "cluster.json";

    private ClusterKind() {}

    static Kind kind() {
        return new Kind(
                "slipway.dev",
                Names.of("clusters", "Cluster"),
                false,
                List.of(version()),
                List.of(),
                Kind.Rules.PRODUCT);
    }

    private static KindVersion version() {
        return KindVersion.of(
                "v1alpha1",
                schema(),
                PrinterColumn.of("Type", "string", ".spec.type"),
                PrinterColumn.of("Statuses", "string", ".status.statuses"),
                PrinterColumn.of(
                        "Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status"),
                PrinterColumn.of("Nodes", "integer", ".status.nodes").wide(),
                PrinterColumn.AGE);
    }

    private static Schema schema() {
        try (var in = ClusterKind.class.getResourceAsStream(SCHEMA)) {
            return SchemaReader.read(Json.readObject(Objects.requireNonNull(in).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMA, e);
        }
    }
}
