package dev.slipway.apiserver.read;

import dev.slipway.apiserver.table.Tables;
import dev.slipway.apiserver.wire.Representation.Shape;
import dev.slipway.apiserver.wire.Statuses;
import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.store.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Writes the events of one watch in the form that was asked for. Used by one thread.
final class Frames {
    static final String ADDED = "ADDED";
    static final String MODIFIED = "MODIFIED";
    static final String DELETED = "DELETED";

    private static final byte[] END = "}\n".getBytes(StandardCharsets.US_ASCII);

    private final Served served;
    private final Shape shape;
    private final Tables tables;
    private final Wire wire;
    private boolean described;

    Frames(Served served, Shape shape, Tables tables) {
        this.served = served;
        this.shape = shape;
        this.tables = tables;
        this.wire = new Wire(served);
    }

    void event(String type, StoredObject object, OutputStream out) throws IOException {
        begin(type, out);
        switch (shape) {
            case WHOLE, METADATA -> wire.write(object, shape, out);
            case TABLE -> Json.write(table(List.of(object), object.revision()), out);
        }
        out.write(END);
    }

    /// Says how far the watch is.
    ///
    /// @param initial whether what existed at the beginning is now sent
    void bookmark(long revision, boolean initial, OutputStream out) throws IOException {
        begin("BOOKMARK", out);
        Json.write(
                shape == Shape.TABLE ? table(List.of(), revision) : marker(revision, initial), out);
        out.write(END);
    }

    static void error(Problem problem, OutputStream out) throws IOException {
        begin("ERROR", out);
        Json.write(Statuses.of(problem), out);
        out.write(END);
    }

    private static void begin(String type, OutputStream out) throws IOException {
        out.write(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.US_ASCII));
    }

    private Map<String, Object> table(List<StoredObject> objects, long revision) {
        var resources = objects.stream().map(wire::resource).toList();
        var metadata = Tree.of("resourceVersion", Long.toString(revision));
        var table = tables.table(resources, metadata, !described);
        described = true;
        return table;
    }

    private Map<String, Object> marker(long revision, boolean initial) {
        var metadata = Tree.of("resourceVersion", Long.toString(revision));
        if (initial) {
            metadata.put("annotations", Tree.of("k8s.io/initial-events-end", "true"));
        }
        var metadataOnly = shape == Shape.METADATA;
        return Tree.of(
                "kind", metadataOnly ? "PartialObjectMetadata" : served.names().kind(),
                "apiVersion", metadataOnly ? "meta.k8s.io/v1" : served.apiVersion(),
                "metadata", metadata);
    }
}
