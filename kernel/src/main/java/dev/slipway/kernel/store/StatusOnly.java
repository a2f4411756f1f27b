package dev.slipway.kernel.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Tells what a controller reports from what somebody wants, in stored bytes.
final class StatusOnly {
    private StatusOnly() {}

    /// Whether two bodies differ in nothing but the status and in who manages which field. What is equal but written in
    /// another order counts as different, and so does what is sealed.
    static boolean between(byte[] before, byte[] after) {
        return before[0] == '{' && after[0] == '{' && wanted(before).equals(wanted(after));
    }

    /// The members of a body and of its metadata, but for those that do not count.
    private static Map<String, ByteBuffer> wanted(byte[] body) {
        Map<String, ByteBuffer> wanted = new HashMap<>();
        StoredJson.members(
                body,
                0,
                (name, value) -> {
                    switch (name(body, name, value)) {
                        case "\"status\"" -> {}
                        case "\"metadata\"" -> metadata(body, value, wanted);
                        case String other -> wanted.put(other, slice(body, value));
                    }
                    return true;
                });
        return wanted;
    }

    private static void metadata(byte[] body, int object, Map<String, ByteBuffer> wanted) {
        StoredJson.members(
                body,
                object,
                (name, value) -> {
                    var text = name(body, name, value);
                    if (!text.equals("\"managedFields\"")) {
                        wanted.put("metadata." + text, slice(body, value));
                    }
                    return true;
                });
    }

    private static String name(byte[] body, int name, int value) {
        return new String(body, name, value - 1 - name, StandardCharsets.UTF_8);
    }

    private static ByteBuffer slice(byte[] body, int value) {
        return ByteBuffer.wrap(body, value, StoredJson.end(body, value) - value);
    }
}
