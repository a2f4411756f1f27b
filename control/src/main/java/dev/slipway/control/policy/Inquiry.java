package dev.slipway.control.policy;

import dev.slipway.expression.library.Authorizer;
import dev.slipway.expression.library.ResourceCheck;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.store.Operation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the expressions of policies are asked about: one write, in the version that a policy wants to see.
final class Inquiry {
    private final Map<String, @Nullable Object> data = new LinkedHashMap<>();

    Inquiry(Admission write, String version, Rbac rbac) {
        var user = write.user().orElseGet(() -> platform(write.actor()));
        var apiVersion = apiVersion(write, version);
        data.put(
                "object",
                write.operation() == Operation.DELETE ? null : in(apiVersion, write.object()));
        data.put("oldObject", write.old().map(old -> in(apiVersion, old)).orElse(null));
        data.put("request", request(write, version, user));
        data.put("namespaceObject", namespace(write));
        data.put("authorizer", new RightsOf(rbac, user));
        data.put("authorizer.requestResource", requestResource(write, new RightsOf(rbac, user)));
        data.put("params", null);
    }

    /// The data for one evaluation, with its parameters; the caller may add to it.
    Map<String, @Nullable Object> with(Optional<Resource> params) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(data);
        all.put("params", params.map(Resource::tree).orElse(null));
        return all;
    }

    /// The platform's own controllers are nobody's users.
    private static User platform(String actor) {
        return User.of(actor, List.of(User.MASTERS, User.AUTHENTICATED));
    }

    private static String apiVersion(Admission write, String version) {
        var group = write.served().group();
        return group.isEmpty() ? version : group + "/" + version;
    }

    private static Map<String, Object> in(String apiVersion, Resource object) {
        var tree = new LinkedHashMap<>(object.tree());
        tree.put("apiVersion", apiVersion);
        return tree;
    }

    private static Map<String, Object> request(Admission write, String version, User user) {
        var served = write.served();
        var request = new LinkedHashMap<String, Object>();
        request.put("kind", named(write, version, "kind", served.names().kind()));
        request.put("resource", named(write, version, "resource", served.names().plural()));
        request.put("subResource", write.subresource());
        var written = served.version().name();
        request.put("requestKind", named(write, written, "kind", served.names().kind()));
        request.put("requestResource", named(write, written, "resource", served.names().plural()));
        request.put("requestSubResource", write.subresource());
        request.put("name", write.object().name());
        request.put("namespace", namespaceOf(write));
        request.put("operation", write.operation().name());
        request.put("userInfo", user(user));
        request.put("dryRun", write.dryRun());
        return request;
    }

    private static Map<String, Object> named(
            Admission write, String version, String key, String name) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("group", write.served().group());
        tree.put("version", version);
        tree.put(key, name);
        return tree;
    }

    /// A namespace lies in itself.
    private static String namespaceOf(Admission write) {
        return write.served().kind().key().equals(Matching.NAMESPACES)
                ? write.object().name()
                : write.object().namespace();
    }

    private static Map<String, Object> user(User user) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("username", user.name());
        tree.put("uid", user.uid());
        tree.put("groups", List.copyOf(user.groups()));
        tree.put("extra", new LinkedHashMap<>(user.extra()));
        return tree;
    }

    private static @Nullable Object namespace(Admission write) {
        if (!write.served().kind().namespaced()) {
            return null;
        }
        return Matching.namespace(write.state(), write.object().namespace())
                .map(namespace -> {
                    var tree = new LinkedHashMap<String, Object>();
                    for (var key : List.of("metadata", "spec", "status")) {
                        Json.put(tree, key, namespace.tree().get(key));
                    }
                    return tree;
                })
                .orElse(null);
    }

    private static ResourceCheck requestResource(Admission write, Authorizer rights) {
        return new ResourceCheck(
                rights,
                new Authorizer.ResourceAttempt(
                        "",
                        write.served().group(),
                        write.served().names().plural(),
                        write.subresource(),
                        write.object().namespace(),
                        write.object().name()));
    }
}
