package dev.slipway.cli;

import dev.slipway.kernel.model.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A kind as the server's discovery tells it: names, and the path of its resources.
record ServedKind(
        String group,
        String version,
        String plural,
        String singular,
        String kind,
        boolean namespaced,
        List<String> shortNames,
        List<String> categories) {
    /// Reads an entry of a version in aggregated discovery.
    static ServedKind of(String group, String version, Map<String, Object> tree) {
        return new ServedKind(
                group,
                version,
                Json.string(tree, "resource"),
                Json.string(tree, "singularResource"),
                Json.string(Json.object(tree, "responseKind"), "kind"),
                Json.string(tree, "scope").equals("Namespaced"),
                texts(tree, "shortNames"),
                texts(tree, "categories"));
    }

    /// A kind of which no more is known than where its resources were.
    static ServedKind gone(String group, String version, String plural, boolean namespaced) {
        return new ServedKind(
                group, version, plural, plural, plural, namespaced, List.of(), List.of());
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// `component.backstage.io`, as the results of writes are told.
    String shownAs() {
        var name = singular.isEmpty() ? kind.toLowerCase(Locale.ROOT) : singular;
        return group.isEmpty() ? name : name + "." + group;
    }

    /// Whether a person means this kind: plural, singular, kind or short name, with the group behind a dot or without.
    boolean isCalled(String text) {
        return Stream.concat(Stream.of(plural, singular, kind), shortNames.stream())
                .anyMatch(name ->
                        !name.isEmpty()
                                && (text.equalsIgnoreCase(name)
                                        || text.equalsIgnoreCase(name + "." + group)
                                        || text.equalsIgnoreCase(
                                                name + "." + version + "." + group)));
    }

    /// The path of all resources; of one namespace, or of all of them where it is empty.
    String path(String namespace) {
        var root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return namespaced && !namespace.isEmpty()
                ? root + "/namespaces/" + encoded(namespace) + "/" + plural
                : root + "/" + plural;
    }

    /// The path of one resource.
    String path(String namespace, String name) {
        return path(namespace) + "/" + encoded(name);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<String> texts(Map<String, Object> tree, String key) {
        return Json.list(tree, key).stream().map(String::valueOf).toList();
    }
}
