package dev.slipway.kernel.schema;

import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The facts about the kinds of Kubernetes that ship with us: `kubernetes.json`, which `tools/KubernetesSchemas.java`
/// writes, and `defaults.json`, which adds what its documents leave unsaid.
///
/// Definitions refer to each other by name; each is read once and shared. Not safe for several threads: made, asked
/// and forgotten by one.
public final class Definitions {
    /// The metadata of every object.
    public static final String OBJECT_META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

    /// The answer to `GET …/scale`.
    public static final String SCALE = "io.k8s.api.autoscaling.v1.Scale";

    /// What `defaults.json` says of a definition inside of which others have defaults of their own: the name of that
    /// context. They are listed as `NAME@CONTEXT`, beside those that `NAME` has everywhere; null takes one of these away.
    private static final String CONTEXT = SchemaWriter.PRIVATE + "context";

    private final Map<String, Object> facts;
    private final Map<String, Object> defaults;
    private final Map<String, Schema> read = new HashMap<>();
    private final Set<String> reading = new HashSet<>();

    /// The files as they were read, once: nobody changes them, and the schemas hold their parts anyway.
    private static final class Files {
        private static final Map<String, Object> FACTS = resource("kubernetes.json");
        private static final Map<String, Object> DEFAULTS = resource("defaults.json");
    }

    private Definitions(Map<String, Object> facts, Map<String, Object> defaults) {
        this.facts = facts;
        this.defaults = defaults;
    }

    /// Nothing but the files, which are read at the first call: some 200 KB, in some milliseconds.
    public static Definitions load() {
        return new Definitions(Files.FACTS, Files.DEFAULTS);
    }

    /// The version of Kubernetes that the facts are from: `v1.36.3`.
    public String version() {
        return Json.string(facts, "version");
    }

    /// What discovery says of each kind: group, version, plural, singular, kind, namespaced, shortNames, categories,
    /// subresources, and the name of its definition.
    public List<Map<String, Object>> kinds() {
        return Json.list(facts, "kinds").stream().map(Definitions::object).toList();
    }

    /// The schema with this name, in which definitions that contain themselves are cut by an open object.
    ///
    /// What the documents require of a status is not required: Kubernetes fills it in with zeros.
    public Schema schema(String name) {
        return schema(name, Json.string(Json.object(defaults, name), CONTEXT));
    }

    /// @param context in which the definition stands; empty for none
    private Schema schema(String name, String context) {
        var key = name + "@" + context;
        var known = read.get(key);
        if (known != null) {
            return known;
        }
        if (!reading.add(key)) {
            return Schema.ANY;
        }
        var schema =
                SchemaReader.read(
                        definition(name, context), reference -> referred(reference, context));
        reading.remove(key);
        read.put(key, schema);
        return schema;
    }

    private Schema referred(String name, String context) {
        return defaults.containsKey(name + "@" + context) ? schema(name, context) : schema(name);
    }

    /// The definitions as the file has them, by name; not to be changed.
    static Map<String, Object> facts() {
        return Json.object(Files.FACTS, "definitions");
    }

    private Map<String, Object> definition(String name, String context) {
        if (!(Json.object(facts, "definitions").get(name) instanceof Map<?, ?> definition)) {
            throw new IllegalArgumentException("no definition " + name);
        }
        var added = Json.copy(Json.object(defaults, name));
        added.putAll(Json.object(defaults, name + "@" + context));
        added.remove(CONTEXT);
        added.values().removeIf(Objects::isNull);
        var whole = nullable(name, defaulted(Json.cast(definition), added));
        return name.contains("Status") ? withoutRequired(whole) : whole;
    }

    /// A list or a moment that is always written is null where it was never set.
    private static Map<String, Object> nullable(String name, Map<String, Object> definition) {
        var always =
                Structs.load().fields(name).stream()
                        .filter(field ->
                                field.always()
                                        && (field.shape() != StructField.Shape.ONE
                                                || field.type().endsWith("Time")))
                        .toList();
        if (always.isEmpty()) {
            return definition;
        }
        var copy = Json.copy(definition);
        var properties = Json.child(copy, "properties");
        always.forEach(field -> Json.child(properties, field.name()).put("nullable", true));
        return copy;
    }

    private static Map<String, Object> withoutRequired(Map<String, Object> definition) {
        Map<String, Object> copy = new LinkedHashMap<>(definition);
        copy.remove("required");
        return copy;
    }

    /// A definition whose properties have the defaults that `defaults.json` lists for it.
    private static Map<String, Object> defaulted(
            Map<String, Object> definition, Map<String, Object> added) {
        if (added.isEmpty()) {
            return definition;
        }
        var copy = Json.copy(definition);
        var properties = Json.child(copy, "properties");
        added.forEach((name, value) -> {
            if (name.startsWith(SchemaWriter.PRIVATE)) {
                copy.put(name, value);
            } else if (!(properties.get(name) instanceof Map<?, ?>)) {
                throw new IllegalStateException("a default for no property: " + name);
            } else {
                Json.child(properties, name).put("default", value);
            }
        });
        return copy;
    }

    /// A file beside this class.
    static Map<String, Object> resource(String name) {
        try (InputStream in = Definitions.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            return Json.readObject(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static Map<String, Object> object(Object node) {
        return Json.cast((Map<?, ?>) node);
    }
}
