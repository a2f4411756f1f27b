package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.FieldCause;
import java.util.List;
import java.util.Map;

/// The rules of resources that lie in others (`x-kubernetes-embedded-resource`), beyond their schema.
@FunctionalInterface
public interface Embedded {
    /// Nothing is asked of them.
    Embedded UNCHECKED = (resource, path) -> List.of();

    /// All that is wrong with one.
    ///
    /// @param path where it lies: `spec.template`
    List<FieldCause> check(Map<String, Object> resource, String path);
}
