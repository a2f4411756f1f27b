package dev.slipway.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive as whoever installs it uses it: unpacked somewhere, without the sources.
class ArchiveIT {
    private static final Map<String, String> JDK = Map.of("JAVA_HOME", Checkout.JDK.toString());

    /// A database that the version before this layout has written.
    private static final Path BEFORE =
            Path.of("../kernel/src/test/resources/store/slipway-1.db.gz");

    @TempDir private static Path folder;
    private static Path archive;
    private static Path home;

    @TempDir private Path data;

    @BeforeAll
    static void pack() throws IOException {
        var product = Checkout.product();
        archive = pack(product, "first");
        var installed = Files.createDirectory(folder.resolve("opt"));
        Command.run(List.of("tar", "-xzf", archive.toString(), "-C", installed.toString()), JDK);
        home = installed.resolve("slipway-" + product.version());
    }

    private static Path pack(Product product, String name) throws IOException {
        var to = Files.createDirectory(folder.resolve(name));
        var work = Files.createDirectory(folder.resolve(name + "-work"));
        return new Archive(product, Checkout.JDK).writeTo(to, work);
    }

    @Test
    void startsWithItsStartCache() throws IOException {
        var loaded = data.resolve("loaded.txt");
        var temporary = Files.createDirectory(data.resolve("tmp"));
        var options = "-Xlog:class+load:file=%s -Djava.io.tmpdir=%s".formatted(loaded, temporary);
        try (var server = serve(home, Map.of("SLIPWAY_JAVA_OPTS", options))) {
            assertThat(server.output()).contains(", with the start cache").doesNotContain("[aot]");
            assertThat(temporary).isDirectoryNotContaining("glob:**sqlite*");
            assertThat(server.get("/readyz", token())).isEqualTo("ok");
            assertThat(server.get("/api/v1/namespaces/default", token()))
                    .contains("\"kind\":\"Namespace\"");
            assertThat(verb("get", "namespaces").output()).contains("kube-system");
            assertThat(server.stop()).isZero();
        }
        assertThat(Files.readString(loaded))
                .contains("dev.slipway.app.Platform source: shared objects file")
                .doesNotContain("dev.slipway.app.Platform source: file:");
    }

    @Test
    void startsWithoutTheCacheOfAnotherJdk() throws IOException {
        var copy = copy("other-jdk");
        Files.writeString(copy.resolve("slipway.aot.for"), "JAVA_VERSION=\"26\"\n");

        try (var server = serve(copy, Map.of("XDG_CACHE_HOME", data.toString()))) {
            assertThat(server.output())
                    .startsWith("Slipway is ready.")
                    .contains(", without a start cache; ./slipway warm-up makes one");
        }
    }

    @Test
    void startsWithoutACacheThatIsDamaged() throws IOException {
        var copy = copy("damaged");
        Files.write(copy.resolve("slipway.aot"), new byte[100_000]);

        try (var server = serve(copy, Map.of())) {
            assertThat(server.output())
                    .startsWith("Slipway is ready.")
                    .contains(", without the start cache, which does not fit");
        }
    }

    @Test
    void throwsAwayACacheThatJavaCrashesWith() throws IOException {
        var copy = copy("crashing");

        try (var server = serve(copy, Map.of("JAVA_HOME", crashing().toString()))) {
            assertThat(server.output())
                    .contains(
                            "Java crashed at its start",
                            "Slipway is ready.",
                            ", without a start cache");
        }
        assertThat(copy.resolve("slipway.aot")).doesNotExist();
    }

    /// The same JDK, but for a Java that dies with any start cache.
    private Path crashing() throws IOException {
        var jdk = Files.createDirectories(data.resolve("jdk/bin")).getParent();
        Files.copy(Checkout.JDK.resolve("release"), jdk.resolve("release"));
        var java =
                Files.writeString(
                        jdk.resolve("bin/java"),
                        """
                        #!/bin/sh
                        case "$*" in *-XX:AOTCache=*) kill -ABRT $$ ;; esac
                        exec %s "$@"
                        """
                                .formatted(Checkout.JDK.resolve("bin/java")));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        return jdk;
    }

