import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Writes `kubernetes.json`: what the built-in kinds of Kubernetes are made of, as facts, without descriptions.
///
/// Run as `java tools/KubernetesSchemas.java OUT [VERSION]`. The OpenAPI and discovery documents come from the Go module
/// `k8s.io/kubernetes`, downloaded with the `go` client (into `GOMODCACHE`, where that is set). OUT has one line per
/// kind and per definition, sorted, so that a new version of Kubernetes is a readable diff.

static final String MODULE = "k8s.io/kubernetes";
static final String VERSION = "v1.36.3";

/// Groups whose objects mean nothing without the machinery behind them.
static final Set<String> LEFT_OUT = Set.of("apiregistration.k8s.io", "internal.apiserver.k8s.io");

/// Definitions that no kind refers to and that answers are made of.
static final List<String> ALSO = List.of(
        "io.k8s.api.autoscaling.v1.Scale",
        "io.k8s.api.policy.v1.Eviction",
        "io.k8s.api.core.v1.Binding",
        "io.k8s.api.authentication.v1.TokenRequest",
        "io.k8s.api.authentication.v1.TokenReview",
        "io.k8s.api.authentication.v1.SelfSubjectReview",
        "io.k8s.api.authorization.v1.SubjectAccessReview",
        "io.k8s.api.authorization.v1.LocalSubjectAccessReview",
        "io.k8s.api.authorization.v1.SelfSubjectAccessReview",
        "io.k8s.api.authorization.v1.SelfSubjectRulesReview",
        "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions",
        "io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta",
        "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta",
        "io.k8s.apimachinery.pkg.apis.meta.v1.Status");

/// The keywords that are facts; everything else is dropped.
static final List<String> KEPT = List.of(
        "type",
        "format",
        "enum",
        "required",
        "oneOf",
        "nullable",
        "x-kubernetes-list-type",
        "x-kubernetes-list-map-keys",
        "x-kubernetes-map-type",
        "x-kubernetes-patch-strategy",
        "x-kubernetes-patch-merge-key",
        "x-kubernetes-int-or-string",
        "x-kubernetes-preserve-unknown-fields");

void main(String[] arguments) throws Exception {
    if (arguments.length < 1) {
        throw new IllegalArgumentException("usage: java tools/KubernetesSchemas.java OUT [VERSION]");
    }
    var version = arguments.length > 1 ? arguments[1] : VERSION;
    var api = download(version).resolve("api");
    var all = definitions(api.resolve("openapi-spec/v3"));
    var kinds = kinds(api.resolve("discovery"), all);
    var used = reachable(kinds, all);
    Files.writeString(Path.of(arguments[0]), document(version, kinds, used));
    IO.println("%d kinds, %d definitions of %s".formatted(kinds.size(), used.size(), version));
}

