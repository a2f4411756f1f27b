package dev.slipway.apiserver.protobuf;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.schema.Structs;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads objects in `application/vnd.kubernetes.protobuf`: four magic bytes, then an envelope that names the kind.
public final class Protobuf {
    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final int EXCERPT = 32;

    private Protobuf() {}

    /// The object as it would be in JSON; throws a [MalformedException] where it cannot be read.
    public static Map<String, Object> read(byte[] body) {
        if (body.length < MAGIC.length
                || !Arrays.equals(MAGIC, Arrays.copyOf(body, MAGIC.length))) {
            throw new MalformedException(
                    "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0] (%s)"
                            .formatted(excerpt(body)),
                    null);
        }
        return open(new Cursor(Arrays.copyOfRange(body, MAGIC.length, body.length)));
    }

    private static Map<String, Object> open(Cursor envelope) {
        var type = new String[] {"", ""};
        var raw = new Cursor(new byte[0]);
        var contentType = "";
        while (!envelope.isAtEnd()) {
            var tag = envelope.tag();
            switch (tag) {
                case 1 << 3 | Cursor.LENGTH -> readType(envelope.part(), type);
                case 2 << 3 | Cursor.LENGTH -> raw = envelope.part();
                case 4 << 3 | Cursor.LENGTH -> contentType = envelope.part().text();
                default -> envelope.skip(tag & 7);
            }
        }
        return contentType.startsWith("application/json")
                ? Json.readObject(raw.rest())
                : object(type[0], type[1], raw);
    }

    private static void readType(Cursor cursor, String[] type) {
        while (!cursor.isAtEnd()) {
            var tag = cursor.tag();
            switch (tag) {
                case 1 << 3 | Cursor.LENGTH -> type[0] = cursor.part().text();
                case 2 << 3 | Cursor.LENGTH -> type[1] = cursor.part().text();
                default -> cursor.skip(tag & 7);
            }
        }
    }

    private static Map<String, Object> object(String apiVersion, String kind, Cursor raw) {
        var message =
                Structs.load()
                        .ofKind(apiVersion, kind)
                        .orElseThrow(() ->
                                new MalformedException(
                                        "no kind \"%s\" is registered for version \"%s\" in protobuf: send it as JSON"
                                                .formatted(kind, apiVersion),
                                        null));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", apiVersion);
        tree.put("kind", kind);
        new MessageReader().read(message, raw, tree);
        return tree;
    }

    private static String excerpt(byte[] body) {
        return HexFormat.of().formatHex(Arrays.copyOf(body, Math.min(body.length, EXCERPT)));
    }
}
