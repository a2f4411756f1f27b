package dev.slipway.apiserver.discovery;

import dev.slipway.apiserver.discovery.Catalogue.Entry;
import dev.slipway.apiserver.discovery.Catalogue.Group;
import dev.slipway.apiserver.discovery.Catalogue.Version;
import dev.slipway.apiserver.wire.Etags;
import dev.slipway.apiserver.wire.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Discovery as many small documents, one for each group and version.
final class Plain {
    private static final int HASH_DIGITS = 16;

    private Plain() {}

    static Map<String, Object> versions(String address) {
        var anywhere = Tree.of("clientCIDR", "0.0.0.0/0", "serverAddress", address);
        return Tree.of(
                "kind", "APIVersions",
                "versions", List.of("v1"),
                "serverAddressByClientCIDRs", List.of(anywhere));
    }

    static Map<String, Object> groups(List<Group> groups) {
        return Tree.of(
                "kind", "APIGroupList",
                "apiVersion", "v1",
                "groups", groups.stream().map(Plain::group).toList());
    }

    static Map<String, Object> document(Group group) {
        var tree = Tree.of("kind", "APIGroup", "apiVersion", "v1");
        tree.putAll(group(group));
        return tree;
    }

    static Map<String, Object> resources(Group group, Version version) {
        var resources = new ArrayList<Object>();
        version.entries().forEach(entry -> add(entry, resources));
        return Tree.of(
                "kind",
                "APIResourceList",
                "apiVersion",
                "v1",
                "groupVersion",
                groupVersion(group, version),
                "resources",
                resources);
    }

    private static Map<String, Object> group(Group group) {
        var versions =
                group.versions().stream()
                        .map(version ->
                                Tree.of(
                                        "groupVersion", groupVersion(group, version),
                                        "version", version.name()))
                        .toList();
        return Tree.of(
                "name", group.name(),
                "versions", versions,
                "preferredVersion", versions.getFirst());
    }

    private static String groupVersion(Group group, Version version) {
        return group.isCore() ? version.name() : group.name() + "/" + version.name();
    }

    private static void add(Entry entry, List<Object> resources) {
        var names = entry.names();
        var namespaced = entry.kind().namespaced();
        var tree =
                resource(
                        names.plural(),
                        names.singular(),
                        namespaced,
                        names.kind(),
                        Verbs.of(entry));
        if (!names.shortNames().isEmpty()) {
            tree.put("shortNames", names.shortNames());
        }
        if (!names.categories().isEmpty()) {
            tree.put("categories", names.categories());
        }
        if (!entry.posted()) {
            tree.put("storageVersionHash", storageVersionHash(entry));
        }
        resources.add(tree);
        if (entry.version().scale().isPresent()) {
            var scale =
                    resource(
                            names.plural() + "/scale",
                            "",
                            namespaced,
                            "Scale",
                            Verbs.OF_SUBRESOURCES);
            scale.put("group", "autoscaling");
            scale.put("version", "v1");
            resources.add(scale);
        }
        if (Verbs.isApproved(entry)) {
            resources.add(
                    resource(
                            names.plural() + "/approval",
                            "",
                            namespaced,
                            names.kind(),
                            Verbs.OF_SUBRESOURCES));
        }
        if (Verbs.isEvicted(entry)) {
            var eviction =
                    resource(
                            names.plural() + "/eviction",
                            "",
                            namespaced,
                            "Eviction",
                            Verbs.OF_POSTED);
            eviction.put("group", "policy");
            eviction.put("version", "v1");
            resources.add(eviction);
        }
        if (Verbs.isFinalized(entry)) {
            resources.add(
                    resource(
                            names.plural() + "/finalize",
                            "",
                            namespaced,
                            names.kind(),
                            Verbs.OF_FINALIZE));
        }
        if (Verbs.givesTokens(entry)) {
            var token =
                    resource(
                            names.plural() + "/token",
                            "",
                            namespaced,
                            "TokenRequest",
                            Verbs.OF_POSTED);
            token.put("group", "authentication.k8s.io");
            token.put("version", "v1");
            resources.add(token);
        }
        if (entry.version().status()) {
            resources.add(
                    resource(
                            names.plural() + "/status",
                            "",
                            namespaced,
                            names.kind(),
                            Verbs.OF_SUBRESOURCES));
        }
    }

    /// Tells clients whether what is stored changed its form; it means nothing else.
    private static String storageVersionHash(Entry entry) {
        var kind = entry.kind();
        var stored = "%s/%s".formatted(kind.apiVersion(), kind.names().kind());
        var hash = Etags.hash(stored.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash));
    }

    private static Map<String, Object> resource(
            String name, String singular, boolean namespaced, String kind, List<String> verbs) {
        return Tree.of(
                "name", name,
                "singularName", singular,
                "namespaced", namespaced,
                "kind", kind,
                "verbs", verbs);
    }
}
