package dev.slipway.apiserver.openapi;

import dev.slipway.apiserver.wire.Tree;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.schema.Components;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The kinds of one version of a group, and the OpenAPI document that describes them.
///
/// @param posted those whose objects are answered when they are posted, and never stored
record GroupVersion(String group, String version, List<Kind> kinds, List<Kind> posted) {
    GroupVersion {
        kinds = List.copyOf(kinds);
        posted = List.copyOf(posted);
    }

    static GroupVersion of(Kind kind, KindVersion version, boolean posted) {
        return new GroupVersion(
                kind.group(version),
                version.name(),
                posted ? List.of() : List.of(kind),
                posted ? List.of(kind) : List.of());
    }

    GroupVersion with(GroupVersion other) {
        return new GroupVersion(
                group, version, joined(kinds, other.kinds()), joined(posted, other.posted()));
    }

    private static List<Kind> joined(List<Kind> some, List<Kind> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /// Whether the document changes with a release only.
    boolean isPartOfProduct() {
        return joined(kinds, posted).stream().allMatch(kind -> kind.rules().builtIn());
    }

    /// @param components what the kinds of Kubernetes are made of
    Map<String, Object> document(Components components) {
        Map<String, Object> paths = new LinkedHashMap<>();
        Map<String, Object> schemas = new LinkedHashMap<>();
        for (var kind : kinds) {
            kind.allNames()
                    .map(names -> described(kind, names, components))
                    .forEach(one -> {
                        one.putSchemas(schemas);
                        one.putPaths(paths);
                    });
        }
        for (var kind : posted) {
            var one = described(kind, kind.names(), components);
            one.putSchema(schemas);
            one.putPost(paths);
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

    private DescribedKind described(Kind kind, Names names, Components components) {
        return new DescribedKind(
                kind,
                kind.version(group, version).orElseThrow(),
                names,
                components,
                components.ofKind(group, version, names.kind()));
    }
}
