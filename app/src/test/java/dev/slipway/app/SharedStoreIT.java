package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.testbed.Postgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes on one PostgreSQL log behave as one platform, and the one goes on without the other.
@Tag("postgres")
class SharedStoreIT {
    private static final String CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";
    private static final String NAMESPACES = "/api/v1/namespaces";

    @TempDir private Path folder;

    @Test
    void serveOneLogAndTakeOverFromEachOther() throws IOException {
        var schema = "shared";
        try (var one = start("one", schema)) {
            copyKeys();
            try (var two = start("two", schema);
                    var first = one.client();
                    var second = two.client()) {
                readsTheOthersWrites(first, second);
                readsTheOthersWrites(second, first);
                watchesTheOther(first, second);
                one.eventually("one runs the controllers", () -> leads(one));
                assertThat(leads(two)).isFalse();
                deletesANamespace(two, second, "before");

                one.kill();
                two.eventually("two runs the controllers", () -> leads(two));
                deletesANamespace(two, second, "after");
            }
        }
    }

    @Test
    void refusesAnAddressThatIsWrongInOneLine() {
        var none = Server.run(folder.resolve("x"), "serve", "--store", "postgresql://db/x");
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.output().lines()).hasSize(1).first().asString().contains("names no user");

        var wrong =
                Server.run(
                        List.of("env", OpenStore.PASSWORD + "=hush"),
                        folder.resolve("y"),
                        "serve",
                        "--store",
                        Postgres.shared().address("wrong"));
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.output()).contains("does not accept the password").doesNotContain("hush");
        assertThat(wrong.output().lines()).hasSize(1);
    }

    private Server start(String name, String schema) {
        return Server.start(
                List.of("env", OpenStore.PASSWORD + "=" + Postgres.PASSWORD),
                folder.resolve(name),
                "--store",
                Postgres.shared().address(schema));
    }

    private void copyKeys() throws IOException {
        var from = folder.resolve("one/keys");
        var to = Files.createDirectories(folder.resolve("two/keys"));
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    private static void readsTheOthersWrites(HttpApiClient writer, HttpApiClient reader) {
        for (int i = 0; i < 20; i++) {
            var name = "cm-" + System.nanoTime();
            create(writer, CONFIG_MAPS, "ConfigMap", name);
            assertThat(reader.find(CONFIG_MAPS + "/" + name)).isPresent();
            reader.json(
                    Call.with(
                            "PUT",
                            CONFIG_MAPS + "/" + name,
                            Map.of(
                                    "apiVersion",
                                    "v1",
                                    "kind",
                                    "ConfigMap",
                                    "metadata",
                                    Map.of("name", name),
                                    "data",
                                    Map.of("by", "the other"))));
            assertThat(writer.get(CONFIG_MAPS + "/" + name).at("data", "by"))
                    .isEqualTo("the other");
        }
    }

    private static void watchesTheOther(HttpApiClient writer, HttpApiClient watcher)
            throws IOException {
        var newest = Json.at(watcher.json(Call.get(CONFIG_MAPS)), "metadata", "resourceVersion");
        var call =
                Call.get(CONFIG_MAPS + "?watch=true&timeoutSeconds=30&resourceVersion=" + newest);
        try (var reply = watcher.send(call);
                var lines =
                        new BufferedReader(
                                new InputStreamReader(reply.body(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 10; i++) {
                create(writer, CONFIG_MAPS, "ConfigMap", "watched-" + i);
            }
            for (int i = 0; i < 10; i++) {
                assertThat(lines.readLine()).contains("ADDED").contains("watched-" + i);
            }
        }
    }

    /// Which only a controller brings to its end.
    private static void deletesANamespace(Server server, HttpApiClient api, String name) {
        create(api, NAMESPACES, "Namespace", name);
        create(api, NAMESPACES + "/" + name + "/configmaps", "ConfigMap", "inside");
        api.json(Call.with("DELETE", NAMESPACES + "/" + name, Map.of()));
        server.eventually(
                "namespace " + name + " is gone",
                () -> api.find(NAMESPACES + "/" + name).isEmpty());
    }

    private static boolean leads(Server server) {
        try {
            var ready = server.page("/readyz?verbose").body();
            return ready.contains("controllers ok: at revision");
        } catch (ProblemException e) {
            return false;
        }
    }

    private static void create(HttpApiClient api, String path, String kind, String name) {
        api.json(
                Call.with(
                        "POST",
                        path,
                        Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                kind,
                                "metadata",
                                Map.of("name", name))));
    }
}
