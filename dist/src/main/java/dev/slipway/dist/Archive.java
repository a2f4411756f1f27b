package dev.slipway.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `slipway-VERSION.tar.gz`: jars, script, start cache, systemd unit, examples and how to install them.
final class Archive {
    /// The native part of the embedded database, beside the start cache.
    static final String LIBRARY = "slipway.aot.so";

    private static final Set<String> PROGRAMS = Set.of("slipway");

    private final Product product;
    private final Path jdk;

    /// @param jdk what makes the start cache
    Archive(Product product, Path jdk) {
        this.product = product;
        this.jdk = jdk;
    }

    /// Writes it into a folder and returns where it is.
    ///
    /// @param work an empty folder to lay it out in
    Path writeTo(Path folder, Path work) throws IOException {
        var name = "slipway-" + product.version();
        var root = Files.createDirectory(work.resolve(name));
        layOut(root);
        warmUp(root);
        return Tar.gzip(root, folder.resolve(name + ".tar.gz"), PROGRAMS);
    }

    private void layOut(Path root) throws IOException {
        product.copyJars(root.resolve("lib"));
        Product.copy(product.home().resolve("slipway"), root.resolve("slipway"));
        Product.copy(product.home().resolve("LICENSE"), root.resolve("LICENSE"));
        copyTree(product.home().resolve("examples"), root.resolve("examples"));
        for (var text : List.of("README", "slipway.service")) {
            Files.writeString(
                    root.resolve(text), Texts.of(text).replace("VERSION", product.version()));
        }
        Files.writeString(root.resolve("build"), product.build() + "\n");
    }

    /// The script makes the start cache as it would where it is installed, unless one is kept for the same input.
    private void warmUp(Path root) throws IOException {
        var kept = new KeptCaches(product.home());
        var input = product.build() + Files.readString(jdk.resolve("release")) + LIBRARY;
        var cache = root.resolve("slipway.aot");
        var made = root.resolve("slipway.aot.for");
        var library = root.resolve(LIBRARY);
        if (!kept.restore(input, cache, made, library)) {
            Command.run(
                    List.of(root.resolve("slipway").toString(), "warm-up"),
                    Map.of("JAVA_HOME", jdk.toString()));
            kept.keep(input, cache, made, library);
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.sorted().toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Product.copy(file, target);
                }
            }
        }
    }
}
