package dev.slipway.apiserver.discovery;

import dev.slipway.apiserver.discovery.Catalogue.Entry;
import dev.slipway.apiserver.discovery.Catalogue.Group;
import dev.slipway.apiserver.wire.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Discovery as one document: `APIGroupDiscoveryList`.
final class Aggregated {
    private Aggregated() {}

    /// @param version of the document's own format: `v2`, `v2beta1`
    static Map<String, Object> document(List<Group> groups, String version) {
        return Tree.of(
                "kind",
                "APIGroupDiscoveryList",
                "apiVersion",
                "apidiscovery.k8s.io/" + version,
                "metadata",
                new LinkedHashMap<String, Object>(),
                "items",
                groups.stream().map(Aggregated::group).toList());
    }

    private static Map<String, Object> group(Group group) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (!group.isCore()) {
            metadata.put("name", group.name());
        }
        var versions =
                group.versions().stream()
                        .map(version ->
                                Tree.of(
                                        "version", version.name(),
                                        "resources",
                                                version.entries().stream()
                                                        .map(Aggregated::resource)
                                                        .toList(),
                                        "freshness", "Current"))
                        .toList();
        return Tree.of("metadata", metadata, "versions", versions);
    }

    private static Map<String, Object> resource(Entry entry) {
        var names = entry.names();
        var tree =
                Tree.of(
                        "resource", names.plural(),
                        "responseKind", kind(entry.group(), entry.version().name(), names.kind()),
                        "scope", entry.kind().namespaced() ? "Namespaced" : "Cluster",
                        "singularResource", names.singular(),
                        "verbs", Verbs.of(entry));
        if (!names.shortNames().isEmpty()) {
            tree.put("shortNames", names.shortNames());
        }
        if (!names.categories().isEmpty()) {
            tree.put("categories", names.categories());
        }
        var subresources = subresources(entry);
        if (!subresources.isEmpty()) {
            tree.put("subresources", subresources);
        }
        return tree;
    }

    private static List<Object> subresources(Entry entry) {
        var subresources = new ArrayList<Object>();
        if (Verbs.isApproved(entry)) {
            subresources.add(
                    subresource(
                            "approval",
                            kind(entry.group(), entry.version().name(), entry.names().kind()),
                            Verbs.OF_SUBRESOURCES));
        }
        if (Verbs.isEvicted(entry)) {
            subresources.add(
                    subresource("eviction", kind("policy", "v1", "Eviction"), Verbs.OF_POSTED));
        }
        if (Verbs.isFinalized(entry)) {
            subresources.add(
                    subresource(
                            "finalize",
                            kind("", entry.version().name(), entry.names().kind()),
                            Verbs.OF_FINALIZE));
        }
        if (entry.version().scale().isPresent()) {
            subresources.add(
                    subresource(
                            "scale", kind("autoscaling", "v1", "Scale"), Verbs.OF_SUBRESOURCES));
        }
        if (entry.version().status()) {
            subresources.add(
                    subresource(
                            "status",
                            kind(entry.group(), entry.version().name(), entry.names().kind()),
                            Verbs.OF_SUBRESOURCES));
        }
        if (Verbs.givesTokens(entry)) {
            subresources.add(
                    subresource(
                            "token",
                            kind("authentication.k8s.io", "v1", "TokenRequest"),
                            Verbs.OF_POSTED));
        }
        return subresources;
    }

    private static Map<String, Object> subresource(
            String name, Map<String, Object> kind, List<String> verbs) {
        return Tree.of("subresource", name, "responseKind", kind, "verbs", verbs);
    }

    private static Map<String, Object> kind(String group, String version, String kind) {
        return Tree.of("group", group, "version", version, "kind", kind);
    }
}
