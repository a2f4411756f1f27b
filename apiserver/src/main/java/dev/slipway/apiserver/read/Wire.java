package dev.slipway.apiserver.read;

import dev.slipway.apiserver.wire.Representation;
import dev.slipway.apiserver.wire.Representation.Format;
import dev.slipway.apiserver.wire.Representation.Shape;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Conversion;
import dev.slipway.kernel.store.StoredObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns stored bytes into what goes over the wire, under the version and kind that were asked for.
///
/// Stored bodies begin with `apiVersion` and `kind`: these two are replaced, and the rest is copied without being
/// read. Of metadata alone the bytes of the metadata are.
public final class Wire {
    private static final byte[] PARTIAL =
            "{\"kind\":\"PartialObjectMetadata\",\"apiVersion\":\"meta.k8s.io/v1\",\"metadata\":"
                    .getBytes(StandardCharsets.US_ASCII);

    private final Served served;
    private final byte[] head;
    private final boolean converts;

    public Wire(Served served) {
        this.served = served;
        this.converts = Conversion.converts(served);
        this.head =
                "{\"apiVersion\":%s,\"kind\":%s,"
                        .formatted(Json.text(served.apiVersion()), Json.text(served.names().kind()))
                        .getBytes(StandardCharsets.UTF_8);
    }

    /// Whether a form can be written from stored bytes.
    public static boolean writes(Representation form) {
        return form.shape() != Shape.TABLE && form.format() == Format.JSON && !form.pretty();
    }

    /// The JSON of one object, whole or its metadata alone.
    void write(StoredObject object, Shape shape, OutputStream out) throws IOException {
        if (shape == Shape.METADATA) {
            out.write(PARTIAL);
            object.writeMetadata(out);
            out.write('}');
        } else if (converts) {
            Json.write(resource(object).tree(), out);
        } else {
            out.write(head);
            object.writeRest(out);
        }
    }

    /// The JSON of one item of a list, in which the product's own Kubernetes kinds do not repeat their names.
    void writeItem(StoredObject object, Shape shape, OutputStream out) throws IOException {
        if (shape == Shape.WHOLE && served.kind().rules().builtIn() && converts) {
            var tree = new LinkedHashMap<>(resource(object).tree());
            tree.keySet().removeAll(List.of("kind", "apiVersion"));
            Json.write(tree, out);
        } else if (shape == Shape.WHOLE && served.kind().rules().builtIn()) {
            out.write('{');
            object.writeRest(out);
        } else {
            write(object, shape, out);
        }
    }

    /// The answer that holds one object in a form that can be written from stored bytes.
    public WebResponse answer(StoredObject object, Representation form) {
        var out = new ByteArrayOutputStream(object.body().length + 256);
        try {
            write(object, form.shape(), out);
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return new WebResponse.Whole(
                200, Map.of("Content-Type", form.format().contentType()), out.toByteArray());
    }

    /// The tree of one object; as it was stored where its version is not the kind's any more.
    public Resource resource(StoredObject object) {
        var resource = object.resource();
        if (!knows(object)) {
            return resource;
        }
        return Conversion.served(served, resource);
    }

    /// Whether an object was stored in a version that the kind still has.
    public boolean knows(StoredObject object) {
        return served.kind().version(version(object.field("apiVersion"))).isPresent();
    }

    /// The warning that goes with an object that was stored in a version which the kind has no longer.
    public static String unconverted(StoredObject object) {
        return "%s %s was stored as %s, which is not a version of its kind any more: it is shown as it was stored"
                .formatted(object.field("kind"), object.key().name(), object.field("apiVersion"));
    }

    private static String version(String apiVersion) {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }
}
