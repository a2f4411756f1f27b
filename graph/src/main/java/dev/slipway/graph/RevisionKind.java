package dev.slipway.graph;

import dev.slipway.graph.definition.Revision;
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

/// The kind `GraphRevision`.
final class RevisionKind {
    private static final String SCHEMA = "graphrevision.json";

    private RevisionKind() {}

    static Kind kind() {
        return new Kind(
                Revision.KIND.group(),
                Names.of(Revision.KIND.plural(), "GraphRevision").withShortNames("gr"),
                false,
                List.of(
                        KindVersion.of(
                                "v1alpha1",
                                schema(),
                                PrinterColumn.of("Definition", "string", ".spec.snapshot.name"),
                                PrinterColumn.of("Revision", "integer", ".spec.revision"),
                                PrinterColumn.of(
                                        "Ready",
                                        "string",
                                        ".status.conditions[?(@.type==\"Ready\")].status"),
                                PrinterColumn.of("Author", "string", ".status.author"),
                                PrinterColumn.of("Age", "date", ".metadata.creationTimestamp"))),
                List.of(),
                Kind.Rules.PRODUCT);
    }

    private static Schema schema() {
        try (var in = RevisionKind.class.getResourceAsStream(SCHEMA)) {
            return SchemaReader.read(Json.readObject(Objects.requireNonNull(in).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMA, e);
        }
    }
}