/// The folder of the module's files.
Path download(String version) throws Exception {
    var go = new ProcessBuilder("go", "mod", "download", "-json", MODULE + "@" + version)
            .directory(Files.createTempDirectory("schemas").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var answer = object(parse(go.getInputStream()));
    if (go.waitFor() != 0) {
        throw new IllegalStateException("go mod download: " + answer.get("Error"));
    }
    return Path.of((String) answer.get("Dir"));
}

/// Every definition of every document, reduced to facts.
Map<String, Map<String, Object>> definitions(Path folder) throws IOException {
    var definitions = new TreeMap<String, Map<String, Object>>();
    for (var file : files(folder, ".+__v\\d+_openapi.json")) {
        var schemas = object(object(parse(file).get("components")).get("schemas"));
        schemas.forEach((name, schema) -> definitions.put(name, definition(object(schema))));
    }
    return definitions;
}

/// A definition's facts; one that says nothing of its content is open.
Map<String, Object> definition(Map<String, Object> schema) {
    var facts = facts(schema);
    var kinds = list(schema.get("x-kubernetes-group-version-kind"));
    if (kinds.size() == 1) {
        facts.put("x-kubernetes-group-version-kind", kinds);
    }
    var leaf = facts.containsKey("format") || facts.containsKey("oneOf");
    var typed = facts.containsKey("type") && !facts.get("type").equals("object");
    if (!leaf && !typed && !facts.containsKey("properties") && !facts.containsKey("additionalProperties")) {
        facts.put("x-kubernetes-preserve-unknown-fields", true);
    }
    return facts;
}

Map<String, Object> facts(Map<String, Object> schema) {
    Map<String, Object> facts = new LinkedHashMap<>();
    reference(schema, facts);
    KEPT.stream().filter(schema::containsKey).forEach(key -> facts.put(key, schema.get(key)));
    if (!isZero(schema.get("default"))) {
        facts.put("default", schema.get("default"));
    }
    if (schema.get("items") instanceof Map<?, ?> items) {
        facts.put("items", facts(object(items)));
    }
    if (schema.get("additionalProperties") instanceof Map<?, ?> values) {
        facts.put("additionalProperties", facts(object(values)));
    }
    if (schema.get("properties") instanceof Map<?, ?> properties) {
        var fields = new TreeMap<String, Object>();
        object(properties).forEach((name, property) -> fields.put(name, facts(object(property))));
        facts.put("properties", fields);
    }
    return facts;
}

/// References stand alone or, beside other keywords, in an `allOf` of one; both become `$ref` with a bare name.
void reference(Map<String, Object> schema, Map<String, Object> facts) {
    var wrapped = list(schema.get("allOf"));
    var holder = wrapped.size() == 1 ? object(wrapped.getFirst()) : schema;
    if (holder.get("$ref") instanceof String path) {
        facts.put("$ref", path.substring(path.lastIndexOf('/') + 1));
    }
}

/// Defaults that only say what an absent field decodes to.
boolean isZero(Object value) {
    return value == null
            || value.equals("")
            || value.equals(false)
            || value.equals(0L)
            || value.equals(Map.of())
            || value.equals(List.of());
}

/// The kinds that can be listed, in stable versions, by group, version and plural.
List<Map<String, Object>> kinds(Path folder, Map<String, Map<String, Object>> definitions) throws IOException {
    var kinds = new TreeMap<String, Map<String, Object>>();
    for (var file : files(folder, "apis?__(.+__)?v\\d+.json")) {
        var resources = parse(file);
        var groupVersion = (String) resources.get("groupVersion");
        var slash = groupVersion.indexOf('/');
        var group = slash < 0 ? "" : groupVersion.substring(0, slash);
        if (LEFT_OUT.contains(group)) {
            continue;
        }
        for (var one : list(resources.get("resources"))) {
            kind(object(one), group, groupVersion.substring(slash + 1), kinds, definitions);
        }
    }
    return kinds.values().stream()
            .filter(kind -> ((List<?>) kind.get("verbs")).contains("list") && kind.containsKey("definition"))
            .peek(kind -> kind.remove("verbs"))
            .toList();
}

void kind(
        Map<String, Object> resource,
        String group,
        String version,
        Map<String, Map<String, Object>> kinds,
        Map<String, Map<String, Object>> definitions) {
    var name = (String) resource.get("name");
    var place = group + "/" + version + "/";
    if (name.contains("/")) {
        var owner = kinds.get(place + name.substring(0, name.indexOf('/')));
        if (owner != null) {
            list(owner.computeIfAbsent("subresources", _ -> new ArrayList<>()))
                    .add(name.substring(name.indexOf('/') + 1));
        }
        return;
    }
    Map<String, Object> kind = new LinkedHashMap<>();
    kind.put("group", group);
    kind.put("version", version);
    kind.put("plural", name);
    kind.put("singular", resource.get("singularName"));
    kind.put("kind", resource.get("kind"));
    kind.put("namespaced", resource.get("namespaced"));
    List.of("shortNames", "categories").forEach(key -> {
        if (resource.containsKey(key)) {
            kind.put(key, resource.get(key));
        }
    });
    kind.put("verbs", resource.get("verbs"));
    definitionOf(group, version, (String) resource.get("kind"), definitions)
            .ifPresent(definition -> kind.put("definition", definition));
    kinds.put(place + name, kind);
}

java.util.Optional<String> definitionOf(
        String group, String version, String kind, Map<String, Map<String, Object>> definitions) {
    var wanted = List.of(Map.of("group", group, "version", version, "kind", kind));
    return definitions.entrySet().stream()
            .filter(entry -> wanted.equals(entry.getValue().get("x-kubernetes-group-version-kind")))
            .map(Map.Entry::getKey)
            .findFirst();
}

/// The definitions that the kinds are made of.
Map<String, Map<String, Object>> reachable(
        List<Map<String, Object>> kinds, Map<String, Map<String, Object>> definitions) {
    var waiting = new ArrayDeque<String>(ALSO);
    kinds.forEach(kind -> waiting.add((String) kind.get("definition")));
    var reached = new TreeMap<String, Map<String, Object>>();
    while (!waiting.isEmpty()) {
        var name = waiting.poll();
        var definition = definitions.get(name);
        if (definition == null) {
            throw new IllegalStateException("no definition of " + name);
        }
        if (reached.put(name, definition) == null) {
            references(definition, waiting);
        }
    }
    return reached;
}

void references(Object node, ArrayDeque<String> found) {
    switch (node) {
        case Map<?, ?> map -> map.forEach((key, value) -> {
            if (key.equals("$ref") && value instanceof String name) {
                found.add(name);
            } else {
                references(value, found);
            }
        });
        case List<?> list -> list.forEach(item -> references(item, found));
        case null, default -> {}
    }
}

String document(String version, List<Map<String, Object>> kinds, Map<String, Map<String, Object>> definitions) {
    var lines = new ArrayList<String>();
    kinds.forEach(kind -> lines.add(json(kind)));
    var named = new ArrayList<String>();
    definitions.forEach((name, definition) -> named.add(json(name) + ":" + json(definition)));
    return "{\"version\":%s,\n\"kinds\":[\n%s],\n\"definitions\":{\n%s}}\n"
            .formatted(json(version), String.join(",\n", lines), String.join(",\n", named));
}

List<Path> files(Path folder, String pattern) throws IOException {
    try (var files = Files.list(folder)) {
        return files.filter(file -> file.getFileName().toString().matches(pattern)).sorted().toList();
    }
}

// ---- JSON, as far as these documents need it

Map<String, Object> parse(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
        return object(parse(in));
    }
}

