package dev.slipway.portal.reading;

import dev.slipway.kernel.model.Json;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A kind as discovery tells it: all that the portal knows about a kind before it has seen one.
///
/// @param group empty for the core group
/// @param version the version that the group prefers
public record ApiKind(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        boolean namespaced,
        List<String> verbs,
        List<String> categories) {
    /// How the core group is spelled in addresses of pages.
    public static final String CORE = "core";

    /// What stands for the namespace of a cluster-scoped thing in addresses of pages.
    public static final String NO_NAMESPACE = "-";

    public ApiKind {
        verbs = List.copyOf(verbs);
        categories = List.copyOf(categories);
    }

    /// Reads a resource of one version of an aggregated discovery document.
    static ApiKind of(String group, String version, ObjectTree resource) {
        var names = resource.object("responseKind");
        var kind = names.text("kind");
        var singular = resource.text("singularResource");
        return new ApiKind(
                group,
                version,
                kind,
                resource.text("resource"),
                singular.isEmpty() ? kind.toLowerCase(Locale.ROOT) : singular,
                resource.text("scope").equals("Namespaced"),
                resource.texts("verbs"),
                resource.texts("categories"));
    }

    public boolean can(String verb) {
        return verbs.contains(verb);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// `deployments.apps`: how kubectl is told exactly this kind.
    public String groupResource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// The API's path of all of this kind.
    public String collection() {
        return root() + "/" + plural;
    }

    /// The API's path of those in a namespace; of all where it is empty.
    public String collection(String namespace) {
        return namespace.isEmpty()
                ? collection()
                : root() + "/namespaces/" + Addresses.encode(namespace) + "/" + plural;
    }

    /// The API's path of one.
    public String object(String namespace, String name) {
        return collection(namespace) + "/" + Addresses.encode(name);
    }

    /// The address of the portal's list of this kind.
    public String page() {
        return "/k/" + (group.isEmpty() ? CORE : group) + "/" + plural;
    }

    /// The address of the portal's page for one of this kind.
    public String page(String namespace, String name) {
        return page()
                + "/"
                + (namespace.isEmpty() ? NO_NAMESPACE : Addresses.encode(namespace))
                + "/"
                + Addresses.encode(name);
    }

    /// `Config maps`: the title of a list.
    public String title() {
        return Words.titleOfMany(kind, plural);
    }

    /// `config map`: one of them in a sentence.
    public String noun() {
        return Words.noun(kind);
    }

    private String root() {
        return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    }

    /// One object of a document, read leniently: what is missing is empty.
    record ObjectTree(Map<String, Object> tree) {
        String text(String key) {
            return Json.string(tree, key);
        }

        ObjectTree object(String key) {
            return new ObjectTree(Json.object(tree, key));
        }

        List<ObjectTree> objects(String key) {
            return Trees.objects(Json.list(tree, key)).stream().map(ObjectTree::new).toList();
        }

        List<String> texts(String key) {
            return Trees.texts(Json.list(tree, key));
        }
    }
}
