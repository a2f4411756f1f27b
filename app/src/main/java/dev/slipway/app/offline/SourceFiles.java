package dev.slipway.app.offline;

import dev.slipway.kernel.model.YamlPlaces.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads files, folders with all that is below them, and the standard input.
public final class SourceFiles {
    /// How large one file may be, in bytes.
    static final long MAX_BYTES = 16L * 1024 * 1024;

    /// How many files one folder may bring.
    static final int MAX_FILES = 10_000;

    /// How deep folders are looked into.
    private static final int MAX_DEPTH = 32;

    private final Path directory;
    private final InputStream in;

    /// @param directory where relative names start from
    public SourceFiles(Path directory, InputStream in) {
        this.directory = directory;
        this.in = in;
    }

    /// What is behind these names; `-` is the standard input.
    List<SourceFile> of(List<String> names) {
        var files = new ArrayList<SourceFile>();
        names.forEach(name -> files.addAll(of(name)));
        return files;
    }

    private List<SourceFile> of(String name) {
        try {
            if (name.equals("-")) {
                return List.of(SourceFile.of("-", text(in.readNBytes((int) MAX_BYTES))));
            }
            var path = directory.resolve(name);
            if (!Files.exists(path)) {
                return wrong(name, "does not exist");
            }
            return Files.isDirectory(path) ? folder(path) : List.of(file(path));
        } catch (IOException e) {
            return wrong(name, "cannot be read: " + e.getMessage());
        }
    }

    private List<SourceFile> folder(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder, MAX_DEPTH)) {
            var files = new ArrayList<SourceFile>();
            for (var path : paths.filter(SourceFiles::fits).sorted().limit(MAX_FILES).toList()) {
                files.add(file(path));
            }
            return files.isEmpty()
                    ? wrong(shown(folder), "holds no .yaml, .yml or .json file")
                    : files;
        }
    }

    private SourceFile file(Path path) throws IOException {
        return Files.size(path) > MAX_BYTES
                ? wrong(shown(path), "is larger than %d bytes".formatted(MAX_BYTES)).getFirst()
                : SourceFile.of(shown(path), text(Files.readAllBytes(path)));
    }

    private static boolean fits(Path path) {
        var name = path.getFileName().toString();
        return Files.isRegularFile(path)
                && Stream.of(".yaml", ".yml", ".json").anyMatch(name::endsWith);
    }

    private String shown(Path path) {
        return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
    }

    private static List<SourceFile> wrong(String name, String problem) {
        return List.of(
                new SourceFile(
                        name,
                        List.of(),
                        List.of(Finding.error(name, new Place(1, 1), "", problem))));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
