package dev.slipway.app;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import java.util.List;
import java.util.Map;

/// What has to be there before the first request: the namespaces that every client expects.
final class Bootstrap {
    private static final List<String> NAMESPACES = List.of("default", "kube-public", "kube-system");
    private static final WriteOptions OPTIONS =
            new WriteOptions(
                    new Attribution("slipway", List.of(), "start"),
                    "slipway",
                    false,
                    Strictness.STRICT);

    private Bootstrap() {}

    /// Makes what is missing.
    static void run(Resources resources) {
        var served =
                resources
                        .kinds()
                        .byPlural("", "v1", "namespaces")
                        .orElseThrow(() -> new IllegalStateException("namespaces are not served"));
        NAMESPACES.stream()
                .filter(name -> resources.find(served, "", name).isEmpty())
                .forEach(name -> make(resources, served, name));
    }

    /// Another process may be starting on the same log.
    private static void make(Resources resources, Served served, String name) {
        var tree =
                Map.<String, Object>of(
                        "apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name));
        try {
            resources.create(served, "", tree, OPTIONS);
        } catch (ProblemException e) {
            if (e.problem().reason() != Problem.Reason.ALREADY_EXISTS) {
                throw e;
            }
        }
    }
}
