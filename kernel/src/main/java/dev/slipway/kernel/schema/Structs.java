package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The structs of which the built-in kinds are made: `structs.txt`, which `tools/KubernetesStructs.java` writes.
///
/// They have the names of definitions, and tell what those leave out: how zero is told from absence, and how a struct
/// stands in protocol buffers. Thread-safe.
public final class Structs {
    private static final String DELETE_OPTIONS = "DeleteOptions";

    private final Map<String, String> kinds = new HashMap<>();
    private final Map<String, List<StructField>> structs = new HashMap<>();
    private final Map<String, Map<String, Object>> zeros = new ConcurrentHashMap<>();

    /// Read once: nobody changes it.
    private static final class File {
        private static final Structs READ = new Structs();
    }

    private Structs() {
        for (var line : lines()) {
            var words = line.split(" ");
            if (words[0].equals("kind")) {
                kinds.put(words[1], words[2]);
            } else {
                structs.put(words[1], fields(words));
            }
        }
    }

    /// All of them, read at the first call: some 90 KB, in some milliseconds.
    public static Structs load() {
        return File.READ;
    }

    /// The name of a kind's struct; options of deletions are the same in each version.
    public Optional<String> ofKind(String apiVersion, String kind) {
        var version = kind.equals(DELETE_OPTIONS) ? "meta.k8s.io/v1" : apiVersion;
        return Optional.ofNullable(kinds.get(version + "/" + kind));
    }

    /// What a struct is in JSON before anything is set in it: an empty object where another struct stands, null for a
    /// list that is always written. Not to be changed.
    public Map<String, Object> zero(String struct) {
        return zeros.computeIfAbsent(struct, this::makeZero);
    }

    private Map<String, Object> makeZero(String struct) {
        Map<String, Object> zero = new LinkedHashMap<>();
        for (var field : fields(struct)) {
            if (field.isInline()) {
                zero.putAll(makeZero(field.type()));
            } else if (field.always()) {
                Json.put(zero, field.name(), zero(field));
            }
        }
        return zero;
    }

    private @Nullable Object zero(StructField field) {
        if (field.pointer() || field.shape() != StructField.Shape.ONE) {
            return null;
        }
        return switch (field.type()) {
            case "string", "bytes" -> "";
            case "bool" -> false;
            case "int32", "int64" -> 0L;
            case "double" -> 0.0;
            case String moment when moment.endsWith("Time") -> null;
            default -> makeZero(field.type());
        };
    }

    /// The fields of a struct; none where it is not known.
    public List<StructField> fields(String struct) {
        return structs.getOrDefault(struct, List.of());
    }

    /// A field by its name, also where it is one of another struct that stands in its place.
    Optional<StructField> field(String struct, String name) {
        return fields(struct).stream()
                .flatMap(field ->
                        field.isInline()
                                ? field(field.type(), name).stream()
                                : Stream.of(field).filter(one -> one.name().equals(name)))
                .findFirst();
    }

    private static List<StructField> fields(String[] words) {
        var of = words[1].substring(0, words[1].lastIndexOf('.'));
        var fields = new ArrayList<StructField>(words.length);
        for (int i = 2; i < words.length; i++) {
            fields.add(StructField.parse(words[i], of));
        }
        return List.copyOf(fields);
    }

    private static List<String> lines() {
        try (InputStream in = Structs.class.getResourceAsStream("structs.txt")) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: structs.txt");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read structs.txt", e);
        }
    }
}
