import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Writes `texts.txt`: what the kinds of Kubernetes and their fields are for, in the words of its authors.
///
/// Run by the build as `java KubernetesTexts.java FACTS SOURCES OUT`. FACTS is `kubernetes.json`, whose definitions are
/// described. SOURCES are those of the official Java client (`io.kubernetes:client-java-api`, Apache License 2.0), whose
/// annotations hold the texts; they are nowhere in our repository. OUT has a line `NAME` for each definition, then lines
/// `FIELD<tab>TEXT`, the first of them, without a field, of the definition itself. Line ends in texts are `\n`. Where a
/// field refers to another definition, the client has no text, and that definition's has to do.

static final String MODELS = "io/kubernetes/client/openapi/models/";

static final Pattern DEFINITION = Pattern.compile("(?m)^\"(io\\.k8s\\.[^\"]+)\":\\{");
static final String LITERAL = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
static final Pattern OF_TYPE = Pattern.compile("@ApiModel\\(description = " + LITERAL);
static final Pattern NAME = Pattern.compile("SERIALIZED_NAME_(\\w+) = \"([^\"]+)\";");
static final Pattern FIELD = Pattern.compile("@SerializedName\\(SERIALIZED_NAME_(\\w+)\\)(?:\\s+@\\w[^\\n]*)*\\s+(?:private|protected) [^;=]*?(\\w+)(?: = [^;]*)?;");
static final Pattern TEXT = Pattern.compile("@return (\\w+)\\s+\\*+/\\s+(?:@[^\\n]*\\n\\s*)*?@ApiModelProperty\\([^\"\\n]*?value = " + LITERAL);

static final List<String> HEAD = List.of(
        "# Copyright The Kubernetes Authors. Licensed under the Apache License, Version 2.0.",
        "# Descriptions of the API of Kubernetes, taken from io.kubernetes:client-java-api when this was built.");

void main(String[] arguments) throws Exception {
    if (arguments.length != 3) {
        throw new IllegalArgumentException("usage: java KubernetesTexts.java FACTS SOURCES OUT");
    }
    var lines = new ArrayList<>(HEAD);
    int described = 0;
    try (var sources = new ZipFile(arguments[1])) {
        for (var definition : definitions(Path.of(arguments[0]))) {
            var source = source(definition, sources);
            if (source.isPresent()) {
                described++;
                lines.add(definition);
                texts(source.get()).forEach((field, text) -> lines.add(field + "\t" + text));
            }
        }
    }
    if (described < 400) {
        throw new IllegalStateException("only %d definitions are described in %s".formatted(described, arguments[1]));
    }
    var out = Path.of(arguments[2]);
    Files.createDirectories(out.getParent());
    Files.writeString(out, String.join("\n", lines) + "\n");
}

List<String> definitions(Path facts) throws IOException {
    return DEFINITION.matcher(Files.readString(facts)).results().map(found -> found.group(1)).toList();
}

/// The class of a definition is called by version and type, where that is not enough by group, version and type.
Optional<String> source(String definition, ZipFile sources) {
    var parts = definition.split("\\.");
    var type = parts[parts.length - 1];
    var version = capital(parts[parts.length - 2]);
    var group = capital(parts[parts.length - 3]);
    return Stream.of(group + version + type, version + type)
            .map(name -> sources.getEntry(MODELS + name + ".java"))
            .filter(java.util.Objects::nonNull)
            .map(entry -> read(sources, entry))
            .findFirst();
}

String read(ZipFile sources, ZipEntry entry) {
    try (var in = sources.getInputStream(entry)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
        throw new java.io.UncheckedIOException(entry.getName(), e);
    }
}

/// By field; the class's own under the empty name.
Map<String, String> texts(String source) {
    var texts = new TreeMap<String, String>();
    var own = OF_TYPE.matcher(source);
    if (own.find()) {
        texts.put("", line(own.group(1)));
    }
    var names = new HashMap<String, String>();
    NAME.matcher(source).results().forEach(found -> names.put(found.group(1), found.group(2)));
    var fields = new HashMap<String, String>();
    FIELD.matcher(source).results().forEach(found -> fields.put(found.group(2), names.get(found.group(1))));
    TEXT.matcher(source).results().forEach(found -> {
        var field = fields.get(found.group(1));
        if (field != null && !found.group(2).isEmpty()) {
            texts.put(field, line(found.group(2)));
        }
    });
    return texts;
}

/// A literal's text in one line.
String line(String literal) {
    return literal.translateEscapes().replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "");
}

String capital(String word) {
    return word.substring(0, 1).toUpperCase() + word.substring(1);
}
