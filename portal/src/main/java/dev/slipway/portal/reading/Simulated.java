package dev.slipway.portal.reading;

import dev.slipway.kernel.model.Resource;

/// Whether a resource's status is played, and not that of anything that runs.
public final class Simulated {
    private static final String ANNOTATION = "slipway.dev/simulated";

    private Simulated() {}

    public static boolean is(Resource resource) {
        return resource.annotation(ANNOTATION).isPresent()
                || (resource.group().equals("slipway.dev")
                        && Boolean.TRUE.equals(resource.status().get("simulated")));
    }
}