Object parse(InputStream in) throws IOException {
    return new Reader(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)).value();
}

@SuppressWarnings("unchecked")
Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
}

@SuppressWarnings("unchecked")
List<Object> list(Object value) {
    return value == null ? List.of() : (List<Object>) value;
}

String json(Object value) {
    return switch (value) {
        case Map<?, ?> map -> {
            var members = new ArrayList<String>();
            map.forEach((key, member) -> members.add(json(key) + ":" + json(member)));
            yield "{" + String.join(",", members) + "}";
        }
        case List<?> list -> "[" + String.join(",", list.stream().map(this::json).toList()) + "]";
        case String text -> "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        case null, default -> String.valueOf(value);
    };
}

/// Reads one JSON text.
static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
        this.text = text;
    }

    Object value() {
        space();
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            default -> literal();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        while (!closes('}')) {
            space();
            var key = string();
            space();
            at++;
            object.put(key, value());
        }
        return object;
    }

    private List<Object> array() {
        var array = new ArrayList<Object>();
        at++;
        while (!closes(']')) {
            array.add(value());
        }
        return array;
    }

    private boolean closes(char end) {
        space();
        if (text.charAt(at) == ',') {
            at++;
            return false;
        }
        if (text.charAt(at) == end) {
            at++;
            return true;
        }
        return false;
    }

    private String string() {
        var read = new StringBuilder();
        while (text.charAt(++at) != '"') {
            read.append(text.charAt(at) == '\\' ? escaped() : text.charAt(at));
        }
        at++;
        return read.toString();
    }

    private char escaped() {
        return switch (text.charAt(++at)) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> (char) Integer.parseInt(text.substring(at + 1, (at += 4) + 1), 16);
            default -> text.charAt(at);
        };
    }

    private Object literal() {
        var start = at;
        while (at < text.length() && ",]} \n\r\t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        var word = text.substring(start, at);
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> word.matches("-?\\d+") ? (Object) Long.valueOf(word) : Double.valueOf(word);
        };
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
