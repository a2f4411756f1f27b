package dev.slipway.apiserver;

import dev.slipway.apiserver.discovery.PostedKinds;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Names;

/// The kind `Plan`, as discovery and OpenAPI describe it: it is posted, worked out, and never stored.
final class PlanKind {
    static final String GROUP = "slipway.dev";
    static final String VERSION = "v1alpha1";
    static final String PLURAL = "plans";
    static final String KIND = "Plan";

    private PlanKind() {}

    static Kind kind() {
        return PostedKinds.own(Names.of(PLURAL, KIND), PlanKind.class, "plan.json");
    }
}
