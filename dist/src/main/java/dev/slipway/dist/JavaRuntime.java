package dev.slipway.dist;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;

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

    /// Links it into a folder that is not there yet.
    static void link(Path folder) throws IOException {
        var jlink =
                ToolProvider.findFirst("jlink")
                        .orElseThrow(() ->
                                new CannotPackException(
                                        "this Java has no jlink; set JAVA_HOME to a whole JDK"));
        var said = new StringWriter();
        var out = new PrintWriter(said);
        var code =
                jlink.run(
                        out,
                        out,
                        "--add-modules",
                        String.join(",", MODULES),
                        "--strip-debug",
                        "--no-header-files",
                        "--no-man-pages",
                        "--output",
                        folder.toString());
        if (code != 0) {
            throw new CannotPackException("jlink failed: " + said.toString().strip());
        }
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
