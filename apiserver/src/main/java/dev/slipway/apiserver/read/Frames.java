package dev.slipway.apiserver.read;

import dev.slipway.apiserver.protobuf.ProtobufWriter;
import dev.slipway.apiserver.table.Tables;
import dev.slipway.apiserver.wire.Answers;
import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Representation.Format;
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
    private final boolean messages;
    private final Tables tables;
    private final Wire wire;
    private boolean described;

    Frames(Served served, Representation form, Tables tables) {
        this.served = served;
        this.shape = form.shape();
        this.messages = form.format() == Format.PROTOBUF;
        this.tables = tables;
        this.wire = new Wire(served);
    }

    void event(String type, StoredObject object, OutputStream out) throws IOException {
        if (messages) {
            var resource = wire.resource(object);
            message(
                    type,
                    shape == Shape.METADATA ? Tables.partial(resource) : resource.tree(),
                    out);
            return;
        }
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
        tree(
                "BOOKMARK",
                shape == Shape.TABLE ? table(List.of(), revision) : marker(revision, initial),
                out);
    }

    void error(Problem problem, OutputStream out) throws IOException {
        tree("ERROR", Statuses.of(problem), out);
    }

    private void tree(String type, Map<String, Object> object, OutputStream out)
            throws IOException {
        if (messages) {
            message(type, object, out);
            return;
        }
        begin(type, out);
        Json.write(object, out);
        out.write(END);
    }

    private static void message(String type, Map<String, Object> object, OutputStream out)
            throws IOException {
        ProtobufWriter.writeEvent(type, Answers.protobuf(object), out);
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
