package dev.slipway.apiserver.openapi;

import dev.slipway.apiserver.wire.Tree;
import java.util.List;
import java.util.Map;

/// How documents refer to schemas, and what they say of the fields that every object has.
final class CommonSchemas {
    static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";
    static final String DELETE_OPTIONS = "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions";
    static final String STATUS = "io.k8s.apimachinery.pkg.apis.meta.v1.Status";
    static final String LIST_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta";

    private static final String CONVENTIONS =
            " More info: https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md";

    /// The descriptions that every client of Kubernetes finds at these fields, as `kubectl explain` shows them.
    static final String API_VERSION =
            "APIVersion defines the versioned schema of this representation of an object. Servers should convert"
                    + " recognized schemas to the latest internal value, and may reject unrecognized values."
                    + CONVENTIONS
                    + "#resources";

    static final String KIND =
            "Kind is a string value representing the REST resource this object represents. Servers may infer this from"
                    + " the endpoint the client submits requests to. Cannot be updated. In CamelCase."
                    + CONVENTIONS
                    + "#types-kinds";

    static final String METADATA = "Standard object's metadata." + CONVENTIONS + "#metadata";
    static final String LIST_METADATA = "Standard list metadata." + CONVENTIONS + "#types-kinds";
    static final String ITEMS = "List of %s." + CONVENTIONS;

    private CommonSchemas() {}

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
}
