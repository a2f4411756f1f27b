package dev.slipway.graph.write;

import dev.slipway.control.Waking;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The writes of one pass of a controller, on behalf of what woke it.
public final class Writes {
    /// How the field managers begin of what gives fields to resources of others.
    public static final String CONTRIBUTOR = "slipway-graph-patch-";

    private final Resources resources;
    private final WriteOptions options;
    private final Optional<Rights> rights;

    /// Somebody within whose rights it is written.
    private record Rights(User user, Rbac rbac) {
        void check(String verb, Served served, String namespace, String name) {
            var key = served.kind().key();
            var wish = new Wish.OnResource(verb, key.group(), key.plural(), namespace, name);
            if (rbac.decide(user, wish) instanceof Decision.Refused(var reason)) {
                throw wish.refused(user, reason).exception();
            }
        }
    }

    public Writes(Resources resources, String controller, Waking waking) {
        this.resources = resources;
        this.options = WriteOptions.controller(controller, waking.causes());
        this.rights = Optional.empty();
    }

    private Writes(Resources resources, WriteOptions options, Rights rights) {
        this.resources = resources;
        this.options = options;
        this.rights = Optional.of(rights);
    }

    /// The same within the rights of a user.
    public Writes by(User user, Rbac rbac) {
        return new Writes(resources, options.by(user), new Rights(user, rbac));
    }

    /// Refuses to let be what the user may no longer make: it could not be made right again.
    public void checkMaking(Served served, ResourceKey key) {
        check("create", served, key.namespace(), "");
        checkChanging(served, key);
    }

    /// Refuses to let be what the user may no longer change.
    public void checkChanging(Served served, ResourceKey key) {
        check("patch", served, key.namespace(), key.name());
    }

    /// Refuses to read what the user may not.
    public void checkReading(Served served, ResourceKey key) {
        check("get", served, key.namespace(), key.name());
    }

    /// Refuses to look for what the user may not list.
    public void checkFinding(Served served, String namespace) {
        check("list", served, namespace, "");
    }

    private void check(String verb, Served served, String namespace, String name) {
        rights.ifPresent(held -> held.check(verb, served, namespace, name));
    }

    /// Applies a whole configuration and takes over every field in it.
    public Resource apply(Served served, Map<String, Object> configuration) {
        var wanted = new Resource(configuration);
        check("create", served, wanted.namespace(), "");
        check("patch", served, wanted.namespace(), wanted.name());
        return resources
                .patch(
                        served,
                        wanted.namespace(),
                        wanted.name(),
                        "",
                        new Patch.Apply(wanted, true),
                        options)
                .object();
    }

    /// Gives a resource of others exactly these fields on behalf of an owner, and takes back what that gave it before.
    ///
    /// @param force whether fields that others hold are taken over; else they are a conflict
    public Resource contribute(
            Served served,
            Resource live,
            Resource owner,
            Map<String, Object> configuration,
            boolean force) {
        check("patch", served, live.namespace(), live.name());
        var wanted = new Resource(Json.copy(configuration));
        // Nothing is made where the resource went meanwhile.
        Json.child(wanted.tree(), "metadata").put("uid", live.uid());
        return resources
                .patch(
                        served,
                        live.namespace(),
                        live.name(),
                        "",
                        new Patch.Apply(wanted, force),
                        options.as(contributor(owner)))
                .object();
    }

    /// The field manager of what an owner gives to resources of others: each has one of its own.
    private static String contributor(Resource owner) {
        return CONTRIBUTOR + owner.uid();
    }

    /// Changes fields of the metadata, unless somebody else was first; a null takes a field away.
    public Resource metadata(
            Served served, Resource resource, Map<String, @Nullable Object> metadata) {
        check("patch", served, resource.namespace(), resource.name());
        Map<String, Object> tree = new LinkedHashMap<>();
        metadata.forEach((key, value) -> Json.put(tree, key, value));
        tree.put("uid", resource.uid());
        tree.put("resourceVersion", resource.resourceVersion());
        return resources
                .patch(
                        served,
                        resource.namespace(),
                        resource.name(),
                        "",
                        new Patch.Merge(Map.of("metadata", tree)),
                        options.lenient())
                .object();
    }

    /// Replaces the status where it differs.
    public Resource status(Served served, Resource resource, Map<String, Object> status) {
        return resource.status().equals(status)
                ? resource
                : replace(served, resource, "status", "/status", status);
    }

    /// Sets the value at a JSON pointer.
    public Resource replace(
            Served served, Resource resource, String subresource, String pointer, Object value) {
        check("patch", served, resource.namespace(), resource.name());
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("op", "add");
        operation.put("path", pointer);
        operation.put("value", value);
        return resources
                .patch(
                        served,
                        resource.namespace(),
                        resource.name(),
                        subresource,
                        new Patch.Json(List.of(operation)),
                        options.lenient())
                .object();
    }

    /// Deletes this very resource, not one that was made in its place.
    public void delete(Served served, Resource resource) {
        delete(served, resource, DeleteOptions.Propagation.BACKGROUND);
    }

    /// The same, and what it owns stays.
    public void orphan(Served served, Resource resource) {
        delete(served, resource, DeleteOptions.Propagation.ORPHAN);
    }

    private void delete(Served served, Resource resource, DeleteOptions.Propagation propagation) {
        check("delete", served, resource.namespace(), resource.name());
        resources.delete(
                served,
                resource.namespace(),
                resource.name(),
                new DeleteOptions(propagation, Optional.of(resource.uid()), Optional.empty()),
                options);
    }
}
