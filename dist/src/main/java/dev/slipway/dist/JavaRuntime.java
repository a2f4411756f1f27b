package dev.slipway.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The part of this JDK that the server needs, linked into a folder: no compiler, no desktop.
final class JavaRuntime {
    /// What the server and its libraries use, and what it takes to look into it while it runs.
    static final List<String> MODULES =
            List.of(
                    "java.base",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.sql",
                    "java.xml",
                    "jdk.crypto.ec",
                    "jdk.jcmd",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.naming.dns",
                    "jdk.unsupported",
                    "jdk.zipfs");

    private JavaRuntime() {}

    /// Links it into a folder that is not there yet; in a process of its own, because what it generates depends on
    /// what its process did before.
    ///
    /// @param jdk what it is cut from
    static void link(Path jdk, Path folder) throws IOException {
        var jlink = jdk.resolve("bin/jlink");
        if (!Files.isExecutable(jlink)) {
            throw new CannotPackException(
                    "there is no jlink in %s; set JAVA_HOME to a whole JDK".formatted(jdk));
        }
        Command.run(
                List.of(
                        jlink.toString(),
                        "--add-modules",
                        String.join(",", MODULES),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--disable-plugin",
                        "generate-jli-classes",
                        "--output",
                        folder.toString()),
                Map.of());
        stamp(folder);
    }

    private static void stamp(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Product.stamp(file);
            }
        }
    }
}
