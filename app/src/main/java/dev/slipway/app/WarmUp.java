package dev.slipway.app;

import dev.slipway.client.ApiClient;
import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.client.Kubeconfig;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.store.NativeLibrary;
import dev.slipway.kernel.store.Retention;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A short life of the platform in a folder of its own, so that the virtual machine can note what a start needs: the
/// build runs it once to make the cache that later starts are quicker by.
final class WarmUp {
    private static final List<String> READ =
            List.of(
                    "/api",
                    "/apis",
                    "/api/v1/namespaces",
                    "/openapi/v3",
                    "/apis/apps/v1/deployments",
                    "/readyz");

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    /// How often what clients do most is done: the machine also notes which ways through the code are the usual ones.
    private static final int WRITES = 200;

    private static final String GRAPHS =
            "/apis/kro.run/v1alpha1/resourcegraphdefinitions?dryRun=All";
    private static final Object GRAPH =
            Objects.requireNonNull(
                    Yaml.read(
                            """
                            apiVersion: kro.run/v1alpha1
                            kind: ResourceGraphDefinition
                            metadata: {name: warm-up}
                            spec:
                              schema: {apiVersion: v1alpha1, kind: WarmUp, spec: {text: string}}
                              resources:
                                - id: config
                                  template: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {text: "${schema.spec.text}"}}
                            """
                                    .getBytes(StandardCharsets.UTF_8)));

    /// Names the file that the native part of the embedded database is kept in, for the starts that follow.
    private static final String NATIVE = "slipway.native";

    private WarmUp() {}

    static int run() throws IOException {
        var library = System.getProperty(NATIVE);
        if (library != null) {
            NativeLibrary.keep(Path.of(library));
        }
        var folder = Files.createTempDirectory("slipway-warm-up");
        try (var platform = Platform.start(config(folder), Clock.systemUTC(), new SecureRandom());
                var portal = new HttpApiClient(platform.portal(), "", "");
                var api = new HttpApiClient(Kubeconfig.read(platform.kubeconfig()))) {
            for (var client : List.of(portal, api)) {
                READ.forEach(path -> client.send(Call.get(path)).close());
            }
            for (int i = 0; i < WRITES; i++) {
                write(api, "warm-up-" + i);
            }
            api.send(Call.with("POST", GRAPHS, GRAPH)).close();
            return 0;
        } finally {
            delete(folder);
        }
    }

    private static void write(ApiClient api, String name) {
        var map =
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "metadata",
                        Map.of("name", name, "labels", Map.of("team", "one")),
                        "data",
                        Map.of("text", "some text"));
        api.send(Call.with("POST", MAPS, map)).close();
        api.send(Call.get(MAPS + "/" + name)).close();
    }

    private static Config config(Path folder) {
        var any = new Address("127.0.0.1", 0);
        return new Config(
                folder,
                any,
                any,
                Config.SQLITE,
                Set.of(),
                Set.of(),
                false,
                false,
                Retention.defaults(),
                Optional.empty(),
                List.of(),
                Set.of());
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
