package dev.slipway.kernel.resources;

import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Reading and writing resources: the one path that every write takes, whoever makes it.
///
/// A write is decoded, pruned, defaulted, admitted, checked and committed under the preconditions that it was
/// evaluated with, and evaluated anew when another writer was first. Refusals are thrown as
/// [dev.slipway.kernel.model.ProblemException]. Safe to use from any thread; writes block until they are durable.
public interface Resources {
    /// Everything that exists now.
    State state();

    /// The kinds that are served now.
    Kinds kinds();

    /// One resource in the version and under the names it is asked for.
    Optional<Resource> find(Served served, String namespace, String name);

    /// Creates from `body`, whose name may come from `generateName`.
    Written create(Served served, String namespace, Map<String, Object> body, WriteOptions options);

    /// Replaces the object, or with `subresource` `status` its status.
    Written update(
            Served served,
            String namespace,
            String name,
            String subresource,
            Map<String, Object> body,
            WriteOptions options);

    /// Changes the object, or with `subresource` `status` its status; only an [Patch.Apply] may create.
    Written patch(
            Served served,
            String namespace,
            String name,
            String subresource,
            Patch patch,
            WriteOptions options);

    /// Deletes the object, or marks it where finalizers hold it.
    Written delete(
            Served served,
            String namespace,
            String name,
            DeleteOptions deletion,
            WriteOptions options);

    /// Makes several writes in one commit, or none of them: each is evaluated on what those before it leave behind.
    ///
    /// `writes` is called anew when another writer was first, and begins from nothing each time. Returns one revision
    /// for each change, none where nothing changes and in a dry run.
    List<Revision> batch(Consumer<Batch> writes, WriteOptions options);
}
