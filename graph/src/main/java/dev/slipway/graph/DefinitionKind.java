package dev.slipway.graph;

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

/// The kind `ResourceGraphDefinition`, served a second time as `ResourceGraph`.
final class DefinitionKind {
    private static final String SCHEMA = "resourcegraphdefinition.json";

    private DefinitionKind() {}

    static Kind kind() {
        return new Kind(
                "kro.run",
                Names.of("resourcegraphdefinitions", "ResourceGraphDefinition")
                        .withShortNames("rgd"),
                false,
                List.of(version()),
                List.of(Names.of("resourcegraphs", "ResourceGraph")),
                Kind.Rules.PRODUCT);
    }

    private static KindVersion version() {
        return KindVersion.of(
                "v1alpha1",
                schema(),
                PrinterColumn.of("APIVersion", "string", ".spec.schema.apiVersion"),
                PrinterColumn.of("Kind", "string", ".spec.schema.kind"),
                PrinterColumn.of("State", "string", ".status.state"),
                PrinterColumn.of(
                        "Ready", "string", ".status.conditions[?(@.type==\"Ready\")].status"),
                PrinterColumn.of("TopologicalOrder", "string", ".status.topologicalOrder").wide(),
                PrinterColumn.of("Age", "date", ".metadata.creationTimestamp"));
    }

    private static Schema schema() {
        try (var in = DefinitionKind.class.getResourceAsStream(SCHEMA)) {
            return SchemaReader.read(Json.readObject(Objects.requireNonNull(in).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMA, e);
        }
    }
}
