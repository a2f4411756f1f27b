package dev.slipway.apiserver;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.SchemaReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The kind `Rollback`, as discovery and OpenAPI describe it: it is posted, carried out, and never stored.
final class RollbackKind {
    static final String GROUP = "slipway.dev";
    static final String VERSION = "v1alpha1";
    static final String PLURAL = "rollbacks";
    static final String KIND = "Rollback";

    private static final String SCHEMA = "rollback.json";

    private RollbackKind() {}

    static Kind kind() {
        var version =
                new KindVersion(
                        VERSION,
                        true,
                        true,
                        schema(),
                        false,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty());
        return new Kind(
                GROUP,
                Names.of(PLURAL, KIND),
                false,
                List.of(version),
                List.of(),
                Kind.Rules.PRODUCT);
    }

    private static Schema schema() {
        try (var in = RollbackKind.class.getResourceAsStream(SCHEMA)) {
            return SchemaReader.read(Json.readObject(Objects.requireNonNull(in).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMA, e);
        }
    }
}
