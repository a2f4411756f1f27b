package dev.slipway.apiserver.openapi;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The kinds of one version of a group, and the OpenAPI document that describes them.
record GroupVersion(String group, String version, List<Kind> kinds) {
    GroupVersion {
        kinds = List.copyOf(kinds);
    }

    GroupVersion with(GroupVersion other) {
        var all = new ArrayList<>(kinds);
        all.addAll(other.kinds());
        return new GroupVersion(group, version, all);
    }

    /// Whether the document changes with a release only.
    boolean isPartOfProduct() {
        return kinds.stream().allMatch(kind -> kind.rules().builtIn());
    }

    Map<String, Object> document() {
        Map<String, Object> paths = new LinkedHashMap<>();
        Map<String, Object> schemas = new LinkedHashMap<>(CommonSchemas.all());
        for (var kind : kinds) {
            add(kind, kind.names(), paths, schemas);
            kind.aliases().forEach(names -> add(kind, names, paths, schemas));
        }
        return Tree.of(
                "openapi",
                "3.0.0",
                "info",
                Tree.of("title", "Slipway", "version", version),
                "paths",
                paths,
                "components",
                Tree.of("schemas", schemas));
    }

    private void add(
            Kind kind, Names names, Map<String, Object> paths, Map<String, Object> schemas) {
        var described = new DescribedKind(kind, kind.version(version).orElseThrow(), names);
        described.putSchemas(schemas);
        described.putPaths(paths);
    }
}
