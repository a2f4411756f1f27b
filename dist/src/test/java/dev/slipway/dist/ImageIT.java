package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// The image as those find it who run it.
class ImageIT {
    @TempDir private static Path folder;
    private static Path image;
    private static Layout layout;

    @TempDir private Path data;

    @BeforeAll
    static void pack() throws IOException {
        image = pack("first");
        layout = Layout.unpack(image, folder.resolve("layout"));
    }

    private static Path pack(String name) throws IOException {
        var to = Files.createDirectory(folder.resolve(name));
        var work = Files.createDirectory(folder.resolve(name + "-work"));
        return new Image(Checkout.product(), Checkout.JDK, Optional.empty()).writeTo(to, work);
    }

    @Test
    void isALayoutWhoseBlobsAreWhatTheyAreCalled() throws IOException {
        assertThat(Json.readObject(Files.readAllBytes(layout.folder().resolve("oci-layout"))))
                .containsEntry("imageLayoutVersion", "1.0.0");
        assertThat(layout.manifest())
                .containsEntry("mediaType", "application/vnd.oci.image.manifest.v1+json");
        assertThat(layout.image()).containsEntry("os", "linux");
        for (var blob : layout.blobs()) {
            assertThat(blob.getFileName()).hasToString(Layout.digest(blob));
        }
    }

    @Test
    void runsAsNobodySpecialOnTlsAlone() throws IOException {
        assertThat(layout.config())
                .containsEntry("User", "10001:10001")
                .containsEntry(
                        "Entrypoint", List.of("/opt/slipway/jre/bin/java", "@/opt/slipway/run"))
                .containsEntry("Cmd", List.of("serve", "--data", "/data", "--api", "0.0.0.0:7443"))
                .containsEntry("Volumes", Map.of("/data", Map.of()))
                .containsEntry("ExposedPorts", Map.of("7443/tcp", Map.of()))
                .containsEntry("WorkingDir", "/data");
    }

    @Test
    void holdsNoSecretsAndNothingThatItsUserMayChange() throws IOException {
        var entries = layout.entries();

        assertThat(entries)
                .extracting(TarArchiveEntry::getName)
                .noneMatch(name -> name.matches(".*(token|kubeconfig|/keys/|\\.pem|\\.key|\\.db)"))
                .contains("data/", "opt/slipway/slipway.aot", "opt/slipway/jre/bin/java");
        assertThat(entries)
                .filteredOn(entry -> !List.of("data/", "tmp/").contains(entry.getName()))
                .allSatisfy(entry -> {
                    assertThat(entry.getLongUserId()).as(entry.getName()).isZero();
                    assertThat(entry.getMode() & 022).as(entry.getName()).isZero();
                });
        assertThat(entries)
                .filteredOn(entry -> entry.getName().equals("data/"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.getLongUserId()).isEqualTo(10001))
                .satisfies(entry -> assertThat(entry.getMode() & 0777).isEqualTo(0700));
    }

    @Test
    void tellsJavaWhatTheScriptTellsItButTheHeap() throws IOException {
        var script = Files.readString(Checkout.product().home().resolve("slipway"));
        var options = script.lines().filter(line -> line.startsWith("JVM_OPTS=")).findFirst();

        assertThat(options.orElseThrow().replaceAll("^JVM_OPTS=\"|\"$", "").split(" "))
                .filteredOn(option -> !option.startsWith("-Xm"))
                .isNotEmpty()
                .allSatisfy(option -> assertThat(Image.JAVA).contains(option));
    }

    @Test
    void isTheSameForTheSameInput() throws IOException {
        assertThat(Files.mismatch(image, pack("second"))).isEqualTo(-1);
    }

    /// With no container runtime: the image's Java, its start cache and its jars, where the layers were unpacked.
    @Test
    void startsWithItsStartCacheWhereItIsUnpacked() throws IOException {
        var root = data.resolve("root");
        layout.unpackRoot(root);
        var run = root.resolve("opt/slipway/run");
        Files.writeString(
                run, Files.readString(run).replace("/opt/slipway", root + "/opt/slipway"));

        var temporary = Files.createDirectory(data.resolve("tmp"));
        try (var server =
                Running.start(
                        List.of(
                                root.resolve("opt/slipway/jre/bin/java").toString(),
                                "-Djava.io.tmpdir=" + temporary,
                                "@" + run,
                                "serve",
                                "--data",
                                data.resolve("data").toString(),
                                "--portal",
                                "127.0.0.1:0",
                                "--api",
                                "127.0.0.1:0"),
                        Map.of())) {
            assertThat(server.output()).contains(", with the start cache");
            assertThat(temporary).isDirectoryNotContaining("glob:**sqlite*");
            assertThat(server.get("/readyz", token())).isEqualTo("ok");
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "SLIPWAY_TEST", matches = "all")
    void runsInAContainer() throws IOException {
        try (var podman = new Podman(folder.resolve("podman"))) {
            podman.run("load", "-i", image.toString());
            var name = Json.at(Json.list(layout.index(), "manifests").getFirst(), "annotations");
            var reference = String.valueOf(Json.at(name, "org.opencontainers.image.ref.name"));
            try (var server =
                    Running.start(
                            podman.command(
                                    "run",
                                    "--rm",
                                    "--name",
                                    "slipway-it",
                                    "--network=host",
                                    "--read-only",
                                    "--cap-drop=all",
                                    reference,
                                    "serve",
                                    "--data",
                                    "/data",
                                    "--portal",
                                    "127.0.0.1:0",
                                    "--api",
                                    "127.0.0.1:0"),
                            podman.environment())) {
                assertThat(server.output()).contains(", with the start cache");
                assertThat(server.get("/readyz", "")).isEqualTo("ok");
                assertThat(
                                podman.run(
                                        "exec",
                                        "slipway-it",
                                        "java",
                                        "@/opt/slipway/run",
                                        "get",
                                        "namespaces"))
                        .contains("kube-system");
                assertThat(server.stop()).isZero();
            }
        }
    }

    private String token() throws IOException {
        return Files.readString(data.resolve("data/token")).strip();
    }
}
