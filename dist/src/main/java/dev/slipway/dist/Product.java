package dev.slipway.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// What was built, in a checkout.
///
/// @param home the checkout
/// @param version of the release
/// @param jars everything on the server's class path, by name
record Product(Path home, String version, List<Path> jars) {
    /// The time of everything that is packed, so that the same input gives the same bytes.
    static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

    private static final Pattern OURS = Pattern.compile("slipway-app-(.+)\\.jar");

    Product {
        jars = List.copyOf(jars);
    }

    /// Finds what the build left.
    static Product in(Path home) throws IOException {
        var lib = home.resolve("app/target/slipway/lib");
        if (!Files.isDirectory(lib)) {
            throw new CannotPackException(
                    "nothing is built in %s; run ./slipway dist in a checkout".formatted(home));
        }
        try (var files = Files.list(lib)) {
            var jars =
                    files.filter(file -> file.toString().endsWith(".jar"))
                            .sorted((a, b) -> name(a).compareTo(name(b)))
                            .toList();
            return new Product(home, version(lib, jars), jars);
        }
    }

    private static String version(Path lib, List<Path> jars) {
        return jars.stream()
                .map(jar -> OURS.matcher(name(jar)))
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .findFirst()
                .orElseThrow(() ->
                        new CannotPackException(
                                "the build in %s is not whole: there is no slipway-app"
                                        .formatted(lib)));
    }

    /// Whether a jar is ours, rather than somebody else's that changes seldom.
    static boolean isOurs(Path jar) {
        return name(jar).startsWith("slipway-");
    }

    /// Copies the jars into a folder, with the one time.
    void copyJars(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var jar : jars) {
            copy(jar, folder.resolve(name(jar)));
        }
    }

    /// Copies a file, with the one time.
    static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to);
        stamp(to);
    }

    /// Gives a file the one time.
    static void stamp(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(TIME));
    }

    /// Which build this is: a digest of the names and contents of all jars.
    String build() throws IOException {
        var digest = sha256();
        for (var jar : jars) {
            digest.update(name(jar).getBytes(StandardCharsets.UTF_8));
            try (var in = new DigestInputStream(Files.newInputStream(jar), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
