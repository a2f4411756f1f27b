package dev.slipway.kernel.resources;

import dev.slipway.kernel.model.Resource;
import java.util.List;
import java.util.Map;

/// A change of an object, in one of the four forms that the API knows.
public sealed interface Patch {
    /// RFC 6902.
    record Json(List<Object> operations) implements Patch {}

    /// RFC 7386.
    record Merge(Map<String, Object> tree) implements Patch {}

    /// Kubernetes' merge that knows lists by their keys; built-in kinds only.
    record Strategic(Map<String, Object> tree) implements Patch {}

    /// Server-side apply: what the manager wants, all of it.
    ///
    /// @param force whether fields of other managers are taken over
    record Apply(Resource configuration, boolean force) implements Patch {}
}
