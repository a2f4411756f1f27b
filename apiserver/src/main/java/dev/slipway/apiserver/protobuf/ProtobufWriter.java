package dev.slipway.apiserver.protobuf;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.schema.Structs;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes objects, their lists and the events of watches in `application/vnd.kubernetes.protobuf`, as far as their
/// kinds have messages: those of CRDs have none but of their metadata. Without state.
public final class ProtobufWriter {
    private static final String META = "meta.k8s.io/v1";
    private static final String META_STRUCTS = "io.k8s.apimachinery.pkg.apis.meta.v1.";
    private static final String LIST_META = META_STRUCTS + "ListMeta";
    private static final String OBJECT_META = META_STRUCTS + "ObjectMeta";
    private static final String PARTIAL = "PartialObjectMetadata";
    private static final String LIST = "List";

    private ProtobufWriter() {}

    /// Whether objects of a kind can be written.
    public static boolean writes(String apiVersion, String kind) {
        return isPartial(apiVersion, kind) || struct(apiVersion, kind).isPresent();
    }

    /// An object with the four magic bytes and the envelope around it; empty where its kind has no message, or
    /// something in it does not fit that.
    public static Optional<byte[]> write(Map<String, Object> tree) {
        var apiVersion = String.valueOf(tree.get("apiVersion"));
        var kind = String.valueOf(tree.get("kind"));
        try {
            return message(apiVersion, kind, tree).map(raw -> enveloped(apiVersion, kind, raw));
        } catch (ClassCastException | IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    /// One event of a watch: its length in four bytes, then the event.
    ///
    /// @param object as [#write] has made it
    public static void writeEvent(String type, byte[] object, OutputStream out) throws IOException {
        var event = new Output().text(1, type).part(2, new Output().part(1, object)).toBytes();
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(event.length).array());
        out.write(event);
    }

    private static byte[] enveloped(String apiVersion, String kind, Output raw) {
        var type = new Output().text(1, apiVersion).text(2, kind);
        var envelope = new Output().part(1, type).part(2, raw).text(3, "").text(4, "").toBytes();
        return ByteBuffer.allocate(Protobuf.MAGIC.length + envelope.length)
                .put(Protobuf.MAGIC)
                .put(envelope)
                .array();
    }

    private static Optional<Output> message(
            String apiVersion, String kind, Map<String, Object> tree) {
        if (isPartial(apiVersion, kind)) {
            return Optional.of(partial(tree));
        }
        var struct = struct(apiVersion, kind);
        if (struct.isPresent()) {
            return Optional.of(new MessageWriter().write(struct.get(), tree));
        }
        return kind.endsWith(LIST) && tree.get("items") instanceof List<?> items
                ? list(apiVersion, kind, tree, items)
                : Optional.empty();
    }

    private static Optional<Output> list(
            String apiVersion, String listKind, Map<String, Object> tree, List<?> items) {
        var kind = listKind.substring(0, listKind.length() - LIST.length());
        if (!writes(apiVersion, kind)) {
            return Optional.empty();
        }
        var out = new Output().part(1, metadata(LIST_META, tree));
        for (var item : items) {
            var one = Json.cast((Map<?, ?>) item);
            message(apiVersion, kind, one).ifPresent(message -> out.part(2, message));
        }
        return Optional.of(out);
    }

    private static Output partial(Map<String, Object> tree) {
        return new Output().part(1, metadata(OBJECT_META, tree));
    }

    private static Output metadata(String struct, Map<String, Object> tree) {
        return tree.get("metadata") instanceof Map<?, ?> metadata
                ? new MessageWriter().write(struct, Json.cast(metadata))
                : new Output();
    }

    private static boolean isPartial(String apiVersion, String kind) {
        return apiVersion.equals(META) && kind.equals(PARTIAL);
    }

    private static Optional<String> struct(String apiVersion, String kind) {
        return apiVersion.equals("v1") && kind.equals("Status")
                ? Optional.of(META_STRUCTS + kind)
                : Structs.load().ofKind(apiVersion, kind);
    }
}
