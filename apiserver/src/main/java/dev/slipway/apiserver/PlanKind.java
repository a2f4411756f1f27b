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

/// The kind `Plan`, as discovery and OpenAPI describe it: it is posted, worked out, and never stored.
final class PlanKind {
    static final String GROUP = "slipway.dev";
    static final String VERSION = "v1alpha1";
    static final String PLURAL = "plans";
    static final String KIND = "Plan";

    private static final String SCHEMA = "plan.json";

    private PlanKind() {}

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
        try (var in = PlanKind.class.getResourceAsStream(SCHEMA)) {
            return SchemaReader.read(Json.readObject(Objects.requireNonNull(in).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(SCHEMA, e);
        }
    }
}
