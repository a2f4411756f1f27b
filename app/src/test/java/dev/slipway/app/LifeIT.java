package dev.slipway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the process starts, stops and says why it cannot.
class LifeIT {
    private static final String[] FREE = {
        "serve", "--portal", "127.0.0.1:0", "--api", "127.0.0.1:0"
    };

    @TempDir private Path folder;

    @Test
    void keepsEverythingOverARestartAndEndsWith0() {
        var data = folder.resolve("data");
        try (var first = Server.start(data)) {
            assertThat(first.cli("apply", "-f", "examples/catalog/payment-service.yaml").code())
                    .isZero();
            assertThat(first.stop()).isZero();
        }
        try (var second = Server.start(data)) {
            assertThat(second.cli("get", "component", "payment-service").out())
                    .contains("payments-team");
            assertThat(second.cli("version").out()).contains("server: v");
            assertThat(second.stop()).isZero();
        }
    }

    @Test
    void keepsItsSecretsToItself() throws IOException {
        var data = folder.resolve("data");
        try (var server = Server.start(data)) {
            assertThat(server.send(server.request("/readyz")).body()).isEqualTo("ok");
            for (var file : new String[] {"kubeconfig", "token"}) {
                assertThat(
                                PosixFilePermissions.toString(
                                        Files.getPosixFilePermissions(data.resolve(file))))
                        .isEqualTo("rw-------");
            }
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(data.resolve("keys"))))
                    .isEqualTo("rwx------");
            assertThat(data.resolve("ca.crt")).exists();
        }
    }

    @Test
    void refusesAFolderThatIsInUse() {
        var data = folder.resolve("data");
        try (var first = Server.start(data)) {
            assertRefused(Server.run(data, FREE), "use");
            assertThat(first.cli("get", "namespaces").code()).isZero();
        }
    }

    @Test
    void refusesAPortThatIsInUse() throws IOException {
        var data = folder.resolve("data");
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(taken.getLocalPort());
            assertRefused(
                    Server.run(
                            data, "serve", "--portal", "127.0.0.1:" + port, "--api", "127.0.0.1:0"),
                    port);
        }
        assertThat(data.resolve("kubeconfig")).doesNotExist();
        try (var server = Server.start(data)) {
            assertThat(server.cli("get", "namespaces").code()).isZero();
        }
    }

    @Test
    void refusesAFolderThatCannotBeMade() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "I am a file");

        assertRefused(Server.run(file.resolve("data"), FREE), file.toString());
        assertThat(file).hasContent("I am a file");
    }

    @Test
    void refusesADatabaseThatIsNone() throws IOException {
        var data = Files.createDirectories(folder.resolve("data"));
        var text = "I am a shopping list. ".repeat(1000);
        Files.writeString(data.resolve("slipway.db"), text);

        assertRefused(Server.run(data, FREE), "slipway.db");
        assertThat(data.resolve("slipway.db")).hasContent(text);
    }

    @Test
    void endsWith2WhenItIsUsedWrongly() {
        var data = folder.resolve("data");
        for (var words :
                new String[][] {
                    {"serve", "--wrong"},
                    {"serve", "--portal", "nowhere"},
                    {"serve", "--portal", "0.0.0.0:0"},
                    {"serve", "--store", "floppy"},
                    {"get"},
                    {"unknown"}
                }) {
            var ended = Server.run(data, words);
            assertThat(ended.code()).as(String.join(" ", words)).isEqualTo(2);
            assertThat(ended.output()).startsWith("slipway").contains(words[words.length - 1]);
        }
        assertThat(data).doesNotExist();
    }

    @Test
    void endsWith1WhenThereIsNoServer() {
        var ended = Server.run(folder.resolve("nothing"), "get", "components");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output().lines()).hasSize(1);
    }

    private static void assertRefused(Server.Ended ended, String reason) {
        assertThat(ended.code()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output().lines())
                .singleElement()
                .asString()
                .startsWith("slipway: ")
                .contains(reason);
    }
}
