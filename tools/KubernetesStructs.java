import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes `structs.txt`: how the kinds of Kubernetes stand in Go, in JSON and in protocol buffers, as facts.
///
/// Run as `java tools/KubernetesStructs.java OUT [VERSION]`. Numbers and types come from the `generated.proto` of the Go
/// modules below, JSON names from the tags of their structs; they are downloaded with the `go` client. OUT has one line
/// per kind that is sent (`kind API-VERSION/KIND STRUCT`) and then one per struct (`struct NAME FIELD…`), sorted. A field
/// is `NUMBER:JSON-NAME:TYPE`; a type begins with `[]` where it is repeated and with `{}` where it is a map with text
/// keys, and ends in `*` where absence differs from zero, in `!` where it is written even when it is zero. A field
/// without a JSON name has its fields where it stands itself.

static final String VERSION = "v0.36.3";
static final Pattern FIELD =
        Pattern.compile("\\s+(optional|repeated|map<string, *)\\s*([\\w.]+)>?\\s+\\w+ = (\\d+);");
static final Pattern TAGGED = Pattern.compile("\\s+(?:\\w+\\s+)?(\\S+)\\s+`(.*)`.*");
static final Pattern NUMBER = Pattern.compile("protobuf:\"\\w+,(\\d+)");
static final Pattern JSON = Pattern.compile("json:\"([^\",]*)([^\"]*)\"");

/// Groups of which no client sends objects.
static final List<String> LEFT_OUT =
        List.of("admission.k8s.io", "apidiscovery.k8s.io", "testapigroup.apimachinery.k8s.io");

static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1";

static final List<String> MODULES =
        List.of("k8s.io/api", "k8s.io/apimachinery", "k8s.io/apiextensions-apiserver");

/// Types that are one value in JSON.
static final List<String> SCALARS = List.of(
        "io.k8s.apimachinery.pkg.api.resource.Quantity", "io.k8s.apimachinery.pkg.util.intstr.IntOrString");

/// What a struct's tags say of a field: its name in JSON, and how its type ends.
record Tag(String name, String suffix) {}

/// One line of a message.
record Field(int number, String label, String type) {}

final Map<String, List<Field>> messages = new TreeMap<>();
final Map<String, Map<Integer, Tag>> tags = new TreeMap<>();
final Map<String, String> kinds = new TreeMap<>();

void main(String[] arguments) throws Exception {
    if (arguments.length < 1) {
        throw new IllegalArgumentException("usage: java tools/KubernetesStructs.java OUT [VERSION]");
    }
    var version = arguments.length > 1 ? arguments[1] : VERSION;
    for (var module : MODULES) {
        read(download(module, version));
    }
    kinds.put("meta.k8s.io/v1/DeleteOptions", META + ".DeleteOptions");
    var lines = new ArrayList<String>();
    kinds.forEach((kind, message) -> lines.add("kind %s %s".formatted(kind, message)));
    reachable().forEach(message -> lines.add(line(message)));
    Files.writeString(Path.of(arguments[0]), String.join("\n", lines) + "\n");
    IO.println("%d kinds, %d lines of %s".formatted(kinds.size(), lines.size(), version));
}

