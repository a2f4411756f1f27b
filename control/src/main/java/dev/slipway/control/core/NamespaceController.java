package dev.slipway.control.core;

import static dev.slipway.control.core.NamespaceAdmitter.NAMESPACES;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Empties a namespace that is on its way out, then lets it go.
final class NamespaceController implements Controller {
    static final String NAME = "slipway-namespace";

    private final Resources resources;

    NamespaceController(Resources resources) {
        this.resources = resources;
    }

    @Override
    public String name() {
        return NAME;
    }

    /// The namespace of an event, and that of an object which has gone from a namespace.
    @Override
    public Collection<ResourceKey> concerns(Occurrence occurrence) {
        var key = occurrence.key();
        if (key.kind().equals(NAMESPACES)) {
            return List.of(key);
        }
        return occurrence.operation() == Operation.DELETE && !key.namespace().isEmpty()
                ? List.of(NAMESPACES.resource("", key.namespace()))
                : List.of();
    }

    @Override
    public Collection<ResourceKey> all(State state) {
        return state.list(NAMESPACES).stream().map(StoredObject::key).toList();
    }

    @Override
    public Next reconcile(ResourceKey key, Waking waking) {
        var options = WriteOptions.controller(NAME, waking.causes());
        resources
                .find(served(), "", key.name())
                .filter(Resource::terminating)
                .ifPresent(namespace -> empty(namespace, options));
        return Next.DONE;
    }

    private void empty(Resource namespace, WriteOptions options) {
        if (!"Terminating".equals(namespace.at("status", "phase"))) {
            patch(namespace, "status", Map.of("status", Map.of("phase", "Terminating")), options);
        }
        var state = resources.state();
        var left =
                state.kinds().stream()
                        .filter(kind -> kind.cluster().isEmpty())
                        .flatMap(kind -> state.list(kind, namespace.name()).stream())
                        .toList();
        left.forEach(object -> delete(object, options));
        if (left.isEmpty() && !Json.list(namespace.spec(), "finalizers").isEmpty()) {
            patch(namespace, "", Map.of("spec", Map.of("finalizers", List.of())), options);
        }
    }

    private void delete(StoredObject object, WriteOptions options) {
        var key = object.key();
        if (!object.resource().terminating()) {
            resources
                    .kinds()
                    .byKey(key.kind())
                    .map(Served::stored)
                    .ifPresent(served ->
                            Quietly.run(() ->
                                    resources.delete(
                                            served,
                                            key.namespace(),
                                            key.name(),
                                            DeleteOptions.BACKGROUND,
                                            options)));
        }
    }

    private void patch(
            Resource namespace,
            String subresource,
            Map<String, Object> tree,
            WriteOptions options) {
        Quietly.run(() ->
                resources.patch(
                        served(),
                        "",
                        namespace.name(),
                        subresource,
                        new Patch.Merge(tree),
                        options));
    }

    private Served served() {
        return resources
                .kinds()
                .byPlural("", "v1", "namespaces")
                .orElseThrow(() -> new IllegalStateException("namespaces are not served"));
    }
}
