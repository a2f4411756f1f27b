package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// The bytes of a resource at a revision, as they lie in the store and go out on the wire.
///
/// The revision's number is not part of the stored bytes; it is put in as `metadata.resourceVersion` while writing.
public record StoredObject(ResourceKey key, long revision, byte[] body) {
    private static final byte[] METADATA = ",\"metadata\":{".getBytes(StandardCharsets.US_ASCII);

    /// Writes the JSON of the resource with its `resourceVersion`.
    public void writeTo(OutputStream out) throws IOException {
        var at = metadata();
        out.write(body, 0, at);
        out.write(
                ("\"resourceVersion\":\"" + revision + "\",").getBytes(StandardCharsets.US_ASCII));
        out.write(body, at, body.length - at);
    }

    /// The JSON of the resource with its `resourceVersion`.
    public byte[] bytes() {
        var out = new ByteArrayOutputStream(body.length + 40);
        try {
            writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return out.toByteArray();
    }

    /// The resource as a tree of its own, with its `resourceVersion`; parsed at each call.
    public Resource resource() {
        var tree = Json.readObject(body);
        Json.child(tree, "metadata").put("resourceVersion", Long.toString(revision));
        return new Resource(tree);
    }

    /// Where the first field of metadata begins. `apiVersion` and `kind` come first and hold no quotes.
    private int metadata() {
        for (int start = 0; start + METADATA.length <= body.length; start++) {
            if (matches(start)) {
                return start + METADATA.length;
            }
        }
        throw new IllegalStateException(
                "no metadata in the body of " + key + " at revision " + revision);
    }

    private boolean matches(int start) {
        for (int i = 0; i < METADATA.length; i++) {
            if (body[start + i] != METADATA[i]) {
                return false;
            }
        }
        return true;
    }
}