    @Test
    void takesTheDataOfTheLayoutBeforeAndKeepsACopy() throws IOException {
        var kept = Files.createDirectories(data.resolve("data"));
        try (var old = new GZIPInputStream(Files.newInputStream(BEFORE))) {
            Files.copy(old, kept.resolve("slipway.db"));
        }
        var said = "was brought to layout 2";

        assertThat(outputOfAStart()).contains(said);
        assertThat(kept.resolve("slipway.db.layout-1")).exists();
        assertThat(outputOfAStart()).doesNotContain(said);
        assertThat(kept.resolve("slipway.db.layout-1-2")).doesNotExist();
        assertThat(verb("doctor", "--data", kept.toString()).output()).contains("is sound");
    }

    /// What a start says; on the way everything of the fixture is there.
    private String outputOfAStart() throws IOException {
        try (var server = serve(home, Map.of())) {
            var maps = server.get("/api/v1/namespaces/default/configmaps/notes", token());
            assertThat(maps).contains("\"name\":\"notes\"");
            var components =
                    server.get(
                            "/apis/backstage.io/v1alpha1/namespaces/examples/components", token());
            assertThat(components).contains("order-service", "web-shop");
            assertThat(server.stop()).isZero();
            return server.output();
        }
    }

    @Test
    void saysWhatToInstallWhereThereIsNoJdk() throws IOException {
        var script = data.resolve("slipway");
        Files.createDirectory(data.resolve("lib"));
        Files.writeString(
                script,
                Files.readString(home.resolve("slipway"))
                        .replaceAll("(/usr/lib/jvm|/usr/local/opt|/opt|/Library)/", "/none/"));

        var ended =
                Running.run(
                        List.of("/bin/sh", script.toString(), "serve"),
                        Map.of("PATH", tools(), "JAVA_HOME", "", "HOME", data.toString()));

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("no JDK 25 or later found", "install Temurin 25");
    }

    @Test
    void tellsThatPackingNeedsTheSources() {
        for (var verb : List.of("dist", "test")) {
            assertThat(verb(verb).code()).isEqualTo(1);
            assertThat(verb(verb).output()).contains(verb + " needs the sources");
        }
    }

    @Test
    void holdsWhatAnInstallationNeeds() throws IOException {
        assertThat(home.resolve("LICENSE")).exists();
        assertThat(home.resolve("README"))
                .content()
                .contains("slipway-" + Checkout.product().version() + ".tar.gz")
                .doesNotContain("VERSION");
        assertThat(home.resolve("slipway.service"))
                .content()
                .contains(
                        "ExecStart=/opt/slipway/slipway serve --data /var/lib/slipway",
                        "User=slipway",
                        "Restart=on-failure",
                        "StateDirectory=slipway",
                        "NoNewPrivileges=yes",
                        "ProtectSystem=strict");
    }

    @Test
    void isTheSameForTheSameInput() throws IOException {
        assertThat(Files.mismatch(archive, pack(Checkout.product(), "second"))).isEqualTo(-1);
    }

    private Running serve(Path from, Map<String, String> more) {
        var environment = new HashMap<>(JDK);
        environment.putAll(more);
        return Running.start(
                List.of(
                        from.resolve("slipway").toString(),
                        "serve",
                        "--data",
                        data.resolve("data").toString(),
                        "--portal",
                        "127.0.0.1:0",
                        "--api",
                        "127.0.0.1:0"),
                environment);
    }

    private Running.Ended verb(String... words) {
        var command = new ArrayList<>(List.of(home.resolve("slipway").toString()));
        command.addAll(List.of(words));
        return Running.run(
                command,
                Map.of(
                        "JAVA_HOME",
                        Checkout.JDK.toString(),
                        "KUBECONFIG",
                        data.resolve("data/kubeconfig").toString()));
    }

    private String token() throws IOException {
        return Files.readString(data.resolve("data/token")).strip();
    }

    private Path copy(String name) throws IOException {
        var copy = data.resolve(name);
        Command.run(List.of("cp", "-a", home.toString(), copy.toString()), Map.of());
        return copy;
    }

    /// A folder with the tools that the script uses, and no Java.
    private String tools() throws IOException {
        var tools = Files.createDirectory(data.resolve("bin"));
        for (var tool : List.of("dirname", "readlink", "sed")) {
            var wrapper = tools.resolve(tool);
            Files.writeString(
                    wrapper, "#!/bin/sh\nPATH=/usr/bin:/bin exec %s \"$@\"\n".formatted(tool));
            Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return tools.toString();
    }
}
