package dev.slipway.apiserver;

import dev.slipway.apiserver.discovery.PostedKinds;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Names;

/// The kind `Rollback`, as discovery and OpenAPI describe it: it is posted, carried out, and never stored.
final class RollbackKind {
    static final String GROUP = "slipway.dev";
    static final String VERSION = "v1alpha1";
    static final String PLURAL = "rollbacks";
    static final String KIND = "Rollback";

    private RollbackKind() {}

    static Kind kind() {
        return PostedKinds.own(Names.of(PLURAL, KIND), RollbackKind.class, "rollback.json");
    }
}
