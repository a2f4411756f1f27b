package dev.slipway.apiserver;

import dev.slipway.kernel.kind.Kind;

/// Where resources are read: the paths that answers link to.
final class ResourcePaths {
    private ResourcePaths() {}

    /// The path of an object in the version that its kind is stored in.
    static String of(Kind kind, String namespace, String name) {
        var group = kind.group().isEmpty() ? "/api/" : "/apis/" + kind.group() + "/";
        var place = namespace.isEmpty() ? "" : "/namespaces/" + namespace;
        return group + kind.storage().name() + place + "/" + kind.names().plural() + "/" + name;
    }
}
