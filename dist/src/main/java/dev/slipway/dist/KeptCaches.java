package dev.slipway.dist;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.HexFormat;

/// Start caches that were made before, in the build folder: Java makes no two alike, and the same input is to give the
/// same bytes.
final class KeptCaches {
    /// How many are kept; the oldest go.
    static final int MAX_KEPT = 4;

    private final Path folder;

    KeptCaches(Path home) {
        this.folder = home.resolve("dist/target/start-caches");
    }

    /// Brings back what was kept for this input, and says whether there was anything.
    boolean restore(String input, Path... files) throws IOException {
        var kept = place(input);
        if (!Files.isDirectory(kept)) {
            return false;
        }
        for (var file : files) {
            Product.copy(kept.resolve(file.getFileName()), file);
        }
        return true;
    }

    /// Keeps what was made for this input.
    void keep(String input, Path... files) throws IOException {
        Files.createDirectories(folder);
        var half = Files.createTempDirectory(folder, "half-");
        for (var file : files) {
            Files.copy(file, half.resolve(file.getFileName()));
        }
        Files.move(half, place(input));
        forgetOld();
    }

    private void forgetOld() throws IOException {
        try (var kept = Files.list(folder)) {
            var newestFirst =
                    kept.sorted(Comparator.comparing(KeptCaches::time).reversed()).toList();
            for (var old : newestFirst.stream().skip(MAX_KEPT).toList()) {
                WorkFolder.delete(old);
            }
        }
    }

    private static FileTime time(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path place(String input) {
        var digest = Product.sha256().digest(input.getBytes(StandardCharsets.UTF_8));
        return folder.resolve(HexFormat.of().formatHex(digest));
    }
}
