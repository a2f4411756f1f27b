package dev.slipway.control.policy;

import dev.slipway.expression.Environment;
import dev.slipway.expression.Type;
import dev.slipway.expression.library.Authorizer;
import dev.slipway.expression.library.Library;
import dev.slipway.expression.library.ResourceCheck;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the expressions of policies see.
final class PolicyTypes {
    private static final Type TEXTS = new Type.ListOf(Type.TEXT);

    private static final Type KIND = texts("kind", "group", "version", "kind");
    private static final Type RESOURCE = texts("resource", "group", "version", "resource");

    private static final Type USER =
            new Type.Struct(
                    "userInfo",
                    Map.of(
                            "username",
                            Type.TEXT,
                            "uid",
                            Type.TEXT,
                            "groups",
                            TEXTS,
                            "extra",
                            new Type.MapOf(TEXTS)));

    private static final Type REQUEST = request();
    private static final Type NAMESPACE = namespace();

    private static final Environment WITHOUT_PARAMS =
            Environment.builder()
                    .libraries(Library.POLICIES)
                    .variable("object", Type.DYNAMIC)
                    .variable("oldObject", Type.DYNAMIC)
                    .variable("request", REQUEST)
                    .variable("namespaceObject", NAMESPACE)
                    .variable("authorizer", new Type.Opaque(Authorizer.TYPE))
                    .variable("authorizer.requestResource", new Type.Opaque(ResourceCheck.TYPE))
                    .build();

    private static final Environment WITH_PARAMS = WITHOUT_PARAMS.with("params", Type.DYNAMIC);

    private PolicyTypes() {}

    static Environment environment(boolean params) {
        return params ? WITH_PARAMS : WITHOUT_PARAMS;
    }

    private static Type texts(String name, String... fields) {
        var types = new LinkedHashMap<String, Type>();
        for (var field : fields) {
            types.put(field, Type.TEXT);
        }
        return new Type.Struct(name, types);
    }

    private static Type request() {
        var fields = new LinkedHashMap<String, Type>();
        fields.put("kind", KIND);
        fields.put("resource", RESOURCE);
        fields.put("subResource", Type.TEXT);
        fields.put("requestKind", KIND);
        fields.put("requestResource", RESOURCE);
        fields.put("requestSubResource", Type.TEXT);
        fields.put("name", Type.TEXT);
        fields.put("namespace", Type.TEXT);
        fields.put("operation", Type.TEXT);
        fields.put("userInfo", USER);
        fields.put("dryRun", Type.BOOL);
        fields.put("options", Type.DYNAMIC);
        return new Type.Struct("request", fields);
    }

    private static Type namespace() {
        var metadata = new LinkedHashMap<String, Type>();
        metadata.put("name", Type.TEXT);
        metadata.put("generateName", Type.TEXT);
        metadata.put("namespace", Type.TEXT);
        metadata.put("labels", new Type.MapOf(Type.TEXT));
        metadata.put("annotations", new Type.MapOf(Type.TEXT));
        metadata.put("uid", Type.TEXT);
        metadata.put("resourceVersion", Type.TEXT);
        metadata.put("generation", Type.INT);
        metadata.put("creationTimestamp", Type.TIMESTAMP);
        metadata.put("deletionTimestamp", Type.TIMESTAMP);
        metadata.put("deletionGracePeriodSeconds", Type.INT);
        metadata.put("finalizers", TEXTS);
        return new Type.Struct(
                "namespaceObject",
                Map.of(
                        "metadata",
                        new Type.Struct("metadata", metadata),
                        "spec",
                        new Type.Struct("spec", Map.of("finalizers", TEXTS)),
                        "status",
                        texts("status", "phase")));
    }
}
