package dev.slipway.apiserver.discovery;

import dev.slipway.kernel.kind.Doors;
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

/// Describes kinds that are posted, answered and never stored, for discovery and OpenAPI.
public final class PostedKinds {
    private static final String VERSION = "v1alpha1";

    private PostedKinds() {}

    /// A kind of one version, of which only this is told.
    public static Kind of(
            String group,
            String version,
            Names names,
            boolean namespaced,
            Schema schema,
            Kind.Rules rules) {
        var only =
                new KindVersion(
                        version,
                        true,
                        true,
                        schema,
                        false,
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty());
        return new Kind(group, names, namespaced, List.of(only), List.of(), rules);
    }

    /// A cluster-scoped kind of the product, whose names [Doors] keeps from other kinds.
    ///
    /// @param schema the name of the file with its schema, beside the class
    public static Kind own(Names names, Class<?> beside, String schema) {
        if (!Doors.has(Doors.GROUP, names.plural(), names.kind())) {
            throw new IllegalArgumentException(names.kind() + " is none of the doors");
        }
        return of(Doors.GROUP, VERSION, names, false, read(beside, schema), Kind.Rules.PRODUCT);
    }

    private static Schema read(Class<?> beside, String file) {
        try (var in = beside.getResourceAsStream(file)) {
            return SchemaReader.read(Json.readObject(Objects.requireNonNull(in).readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }
}