/// The folder of a module's files.
Path download(String module, String version) throws Exception {
    var go = new ProcessBuilder("go", "mod", "download", "-json", module + "@" + version)
            .directory(Files.createTempDirectory("structs").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var answer = new String(go.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    var found = Pattern.compile("\"Dir\": \"([^\"]+)\"").matcher(answer);
    if (go.waitFor() != 0 || !found.find()) {
        throw new IllegalStateException("go mod download: " + answer);
    }
    return Path.of(found.group(1));
}

void read(Path module) throws IOException {
    try (var files = Files.walk(module)) {
        for (var file : files.filter(path -> path.endsWith("generated.proto")).sorted().toList()) {
            var name = messages(Files.readAllLines(file));
            structs(file.getParent(), name);
        }
    }
}

/// Reads the messages of a file, and returns the name of its package, turned as definitions are named.
String messages(List<String> lines) {
    var of = "";
    var message = "";
    for (var line : lines) {
        var field = FIELD.matcher(line);
        if (line.startsWith("package ")) {
            of = turned(line.substring("package ".length(), line.length() - 1));
        } else if (line.startsWith("message ")) {
            message = of + "." + line.split(" ")[1];
            messages.put(message, new ArrayList<>());
        } else if (field.matches()) {
            messages.get(message).add(field(field, of));
        }
    }
    return of;
}

Field field(Matcher field, String of) {
    var label = switch (field.group(1)) {
        case "repeated" -> "[]";
        case "optional" -> "";
        default -> "{}";
    };
    return new Field(Integer.parseInt(field.group(3)), label, type(field.group(2), of));
}

String type(String type, String of) {
    return switch (type) {
        case "string", "bool", "bytes", "double", "int32", "int64" -> type;
        case String name when name.contains(".") -> turned(name.startsWith(".") ? name.substring(1) : name);
        case String name -> of + "." + name;
    };
}

String turned(String name) {
    return name.replaceFirst("^k8s\\.io\\.", "io.k8s.").replace('_', '-');
}

/// Reads what the structs of a package say of their fields, and which of them are whole objects.
void structs(Path folder, String of) throws IOException {
    var group = "";
    var whole = new ArrayList<String>();
    try (var files = Files.list(folder)) {
        for (var file : files.filter(path -> isSource(path)).sorted().toList()) {
            var struct = "";
            for (var line : Files.readAllLines(file)) {
                if (line.matches("(const|var)?\\s*GroupName\\s*=\\s*\".*\"")) {
                    group = line.replaceAll(".*\"(.*)\".*", "$1");
                } else if (line.matches("type \\w+ struct \\{")) {
                    struct = of + "." + line.split(" ")[1];
                } else if (line.startsWith("}")) {
                    struct = "";
                } else if (!struct.isEmpty()) {
                    tag(struct, line, whole);
                }
            }
        }
    }
    var version = folder.getFileName().toString();
    if (version.matches("v\\d+") && !LEFT_OUT.contains(group) && !of.startsWith(META)) {
        for (var message : whole) {
            var name = message.substring(message.lastIndexOf('.') + 1);
            if (!name.matches(".+(List|Options|Result|ConversionReview)") && messages.containsKey(message)) {
                kinds.put("%s%s/%s".formatted(group.isEmpty() ? "" : group + "/", version, name), message);
            }
        }
    }
}

boolean isSource(Path path) {
    var name = path.getFileName().toString();
    return name.endsWith(".go") && !name.startsWith("zz_") && !name.endsWith("_test.go") && !name.equals("generated.pb.go");
}

void tag(String struct, String line, List<String> whole) {
    var field = TAGGED.matcher(line);
    if (!field.matches()) {
        return;
    }
    var json = JSON.matcher(field.group(2));
    var number = NUMBER.matcher(field.group(2));
    if (field.group(1).endsWith("TypeMeta")) {
        whole.add(struct);
    } else if (json.find() && number.find()) {
        var suffix =
                (field.group(1).startsWith("*") ? "*" : "")
                        + (json.group(2).contains("omitzero") ? "0" : json.group(2).contains("omitempty") ? "" : "!");
        tags.computeIfAbsent(struct, _ -> new TreeMap<>())
                .put(Integer.parseInt(number.group(1)), new Tag(json.group(1), suffix));
    }
}

/// The messages that the kinds are made of.
List<String> reachable() {
    var waiting = new ArrayDeque<>(kinds.values());
    var reached = new TreeMap<String, Boolean>();
    while (!waiting.isEmpty()) {
        var name = waiting.poll();
        if (messages.containsKey(name) && reached.put(name, true) == null) {
            messages.get(name).forEach(field -> waiting.add(field.type()));
        }
    }
    return List.copyOf(reached.keySet());
}

String line(String message) {
    var of = message.substring(0, message.lastIndexOf('.') + 1);
    var known = tags.getOrDefault(message, Map.of());
    var line = new StringBuilder("struct ").append(message);
    for (var field : messages.get(message)) {
        var tag = known.getOrDefault(field.number(), new Tag("items", "!"));
        var suffix = suffix(field, tag.suffix());
        var type = field.type().startsWith(of) ? field.type().substring(of.length() - 1) : field.type();
        line.append(" %d:%s:%s%s%s".formatted(field.number(), tag.name(), field.label(), type, suffix));
    }
    return line.toString();
}

/// JSON knows no empty struct: one that is not behind a pointer is always written.
String suffix(Field field, String suffix) {
    var struct = field.label().isEmpty() && field.type().contains(".") && !SCALARS.contains(field.type());
    return suffix.replace("0", "") + (suffix.isEmpty() && struct ? "!" : "");
}
