package dev.slipway.graph.definition;

import dev.slipway.graph.compile.Definition;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.store.StoredObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A `GraphRevision`: the spec of a definition as it once was, under a number that is never given twice.
public record Revision(Resource resource) {
    /// Where revisions are stored.
    public static final KindKey KIND = KindKey.of("internal.kro.run", "graphrevisions");

    public static final String API_VERSION = "internal.kro.run/v1alpha1";
    public static final String NAME = "GraphRevision";
    private static final String HASH = "kro.run/graph-revision-hash";
    private static final int MAX_NAME = 253;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /// What the API server fills in for authors, so that leaving it out makes no other spec.
    private static final Map<String, Object> DEFAULTS =
            Map.of("group", "kro.run", "scope", "Namespaced");

    /// The fields whose order means nothing.
    private static final List<String> UNORDERED = List.of("includeWhen", "readyWhen");

    /// The one that follows the number `last`, of a definition as it is now.
    static Map<String, Object> of(Resource definition, long number) {
        Map<String, Object> snapshot = new LinkedHashMap<>();
        snapshot.put("name", definition.name());
        snapshot.put("generation", definition.generation());
        snapshot.put("spec", Json.copy(definition.spec()));
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("revision", number);
        spec.put("snapshot", snapshot);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name(definition.name(), number));
        metadata.put("labels", Json.copy(Map.of(HASH, hash(definition.spec()))));
        metadata.put("ownerReferences", List.of(OwnerReference.controller(definition).tree()));
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", API_VERSION);
        tree.put("kind", NAME);
        tree.put("metadata", metadata);
        tree.put("spec", spec);
        return tree;
    }

    /// `things-r00007`; a name that is too long ends in a number that tells it apart.
    public static String name(String definition, long number) {
        var suffix = "-r%05d".formatted(number);
        if (definition.length() + suffix.length() <= MAX_NAME) {
            return definition + suffix;
        }
        var tail = "-" + Integer.toHexString(definition.hashCode()) + suffix;
        return definition.substring(0, MAX_NAME - tail.length()) + tail;
    }

    /// The name of the definition that a stored revision is of.
    static String definition(StoredObject stored) {
        return stored.field("spec.snapshot.name");
    }

    /// The definition as it was then, under the name that it has.
    public Definition definition() {
        var snapshot = Json.object(resource.spec(), "snapshot");
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("apiVersion", "kro.run/v1alpha1");
        tree.put("kind", "ResourceGraphDefinition");
        tree.put("metadata", new LinkedHashMap<>(Map.of("name", Json.string(snapshot, "name"))));
        tree.put("spec", spec());
        return new Definition(new Resource(tree));
    }

    long number() {
        return Json.at(resource.spec(), "revision") instanceof Long number ? number : 0;
    }

    /// The spec of the definition as it was then.
    Map<String, Object> spec() {
        return Json.object(Json.object(resource.spec(), "snapshot"), "spec");
    }

    /// Whether it is of this spec, whatever the order of what has none.
    boolean isOf(Map<String, Object> spec) {
        return hash(spec).equals(resource.label(HASH).orElse(""));
    }

    /// 16 digits that are the same for specs that mean the same.
    static String hash(Map<String, Object> spec) {
        var hash = FNV_BASIS;
        for (var octet : Json.write(Json.cast((Map<?, ?>) canonical(normalized(spec))))) {
            hash = (hash ^ (octet & 0xff)) * FNV_PRIME;
        }
        return String.format(Locale.ROOT, "%016x", hash);
    }

    private static Map<String, Object> normalized(Map<String, Object> spec) {
        var copy = Json.copy(spec);
        DEFAULTS.forEach(Json.child(copy, "schema")::putIfAbsent);
        copy.put(
                "resources",
                Json.list(copy, "resources").stream()
                        .map(entry -> entry instanceof Map<?, ?> map ? unordered(map) : entry)
                        .sorted(Comparator.comparing(entry -> String.valueOf(Json.at(entry, "id"))))
                        .toList());
        return copy;
    }

    private static Map<String, Object> unordered(Map<?, ?> entry) {
        var copy = Json.copy(Json.cast(entry));
        for (var field : UNORDERED) {
            if (copy.get(field) instanceof List<?> list) {
                copy.put(field, list.stream().map(String::valueOf).sorted().toList());
            }
        }
        return copy;
    }

    /// Keys in order; what is empty is as good as not there.
    private static Object canonical(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                    Json.cast(map).entrySet().stream()
                            .filter(entry -> entry.getValue() != null && !isEmpty(entry.getValue()))
                            .collect(
                                    Collectors.toMap(
                                            Map.Entry::getKey,
                                            entry -> canonical(entry.getValue()),
                                            (one, _) -> one,
                                            TreeMap::new));
            case List<?> list ->
                    list.stream().map(item -> item == null ? "" : canonical(item)).toList();
            default -> value;
        };
    }

    private static boolean isEmpty(Object value) {
        return (value instanceof Map<?, ?> map && map.isEmpty())
                || (value instanceof List<?> list && list.isEmpty());
    }
}
