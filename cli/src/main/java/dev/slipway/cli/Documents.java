package dev.slipway.cli;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Reads the objects of files, folders and the standard input.
///
/// A file is cut at the lines that begin documents, so that a document that is not YAML hurts no other.
final class Documents {
    /// How large one file may be, in bytes.
    static final long MAX_BYTES = 64L * 1024 * 1024;

    /// How many files one folder may bring.
    static final int MAX_FILES = 10_000;

    private final Path directory;
    private final InputStream in;

    Documents(Path directory, InputStream in) {
        this.directory = directory;
        this.in = in;
    }

    /// The documents behind one `-f`: a file, a folder, or `-`.
    List<Document> of(String source, boolean recursive) {
        try {
            if (source.equals("-")) {
                return split("-", text(in.readNBytes((int) MAX_BYTES)));
            }
            var path = directory.resolve(source);
            if (!Files.exists(path)) {
                return unreadable(source, "does not exist");
            }
            return Files.isDirectory(path) ? folder(path, recursive) : file(path);
        } catch (IOException e) {
            return unreadable(source, "cannot be read: " + e.getMessage());
        }
    }

    private List<Document> folder(Path folder, boolean recursive) throws IOException {
        try (Stream<Path> files = Files.walk(folder, recursive ? 32 : 1)) {
            var documents = new ArrayList<Document>();
            for (var file : files.filter(Documents::fits).sorted().limit(MAX_FILES).toList()) {
                documents.addAll(file(file));
            }
            return documents.isEmpty()
                    ? unreadable(shown(folder), "holds no .yaml, .yml or .json file")
                    : documents;
        }
    }

    private List<Document> file(Path file) throws IOException {
        return Files.size(file) > MAX_BYTES
                ? unreadable(shown(file), "is larger than %d bytes".formatted(MAX_BYTES))
                : split(shown(file), text(Files.readAllBytes(file)));
    }

    private static boolean fits(Path path) {
        var name = path.getFileName().toString();
        return Files.isRegularFile(path)
                && Stream.of(".yaml", ".yml", ".json").anyMatch(name::endsWith);
    }

    private String shown(Path path) {
        return path.startsWith(directory) ? directory.relativize(path).toString() : path.toString();
    }

    // ---- one file

    /// Cuts at the lines `---`, which begin a document wherever they stand.
    static List<Document> split(String name, String text) {
        var documents = new ArrayList<Document>();
        var part = new StringBuilder();
        var start = 1;
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (line.equals("---") || line.startsWith("--- ")) {
                documents.addAll(read(name, start, part.toString()));
                part.setLength(0);
                start = number;
            }
            part.append(line).append('\n');
        }
        documents.addAll(read(name, start, part.toString()));
        return documents;
    }

    private static List<Document> read(String name, int start, String part) {
        try {
            // Empty lines in front, so that problems are told with the lines of the file.
            var padded = "\n".repeat(start - 1) + part;
            var place = name + ":" + (start + blank(part));
            return Yaml.readManifests(padded.getBytes(StandardCharsets.UTF_8)).stream()
                    .flatMap(tree -> objects(place, tree))
                    .toList();
        } catch (MalformedException e) {
            return unreadable(name, "is not YAML: " + e.getMessage());
        }
    }

    /// How many lines come before the first that says something.
    private static int blank(String part) {
        var lines = part.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#") && !line.equals("---")) {
                return i;
            }
        }
        return 0;
    }

    private static Stream<Document> objects(String place, Object tree) {
        if (!(tree instanceof Map<?, ?> map)) {
            return Stream.of(new Document.Unreadable(place, "is not an object"));
        }
        var object = new Resource(Json.cast(map));
        if (object.kind().equals("List") && object.apiVersion().equals("v1")) {
            return Json.list(object.tree(), "items").stream().flatMap(item -> objects(place, item));
        }
        return Stream.of(checked(place, object));
    }

    private static Document checked(String place, Resource object) {
        for (var field : List.of("apiVersion", "kind")) {
            if (Json.string(object.tree(), field).isEmpty()) {
                return new Document.Unreadable(place, field + ": Required value");
            }
        }
        return object.name().isEmpty()
                ? new Document.Unreadable(place, "metadata.name: Required value")
                : new Document.Parsed(place, object);
    }

    private static List<Document> unreadable(String place, String problem) {
        return List.of(new Document.Unreadable(place, problem));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
