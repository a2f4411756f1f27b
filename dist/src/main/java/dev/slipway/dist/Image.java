package dev.slipway.dist;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import com.google.cloud.tools.jib.api.buildplan.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `slipway-VERSION-image.tar`: an OCI image layout with a Java runtime, the jars and their start cache; no shell, no
/// secrets, not root.
final class Image {
    /// Who runs the server: nobody that the base would know.
    static final String USER = "10001:10001";

    /// Where the product lies in the image.
    static final String PLACE = "/opt/slipway";

    /// The doors that are open unless the container is told otherwise: the API over TLS, which serves the portal too.
    static final List<String> ARGUMENTS =
            List.of("serve", "--data", "/data", "--api", "0.0.0.0:7443");

    /// What Java is told: as the script says, but the heap is a share of the container's memory.
    static final List<String> JAVA =
            List.of(
                    "-XX:InitialRAMPercentage=2",
                    "-XX:MaxRAMPercentage=60",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private static final int API_PORT = 7443;

    private final Product product;
    private final Path jdk;
    private final Optional<String> base;

    /// @param jdk what the runtime is cut from
    /// @param base what the image stands on; empty takes the C library of this machine
    Image(Product product, Path jdk, Optional<String> base) {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new CannotPackException(
                    "an image is made on Linux, because it gets this machine's Java");
        }
        base.ifPresent(Containers::check);
        this.product = product;
        this.jdk = jdk;
        this.base = base;
    }

    /// Writes it into a folder and returns where it is.
    ///
    /// @param work an empty folder to lay it out in
    Path writeTo(Path folder, Path work) throws IOException {
        var root = Files.createDirectories(work.resolve("root" + PLACE));
        JavaRuntime.link(jdk, root.resolve("jre"));
        product.copyJars(root.resolve("lib"));
        Product.copy(product.home().resolve("LICENSE"), root.resolve("LICENSE"));
        warmUp(root);
        Files.writeString(root.resolve("run"), arguments(Path.of(PLACE)));
        var file = folder.resolve("slipway-%s-image.tar".formatted(product.version()));
        return new Containers(work.resolve("jib"), base)
                .write(from -> describe(from, root, work), file, "slipway:" + product.version());
    }

    /// What `java @run` reads: options, class path and the class to start.
    private String arguments(Path place) throws IOException {
        var lines = new ArrayList<>(JAVA);
        lines.addAll(
                List.of(
                        "-XX:AOTCache=" + place.resolve("slipway.aot"),
                        "-Dslipway.cache=" + place.resolve("slipway.aot"),
                        "-Dorg.sqlite.lib.path=" + place,
                        "-Dorg.sqlite.lib.name=" + Archive.LIBRARY,
                        "-Xlog:aot=off",
                        "-Xlog:cds=off",
                        "-Dslipway.home=" + place,
                        "-cp",
                        classPath(place),
                        "dev.slipway.app.Main"));
        return String.join("\n", lines) + "\n";
    }

    private String classPath(Path place) {
        return String.join(
                ":",
                product.jars().stream()
                        .map(jar -> place.resolve("lib").resolve(jar.getFileName()).toString())
                        .toList());
    }

    /// The image's own Java makes the start cache, unless one is kept for the same input.
    private void warmUp(Path root) throws IOException {
        var kept = new KeptCaches(product.home());
        var input =
                product.build() + Files.readString(jdk.resolve("release")) + JAVA + Archive.LIBRARY;
        var cache = root.resolve("slipway.aot");
        var library = root.resolve(Archive.LIBRARY);
        if (!kept.restore(input, cache, library)) {
            var command = new ArrayList<>(List.of(root.resolve("jre/bin/java").toString()));
            command.addAll(JAVA);
            command.addAll(
                    List.of("-XX:AOTCacheOutput=" + cache, "-Xlog:aot=off", "-Xlog:cds=off"));
            command.add("-Dslipway.native=" + library);
            command.addAll(List.of("-cp", classPath(root), "dev.slipway.app.Main", "warm-up"));
            Command.run(command, Map.of());
            kept.keep(input, cache, library);
        }
    }

    private JibContainerBuilder describe(JibContainerBuilder from, Path root, Path work)
            throws IOException {
        return from.setFormat(ImageFormat.OCI)
                .setPlatforms(Set.of(new Platform(architecture(), "linux")))
                .setFileEntriesLayers(new Layers(base.isEmpty()).of(root, work))
                .setUser(USER)
                .setWorkingDirectory(AbsoluteUnixPath.get("/data"))
                .setVolumes(AbsoluteUnixPath.get("/data"))
                .setExposedPorts(Port.tcp(API_PORT))
                .setEnvironment(
                        Map.of("PATH", PLACE + "/jre/bin", "KUBECONFIG", "/data/kubeconfig"))
                .setEntrypoint(PLACE + "/jre/bin/java", "@" + PLACE + "/run")
                .setProgramArguments(ARGUMENTS)
                .setLabels(
                        Map.of(
                                "org.opencontainers.image.title", "slipway",
                                "org.opencontainers.image.version", product.version(),
                                "org.opencontainers.image.licenses", "Apache-2.0"))
                .setCreationTime(Product.TIME);
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }
}
