package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where a planted secret must not be found: in files, logs, histories and errors of the real process.
class SecretsIT {
    private static final String PLAIN = "open-sesame-0451";

    /// The same in base64, but for what follows it.
    private static final String ENCODED = "b3Blbi1zZXNhbWUtMDQ1M";

    @TempDir private Path folder;

    @Test
    void writesSecretsNowhereInTheClear() throws IOException {
        var data = folder.resolve("data");
        try (var server = Server.start(data)) {
            apply(server, PLAIN + "-a");
            apply(server, PLAIN + "-b");
            assertThat(server.cli("get", "secret", "door", "-o", "yaml").out()).contains(ENCODED);
            assertThat(refused(server).code()).isNotZero();
            for (var told : told(server)) {
                assertThat(told.out() + told.err()).doesNotContain(PLAIN, ENCODED);
            }
            assertThat(told(server).getFirst().out()).contains("(hidden)");
            assertThat(leaks(data)).isEmpty();

            assertThat(server.cli("delete", "secret", "door").code()).isZero();
            for (var told : told(server)) {
                assertThat(told.out() + told.err()).doesNotContain(PLAIN, ENCODED);
            }
            assertThat(server.cli("history", "secret", "door").out())
                    .contains("its content was destroyed");
            assertThat(server.stop()).isZero();
        }
        assertThat(leaks(data)).isEmpty();
    }

    @Test
    void refusesToStartWithoutTheKey() throws IOException {
        var data = folder.resolve("data");
        try (var server = Server.start(data)) {
            apply(server, PLAIN);
            assertThat(server.stop()).isZero();
        }
        Files.delete(data.resolve("keys").resolve("secrets.key"));
        var ended = Server.run(data, "serve", "--portal", "127.0.0.1:0", "--api", "127.0.0.1:0");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("secrets.key is missing").doesNotContain("\tat ");
    }

    private void apply(Server server, String password) throws IOException {
        assertThat(server.cli("apply", "-f", secret("{password: " + password + "}")).code())
                .isZero();
    }

    private Server.Said refused(Server server) throws IOException {
        var said = server.cli("apply", "-f", secret("{password: {in: " + PLAIN + "}}"));
        assertThat(said.out() + said.err()).doesNotContain(PLAIN, ENCODED);
        return said;
    }

    private String secret(String content) throws IOException {
        var text =
                "{apiVersion: v1, kind: Secret, metadata: {name: door}, stringData: %s}"
                        .formatted(content);
        return Files.writeString(folder.resolve("door.yaml"), text).toString();
    }

    /// What the past is told as.
    private static List<Server.Said> told(Server server) {
        return List.of(
                server.cli("history", "secret", "door"),
                server.cli("history", "secret", "door", "-o", "json"),
                server.cli("diff", "secret", "door", "--from", "1"),
                server.cli("why", "secret", "door"),
                server.cli("why", "secret", "door", ".data.password"));
    }

    /// The files that hold it.
    private static List<Path> leaks(Path data) throws IOException {
        try (var files = Files.walk(data)) {
            return files.filter(Files::isRegularFile).filter(SecretsIT::holds).toList();
        }
    }

    private static boolean holds(Path file) {
        try {
            var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            return text.contains(PLAIN) || text.contains(ENCODED);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
