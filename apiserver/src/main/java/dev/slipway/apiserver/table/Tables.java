package dev.slipway.apiserver.table;

import dev.slipway.apiserver.wire.MediaRange;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.client.web.WebRequest;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Conversion;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes tables of resources: what `kubectl get` prints, and what the portal's lists show.
///
/// One per answer; used by one thread.
public final class Tables {
    /// How much of each object stands beside its cells.
    private enum Include {
        NOTHING,
        METADATA,
        OBJECT
    }

    private final Served served;
    private final Columns columns;
    private final Include include;
    private final Clock clock;
    private final String version;

    public Tables(Served served, WebRequest request, Clock clock) {
        this.served = served;
        this.columns = new Columns(served);
        this.include = include(request.parameter("includeObject").orElse(""));
        this.clock = clock;
        this.version = version(request);
    }

    /// Old clients know tables as `v1beta1`; they look the same.
    private static String version(WebRequest request) {
        return MediaRange.all(request.header("accept").orElse("")).stream()
                        .filter(range -> range.parameter("as").equals("Table"))
                        .findFirst()
                        .filter(range -> range.parameter("v").equals("v1beta1"))
                        .isPresent()
                ? "meta.k8s.io/v1beta1"
                : "meta.k8s.io/v1";
    }

    /// A table of some resources.
    ///
    /// @param metadata of the list
    /// @param definitions whether the columns are described: in a watch, only in the first table
    public Map<String, Object> table(
            List<Resource> resources, Map<String, Object> metadata, boolean definitions) {
        var now = clock.instant();
        var rows =
                resources.stream()
                        .map(resource ->
                                (Object)
                                        Tree.of(
                                                "cells",
                                                        columns.cells(
                                                                Conversion.judged(served, resource),
                                                                now),
                                                "object", object(resource)))
                        .toList();
        return Tree.of(
                "kind",
                "Table",
                "apiVersion",
                version,
                "metadata",
                metadata,
                "columnDefinitions",
                definitions ? columns.definitions() : List.of(),
                "rows",
                rows);
    }

    /// A resource without anything but its metadata.
    public static Map<String, Object> partial(Resource resource) {
        return Tree.of(
                "kind", "PartialObjectMetadata",
                "apiVersion", "meta.k8s.io/v1",
                "metadata", resource.metadata());
    }

    private @Nullable Map<String, Object> object(Resource resource) {
        return switch (include) {
            case NOTHING -> null;
            case METADATA -> {
                var partial = partial(resource);
                partial.put("apiVersion", version);
                yield partial;
            }
            case OBJECT -> resource.tree();
        };
    }

    private static Include include(String text) {
        return switch (text) {
            case "", "Metadata" -> Include.METADATA;
            case "None" -> Include.NOTHING;
            case "Object" -> Include.OBJECT;
            default ->
                    throw Problem.badRequest(
                                    "Unable to convert to Table as requested: includeObject: Invalid value: \"%s\": must be 'Metadata', 'Object', 'None', or empty"
                                            .formatted(text))
                            .exception();
        };
    }
}
