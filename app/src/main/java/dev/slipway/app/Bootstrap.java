package dev.slipway.app;

import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.Batch;
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

    /// Makes what is missing, in one commit; what another process made meanwhile is not made again.
    static void run(Resources resources) {
        var served =
                resources
                        .kinds()
                        .byPlural("", "v1", "namespaces")
                        .orElseThrow(() -> new IllegalStateException("namespaces are not served"));
        resources.batch(batch -> make(batch, served), OPTIONS);
    }

    private static void make(Batch batch, Served served) {
        NAMESPACES.stream()
                .filter(name -> batch.state().get(key(served, name)).isEmpty())
                .forEach(name -> batch.create(served, "", namespace(name)));
    }

    private static ResourceKey key(Served served, String name) {
        return served.kind().key().resource("", name);
    }

    private static Map<String, Object> namespace(String name) {
        return Map.of("apiVersion", "v1", "kind", "Namespace", "metadata", Map.of("name", name));
    }
}
