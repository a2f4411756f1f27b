package dev.slipway.apiserver.read;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.StoredObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Turns stored bytes into what goes over the wire, under the version and kind that were asked for.
///
/// Stored bodies begin with `apiVersion`, `kind` and `metadata`: the first two are replaced, and the rest is copied
/// without being read.
public final class Wire {
    private static final byte[] METADATA = ",\"metadata\":{".getBytes(StandardCharsets.US_ASCII);

    private final Served served;
    private final byte[] head;

    public Wire(Served served) {
        this.served = served;
        this.head =
                "{\"apiVersion\":%s,\"kind\":%s"
                        .formatted(Json.text(served.apiVersion()), Json.text(served.names().kind()))
                        .getBytes(StandardCharsets.UTF_8);
    }

    /// The JSON of one object.
    void write(StoredObject object, OutputStream out) throws IOException {
        out.write(head);
        writeRest(object, metadata(object), out, 0);
    }

    /// The JSON of one item of a list, in which the product's own Kubernetes kinds do not repeat their names.
    void writeItem(StoredObject object, OutputStream out) throws IOException {
        if (!served.kind().rules().builtIn()) {
            write(object, out);
            return;
        }
        out.write('{');
        writeRest(object, metadata(object), out, 1);
    }

    /// The tree of one object; as it was stored where its version is not the kind's any more.
    public Resource resource(StoredObject object) {
        var resource = object.resource();
        if (!knows(resource)) {
            return resource;
        }
        resource.tree().put("apiVersion", served.apiVersion());
        resource.tree().put("kind", served.names().kind());
        return resource;
    }

    /// Whether an object was stored in a version that the kind still has.
    public boolean knows(StoredObject object) {
        return knows(object.resource());
    }

    /// The warning that goes with an object that was stored in a version which the kind has no longer.
    public static String unconverted(StoredObject object) {
        var stored = object.resource();
        return "%s %s was stored as %s, which is not a version of its kind any more: it is shown as it was stored"
                .formatted(stored.kind(), stored.name(), stored.apiVersion());
    }

    private boolean knows(Resource stored) {
        return served.kind().version(stored.version()).isPresent();
    }

    /// @param skip how many bytes of the separator are left out: its comma, where nothing comes before
    private static void writeRest(StoredObject object, int at, OutputStream out, int skip)
            throws IOException {
        var body = object.body();
        var inside = at + METADATA.length;
        out.write(body, at + skip, METADATA.length - skip);
        out.write(
                ("\"resourceVersion\":\"" + object.revision() + "\",")
                        .getBytes(StandardCharsets.US_ASCII));
        out.write(body, inside, body.length - inside);
    }

    /// Where the comma before `metadata` is.
    private static int metadata(StoredObject object) {
        var body = object.body();
        for (int start = 0; start + METADATA.length <= body.length; start++) {
            if (matches(body, start)) {
                return start;
            }
        }
        throw new IllegalStateException("no metadata in the body of " + object.key());
    }

    private static boolean matches(byte[] body, int start) {
        for (int i = 0; i < METADATA.length; i++) {
            if (body[start + i] != METADATA[i]) {
                return false;
            }
        }
        return true;
    }
}
