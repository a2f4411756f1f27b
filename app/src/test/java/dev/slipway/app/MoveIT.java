package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.ApiClient.Call;
import dev.slipway.client.HttpApiClient;
import dev.slipway.testbed.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A team moves from a file to a PostgreSQL server and back, by the verbs that need no server.
@Tag("postgres")
class MoveIT {
    private static final List<String> PASSWORD =
            List.of("env", OpenStore.PASSWORD + "=" + Postgres.PASSWORD);
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";

    @TempDir private Path folder;

    @Test
    void movesToAServerAndBack() throws Exception {
        var data = folder.resolve("data");
        var store = Postgres.shared().address("moved");
        var file = folder.resolve("moving.backup").toString();
        try (var server = Server.start(data);
                var api = server.client()) {
            create(api, "door", "b3Blbi1zZXNhbWU=");
            assertThat(server.stop()).isZero();
        }
        says(data, "it was read back and is whole", "backup", file);
        says(data, "is as it was at revision", "restore", file, "--store", store);
        says(data, "is sound", "doctor", "--store", store);
        refuses(data, 1, "holds a store already", "restore", file, "--store", store);
        refuses(data, 2, "name an empty schema", "restore", file, "--store", store, "--force");

        try (var server = Server.start(PASSWORD, data, "--store", store);
                var api = server.client()) {
            assertThat(api.get(SECRETS + "/door").at("data", "password"))
                    .isEqualTo("b3Blbi1zZXNhbWU=");
            create(api, "gate", "c2hpYm9sZXRo");
            says(data, "is sound", "doctor", "--store", store);
            says(data, "is whole", "backup", file, "--force", "--store", store);
            assertThat(server.stop()).isZero();
        }
        Files.move(data.resolve("slipway.db"), folder.resolve("kept.db"));
        says(data, "is as it was at revision", "restore", file);
        try (var server = Server.start(data);
                var api = server.client()) {
            assertThat(api.find(SECRETS + "/door")).isPresent();
            assertThat(api.get(SECRETS + "/gate").at("data", "password")).isEqualTo("c2hpYm9sZXRo");
            assertThat(server.stop()).isZero();
        }
        says(data, "is sound", "doctor");
    }

    @Test
    void saysWhatIsWrongWithAnAddressAsAStartDoes() {
        var data = folder.resolve("none");
        var file = folder.resolve("none.backup").toString();
        var nowhere = Postgres.shared().address("nowhere");
        refuses(data, 2, "names no user", "doctor", "--store", "postgresql://db/x");
        refuses(data, 1, "holds no store", "doctor", "--store", nowhere);
        refuses(data, 1, "holds no store", "backup", file, "--store", nowhere);
        var wrong =
                Server.run(
                        List.of("env", OpenStore.PASSWORD + "=hush"),
                        data,
                        "doctor",
                        "--store",
                        nowhere);
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.output()).contains("does not accept the password").doesNotContain("hush");
        assertThat(Path.of(file)).doesNotExist();
    }

    private static void create(HttpApiClient api, String name, String password) {
        api.json(
                Call.with(
                        "POST",
                        SECRETS,
                        Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Secret",
                                "metadata",
                                Map.of("name", name),
                                "data",
                                Map.of("password", password))));
    }

    private static void says(Path data, String what, String... words) {
        var ended = Server.run(PASSWORD, data, words);
        assertThat(ended.output()).contains(what).doesNotContain("hush", Postgres.PASSWORD);
        assertThat(ended.code()).isZero();
    }

    private static void refuses(Path data, int code, String why, String... words) {
        var ended = Server.run(PASSWORD, data, words);
        assertThat(ended.output()).contains(why);
        assertThat(ended.output().lines()).hasSize(1);
        assertThat(ended.code()).isEqualTo(code);
    }
}
