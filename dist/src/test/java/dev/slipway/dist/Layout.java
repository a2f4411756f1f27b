package dev.slipway.dist;

import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// An OCI image layout, read as the specification says and with no knowledge of what wrote it.
///
/// @param folder the unpacked layout
record Layout(Path folder) {
    static Layout unpack(Path tar, Path folder) throws IOException {
        Files.createDirectory(folder);
        Command.run(List.of("tar", "-xf", tar.toString(), "-C", folder.toString()), Map.of());
        return new Layout(folder);
    }

    Map<String, Object> index() throws IOException {
        return Json.readObject(Files.readAllBytes(folder.resolve("index.json")));
    }

    Map<String, Object> manifest() throws IOException {
        var only = Json.list(index(), "manifests");
        return read(Json.at(only.getFirst(), "digest"));
    }

    Map<String, Object> image() throws IOException {
        return read(Json.at(manifest(), "config", "digest"));
    }

    /// What the runtime is told: user, entry point, arguments, environment, volumes.
    Map<String, Object> config() throws IOException {
        return Json.object(image(), "config");
    }

    List<TarArchiveEntry> entries() throws IOException {
        var entries = new ArrayList<TarArchiveEntry>();
        for (var layer : layers()) {
            try (var tar = new TarArchiveInputStream(open(layer))) {
                for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    /// Lays the image out in a folder, as a runtime does.
    void unpackRoot(Path root) throws IOException {
        Files.createDirectory(root);
        for (var layer : layers()) {
            Command.run(
                    List.of(
                            "tar",
                            "--warning=no-unknown-keyword",
                            "--no-same-owner",
                            "-xzf",
                            layer.toString(),
                            "-C",
                            root.toString()),
                    Map.of());
        }
    }

    List<Path> blobs() throws IOException {
        try (var files = Files.list(folder.resolve("blobs/sha256"))) {
            return files.toList();
        }
    }

    static String digest(Path blob) throws IOException {
        return HexFormat.of().formatHex(Product.sha256().digest(Files.readAllBytes(blob)));
    }

    private List<Path> layers() throws IOException {
        return Json.list(manifest(), "layers").stream()
                .map(layer -> blob(Json.at(layer, "digest")))
                .toList();
    }

    private static InputStream open(Path layer) throws IOException {
        return new GZIPInputStream(Files.newInputStream(layer));
    }

    private Map<String, Object> read(Object digest) throws IOException {
        return Json.readObject(Files.readAllBytes(blob(digest)));
    }

    private Path blob(Object digest) {
        return folder.resolve("blobs").resolve(String.valueOf(digest).replace(':', '/'));
    }
}
