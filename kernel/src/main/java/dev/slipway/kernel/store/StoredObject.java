package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The bytes of a resource at a revision, as they lie in the store and go out on the wire.
///
/// The revision's number is not part of the stored bytes; it is put in as `metadata.resourceVersion` while writing.
/// Labels, owners and fields are found in the bytes: none of these questions makes a tree of the resource.
public record StoredObject(ResourceKey key, long revision, byte[] body) {
    private static final byte[] METADATA = ",\"metadata\":{".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LABELS = StoredJson.quoted("labels");
    private static final byte[] UID = StoredJson.quoted("uid");
    private static final byte[] OWNERS = StoredJson.quoted("ownerReferences");

    /// How many bytes it takes in memory besides its body, about: its key, its place in the state and in indexes.
    private static final int OVERHEAD = 512;

    /// How many bytes it takes in memory, about.
    int size() {
        return OVERHEAD + body.length;
    }

    /// Writes the JSON of the resource with its `resourceVersion`.
    public void writeTo(OutputStream out) throws IOException {
        out.write(body, 0, metadata() - METADATA.length + 1);
        writeRest(out);
    }

    /// Writes all that follows `apiVersion` and `kind` and the comma behind them, up to the end of the resource.
    public void writeRest(OutputStream out) throws IOException {
        var inside = metadata();
        out.write(METADATA, 1, METADATA.length - 1);
        writeRevision(out);
        out.write(body, inside, body.length - inside);
    }

    /// Writes the metadata alone, with its `resourceVersion`.
    public void writeMetadata(OutputStream out) throws IOException {
        var inside = metadata();
        out.write('{');
        writeRevision(out);
        out.write(body, inside, StoredJson.end(body, inside - 1) - inside);
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

    /// The value of one label.
    public Optional<String> label(String key) {
        var value = StoredJson.find(body, metadata() - 1, LABELS, StoredJson.quoted(key));
        return value == StoredJson.ABSENT
                ? Optional.empty()
                : Optional.of(StoredJson.text(body, value));
    }

    /// All labels.
    public Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        var at = StoredJson.find(body, metadata() - 1, LABELS);
        if (at != StoredJson.ABSENT) {
            StoredJson.members(
                    body,
                    at,
                    (name, value) -> {
                        labels.put(StoredJson.text(body, name), StoredJson.text(body, value));
                        return true;
                    });
        }
        return labels;
    }

    /// The uids of all owners.
    public List<String> owners() {
        var at = StoredJson.find(body, metadata() - 1, OWNERS);
        if (at == StoredJson.ABSENT) {
            return List.of();
        }
        var owners = new ArrayList<String>();
        StoredJson.items(
                body,
                at,
                owner -> owners.add(StoredJson.text(body, StoredJson.find(body, owner, UID))));
        return owners;
    }

    /// What a field selector compares: the text, number or truth value at a path of keys joined by dots, else nothing.
    public String field(String path) {
        var names = path.split("\\.", -1);
        var at = 0;
        for (int i = 0; i < names.length && at != StoredJson.ABSENT; i++) {
            at = StoredJson.find(body, at, StoredJson.quoted(names[i]));
        }
        return StoredJson.text(body, at);
    }

    private void writeRevision(OutputStream out) throws IOException {
        out.write(
                ("\"resourceVersion\":\"" + revision + "\",").getBytes(StandardCharsets.US_ASCII));
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
