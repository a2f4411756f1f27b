package dev.slipway.apiserver.openapi;

import dev.slipway.kernel.model.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The names by which generated clients call the operations of a kind: `listAppsV1NamespacedDeployment`.
///
/// @param group empty for the core
record OperationNames(String group, String version, String kind, boolean namespaced) {
    private static final List<String> METHODS = List.of("get", "post", "put", "patch", "delete");

    /// Gives each operation of a path its name, in place, and returns the path.
    ///
    /// @param suffix what of the kind it is about: `Status`, `Scale`, or empty
    Map<String, Object> name(Map<String, Object> path, String suffix) {
        return name(path, namespaced ? "Namespaced" : "", suffix);
    }

    /// The same for what is read of all namespaces.
    Map<String, Object> nameForAll(Map<String, Object> path) {
        return name(path, "", "ForAllNamespaces");
    }

    private Map<String, Object> name(Map<String, Object> path, String scope, String suffix) {
        for (var method : METHODS) {
            if (path.get(method) instanceof Map<?, ?> map) {
                var operation = Json.cast(map);
                var verb = verb(Json.string(operation, "x-kubernetes-action"));
                operation.put("operationId", verb + scope + kind + suffix);
                operation.put("tags", List.of(tag()));
            }
        }
        return path;
    }

    /// What is done, to which group and version.
    private String verb(String action) {
        var of = capital(place()) + capital(version);
        return switch (action) {
            case "get" -> "read" + of;
            case "post" -> "create" + of;
            case "put" -> "replace" + of;
            case "deletecollection" -> "delete" + of + "Collection";
            default -> action + of;
        };
    }

    private String tag() {
        return place() + "_" + version;
    }

    /// The group in one word that begins small: `rbacAuthorization`.
    private String place() {
        var name = group.isEmpty() ? "core" : group.replaceFirst("\\.k8s\\.io$", "");
        var words =
                Arrays.stream(name.split("[.-]", -1))
                        .map(OperationNames::capital)
                        .collect(Collectors.joining());
        return words.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + words.substring(1);
    }

    static String capital(String word) {
        return word.isEmpty()
                ? word
                : word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1);
    }
}
