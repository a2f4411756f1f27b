package dev.slipway.control.core;

import static dev.slipway.control.core.NamespaceAdmitter.NAMESPACES;

import dev.slipway.control.Controller;
import dev.slipway.control.Next;
import dev.slipway.control.Occurrence;
import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.State;
import dev.slipway.kernel.store.StoredObject;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Empties a namespace that is on its way out, then lets it go.
final class NamespaceController implements Controller {
    static final String NAME = "slipway-namespace";

    /// How many refusals a condition tells.
    private static final int MAX_REFUSALS = 5;

    /// How long until what was refused is tried again; also what allowed it then may wake nobody.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Resources resources;
    private final Clock clock;

    NamespaceController(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
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
        return resources
                .find(served(), "", key.name())
                .filter(Resource::terminating)
                .map(namespace -> empty(namespace, options))
                .orElse(Next.DONE);
    }

    private Next empty(Resource namespace, WriteOptions options) {
        var refusals = new ArrayList<String>();
        content(namespace).forEach(object -> delete(object, options, refusals));
        var left = content(namespace);
        if (!left.isEmpty()) {
            tell(namespace, left, refusals, options);
        } else if (finalizers(namespace).contains(NamespaceAdmitter.FINALIZER)) {
            release(namespace, options);
        }
        return refusals.isEmpty() ? Next.DONE : new Next.Again(PATIENCE);
    }

    /// Lets an empty namespace go, as far as this controller holds it.
    private void release(Resource namespace, WriteOptions options) {
        var others = new ArrayList<>(finalizers(namespace));
        others.removeIf(NamespaceAdmitter.FINALIZER::equals);
        patch(
                namespace,
                "finalize",
                Map.of(
                        "metadata",
                        Map.of("resourceVersion", namespace.metadata().get("resourceVersion")),
                        "spec",
                        Map.of("finalizers", others)),
                options);
    }

    private static List<Object> finalizers(Resource namespace) {
        return Json.list(namespace.spec(), "finalizers");
    }

    private List<StoredObject> content(Resource namespace) {
        var state = resources.state();
        return state.kinds().stream()
                .filter(kind -> kind.cluster().isEmpty())
                .flatMap(kind -> state.list(kind, namespace.name()).stream())
                .toList();
    }

    /// Says what is left, which finalizers hold it and what could not be deleted.
    private void tell(
            Resource namespace,
            List<StoredObject> left,
            List<String> refusals,
            WriteOptions options) {
        var conditions = new Conditions(Json.list(namespace.status(), "conditions"), now());
        conditions.set(
                "NamespaceDeletionContentFailure",
                refusals.isEmpty() ? "False" : "True",
                refusals.isEmpty() ? "ContentDeleted" : "ContentDeletionFailed",
                refusals.isEmpty()
                        ? "All content successfully deleted, may be waiting on finalization"
                        : "Failed to delete %d of them: %s"
                                .formatted(
                                        refusals.size(),
                                        refusals.stream()
                                                .limit(MAX_REFUSALS)
                                                .collect(Collectors.joining("; "))));
        conditions.set(
                "NamespaceContentRemaining",
                "True",
                "SomeResourcesRemain",
                "Some resources are remaining: "
                        + counted(left.stream().map(one -> one.key().kind().groupResource())));
        var finalizers =
                left.stream().flatMap(one -> one.resource().finalizers().stream()).toList();
        conditions.set(
                "NamespaceFinalizersRemaining",
                finalizers.isEmpty() ? "False" : "True",
                finalizers.isEmpty() ? "ContentHasNoFinalizers" : "SomeFinalizersRemain",
                finalizers.isEmpty()
                        ? "All content-preserving finalizers finished"
                        : "Some content in the namespace has finalizers remaining: "
                                + counted(finalizers.stream()));
        var status =
                Map.<String, Object>of("phase", "Terminating", "conditions", conditions.list());
        if (!status.equals(namespace.status())) {
            patch(namespace, "status", Map.of("status", status), options);
        }
    }

    /// `configmaps in 2 resource instances, secrets in 1 resource instances`.
    private static String counted(Stream<String> names) {
        var counts =
                names.collect(
                        Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(one -> "%s in %d resource instances".formatted(one.getKey(), one.getValue()))
                .collect(Collectors.joining(", "));
    }

    private String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// One that cannot be deleted does not keep the others.
    private void delete(StoredObject object, WriteOptions options, List<String> refusals) {
        try {
            delete(object, options);
        } catch (ProblemException e) {
            refusals.add(e.problem().message());
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
