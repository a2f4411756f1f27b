package dev.slipway.graph.compile;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A `ResourceGraphDefinition` as it is stored, with names for its parts.
///
/// Reads leniently: what is wrong with a definition is the business of [Compiler].
public record Definition(Resource resource) {
    /// Where definitions are stored.
    public static final KindKey KIND = KindKey.of("kro.run", "resourcegraphdefinitions");

    /// The group of a definition that names none.
    public static final String DEFAULT_GROUP = "kro.run";

    public String name() {
        return resource.name();
    }

    Map<String, Object> schema() {
        return Json.object(resource.spec(), "schema");
    }

    /// The group of the kind that it defines: `group`, or what stands before the version in `apiVersion`.
    public String group() {
        var group = Json.string(schema(), "group");
        return group.isEmpty() ? groupOfApiVersion(DEFAULT_GROUP) : group;
    }

    /// What stands before the slash in `apiVersion`, else `otherwise`.
    String groupOfApiVersion(String otherwise) {
        var slash = writtenApiVersion().indexOf('/');
        return slash < 0 ? otherwise : writtenApiVersion().substring(0, slash);
    }

    String writtenApiVersion() {
        return Json.string(schema(), "apiVersion");
    }

    public String version() {
        return writtenApiVersion().substring(writtenApiVersion().indexOf('/') + 1);
    }

    /// The kind of its instances.
    public String kind() {
        return Json.string(schema(), "kind");
    }

    public String apiVersion() {
        return group() + "/" + version();
    }

    public boolean namespaced() {
        return !Json.string(schema(), "scope").equals("Cluster");
    }

    /// Where its instances are stored.
    public KindKey instances() {
        return KindKey.of(group(), Plurals.of(kind()));
    }

    /// The name of the custom resource definition that serves its instances.
    public String crdName() {
        return instances().groupResource();
    }

    /// The service account that the resources of instances are made by; empty where the author's rights count.
    public Optional<User> serviceAccount() {
        var account = writtenServiceAccount();
        var namespace = Json.string(account, "namespace");
        return account.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        User.of(
                                User.ofServiceAccount(namespace, Json.string(account, "name")),
                                Stream.concat(
                                                User.groupsOfServiceAccounts(namespace).stream(),
                                                Stream.of(User.AUTHENTICATED))
                                        .toList()));
    }

    /// Whose rights bound what instances make: the service account, else the author; empty where neither is known.
    public Optional<User> maker() {
        return serviceAccount().or(() -> Author.of(resource));
    }

    /// `spec.serviceAccount`: a name and a namespace.
    public Map<String, Object> writtenServiceAccount() {
        return Json.object(resource.spec(), "serviceAccount");
    }

    /// The templates and references of its resources, as they were written.
    public List<Map<String, Object>> bodies() {
        return Json.list(resource.spec(), "resources").stream()
                .filter(Map.class::isInstance)
                .map(entry -> NodeSource.of(0, Json.cast((Map<?, ?>) entry)).body())
                .toList();
    }
}
