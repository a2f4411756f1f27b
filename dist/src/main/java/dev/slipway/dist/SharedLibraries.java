package dev.slipway.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The libraries of this machine that a Java runtime is linked against: the C library and its loader.
final class SharedLibraries {
    private static final Pattern PROGRAM = Pattern.compile(".*/(bin/[^/]+|[^/]+\\.so)");
    private static final Pattern NEEDED = Pattern.compile("(?m)(?:=> |^\\s+)(/\\S+) \\(");

    /// What the C library loads by itself when a name is looked up.
    private static final List<String> LOOKED_UP =
            List.of("libnss_dns.so.2", "libnss_files.so.2", "libresolv.so.2");

    /// What the native library for TLS needs, which lies in a jar.
    private static final List<String> FOR_TLS =
            List.of("libdl.so.2", "libgcc_s.so.1", "libpthread.so.0", "librt.so.1");

    private SharedLibraries() {}

    /// Where they are on this machine, which is where they have to be elsewhere.
    static Set<Path> of(Path runtime) throws IOException {
        var found = new TreeSet<Path>();
        try (var files = Files.walk(runtime)) {
            for (var file : files.filter(SharedLibraries::isProgram).sorted().toList()) {
                found.addAll(neededBy(file));
            }
        }
        found.removeIf(library -> library.startsWith(runtime));
        found.addAll(loadedLater(found));
        if (found.isEmpty()) {
            throw new CannotPackException(
                    "ldd tells of no library that Java needs; name an image to stand on with --base");
        }
        return found;
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && PROGRAM.matcher(file.toString()).matches();
    }

    private static Set<Path> neededBy(Path file) throws IOException {
        var found = new TreeSet<Path>();
        var said = Command.run(List.of("ldd", file.toString()), Map.of("LC_ALL", "C"));
        for (var matcher = NEEDED.matcher(said); matcher.find(); ) {
            found.add(Path.of(matcher.group(1)).normalize());
        }
        return found;
    }

    private static List<Path> loadedLater(Set<Path> found) {
        return found.stream()
                .filter(library -> library.endsWith("libc.so.6"))
                .flatMap(c ->
                        Stream.of(LOOKED_UP, FOR_TLS).flatMap(List::stream).map(c::resolveSibling))
                .filter(Files::exists)
                .toList();
    }
}
