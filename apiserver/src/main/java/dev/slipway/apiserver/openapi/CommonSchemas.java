package dev.slipway.apiserver.openapi;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.schema.ObjectMetaSchema;
import dev.slipway.kernel.schema.SchemaWriter;
import java.util.List;
import java.util.Map;

/// The schemas that every document refers to.
final class CommonSchemas {
    static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    static final String LIST_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";

    private CommonSchemas() {}

    static Map<String, Object> all() {
        return Tree.of(
                OBJECT_META, SchemaWriter.write(ObjectMetaSchema.SCHEMA), LIST_META, listMeta());
    }

    /// A reference to one of them, or to a kind's.
    static Map<String, Object> reference(String name) {
        return Tree.of("$ref", "#/components/schemas/" + name);
    }

    /// A reference with a description, which may not stand beside a bare one.
    static Map<String, Object> described(String name, String description) {
        return Tree.of("description", description, "allOf", List.of(reference(name)));
    }

    static Map<String, Object> text(String description) {
        return Tree.of("type", "string", "description", description);
    }

    private static Map<String, Object> listMeta() {
        return Tree.of(
                "type", "object",
                "description", "What a list says of itself.",
                "properties",
                        Tree.of(
                                "continue",
                                        text("Where the next page begins; empty on the last one."),
                                "remainingItemCount",
                                        Tree.of(
                                                "type", "integer",
                                                "format", "int64",
                                                "description",
                                                        "How many items follow on further pages."),
                                "resourceVersion", text("The revision that the list was read at."),
                                "selfLink", text("Not served any more.")));
    }
}
