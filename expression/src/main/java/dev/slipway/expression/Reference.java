package dev.slipway.expression;

import java.util.List;

/// A free identifier that an expression reads, and the fields that it selects from there.
///
/// `deployment.status.conditions[0].type` reads root `deployment` and path `status`, `conditions`: a path ends where
/// something else than a field with a fixed name follows. Variables of comprehensions and bindings are no references.
public record Reference(String root, List<String> path) {
    public Reference {
        path = List.copyOf(path);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? root : root + "." + String.join(".", path);
    }
}
