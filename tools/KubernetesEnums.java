import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Writes `enums.json`: which fields of the kinds of Kubernetes have few values, and which these are, as facts.
///
/// Run as `java tools/KubernetesEnums.java OUT [VERSION]`. The published OpenAPI documents leave them out; the Go module
/// `k8s.io/kubernetes`, downloaded with the `go` client, has them in the source that a server makes its documents from.
/// OUT has one line per definition, sorted: field, then values. Those of a list or a map are those of its items.

static final String MODULE = "k8s.io/kubernetes";
static final String VERSION = "v1.36.3";
static final String SOURCE = "pkg/generated/openapi/zz_generated.openapi.go";

static final Pattern FUNCTION = Pattern.compile("func schema_(\\w+)_(v\\d+)_(\\w+)\\(.*");
static final Pattern FIELD = Pattern.compile("\t{5}\"([^\"]+)\": \\{");
static final Pattern VALUES = Pattern.compile("\t+Enum: +\\[]interface\\{}\\{(.*)},");

/// Where the definitions of a package stand, by what its functions are called.
static final Map<String, String> PACKAGES = Map.of(
        "k8sio_api_", "io.k8s.api.",
        "pkg_apis_meta", "io.k8s.apimachinery.pkg.apis.meta",
        "pkg_apis_apiextensions", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions");

void main(String[] arguments) throws Exception {
    if (arguments.length < 1) {
        throw new IllegalArgumentException("usage: java tools/KubernetesEnums.java OUT [VERSION]");
    }
    var version = arguments.length > 1 ? arguments[1] : VERSION;
    var enums = enums(download(version).resolve(SOURCE));
    var lines = new ArrayList<String>();
    enums.forEach((definition, fields) -> lines.add("\"%s\":%s".formatted(definition, json(fields))));
    Files.writeString(Path.of(arguments[0]), "{\n%s}\n".formatted(String.join(",\n", lines)));
    IO.println("%d definitions with enums of %s".formatted(lines.size(), version));
}

/// The folder of the module's files.
Path download(String version) throws Exception {
    var go = new ProcessBuilder("go", "mod", "download", "-json", MODULE + "@" + version)
            .directory(Files.createTempDirectory("enums").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var answer = new String(go.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    var found = Pattern.compile("\"Dir\": \"([^\"]+)\"").matcher(answer);
    if (go.waitFor() != 0 || !found.find()) {
        throw new IllegalStateException("go mod download: " + answer);
    }
    return Path.of(found.group(1));
}

/// By definition and field, the values as they are written.
Map<String, Map<String, String>> enums(Path source) throws IOException {
    var enums = new TreeMap<String, Map<String, String>>();
    var definition = "";
    var field = "";
    for (var line : Files.readAllLines(source)) {
        var function = FUNCTION.matcher(line);
        var named = FIELD.matcher(line);
        var values = VALUES.matcher(line);
        if (line.startsWith("func ")) {
            definition = function.matches() ? name(function.group(1), function.group(2), function.group(3)) : "";
        } else if (named.matches()) {
            field = named.group(1);
        } else if (values.matches() && !definition.isEmpty()) {
            enums.computeIfAbsent(definition, _ -> new TreeMap<>()).put(field, values.group(1).replace(", ", ","));
        }
    }
    return enums;
}

String name(String place, String version, String type) {
    return PACKAGES.entrySet().stream()
            .filter(entry -> place.startsWith(entry.getKey()))
            .map(entry -> entry.getValue() + place.substring(entry.getKey().length()) + "." + version + "." + type)
            .findFirst()
            .orElse("");
}

String json(Map<String, String> fields) {
    var members = new ArrayList<String>();
    fields.forEach((field, values) -> members.add("\"%s\":[%s]".formatted(field, values)));
    return "{" + String.join(",", members) + "}";
}
