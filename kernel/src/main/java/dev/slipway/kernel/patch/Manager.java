package dev.slipway.kernel.patch;

import java.util.Objects;

/// Who writes fields: a name, in one way, in one version, through one door.
///
/// @param name the field manager's name; empty where the client has none
/// @param operation how it writes
/// @param apiVersion the version that its paths are in: `apps/v1`
/// @param subresource the subresource that it writes through, empty for the object itself
public record Manager(String name, String operation, String apiVersion, String subresource) {
    /// The operation of a manager that says all it wants, each time.
    public static final String APPLY = "Apply";

    /// The operation of a manager that changes some fields.
    public static final String UPDATE = "Update";

    public Manager {
        Objects.requireNonNull(name);
        Objects.requireNonNull(apiVersion);
        Objects.requireNonNull(subresource);
        if (!operation.equals(APPLY) && !operation.equals(UPDATE)) {
            throw new IllegalArgumentException("not an operation of a manager: " + operation);
        }
    }

    public boolean applies() {
        return operation.equals(APPLY);
    }
}
