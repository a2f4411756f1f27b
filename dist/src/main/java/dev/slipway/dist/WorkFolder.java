package dev.slipway.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/// A temporary folder to lay things out in; it goes when it is closed.
final class WorkFolder implements AutoCloseable {
    private final Path path;

    WorkFolder() throws IOException {
        path = Files.createTempDirectory("slipway-dist-");
    }

    /// A new folder in it.
    Path folder(String name) throws IOException {
        return Files.createDirectory(path.resolve(name));
    }

    @Override
    public void close() throws IOException {
        delete(path);
    }

    /// Deletes a folder with all that is in it.
    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
