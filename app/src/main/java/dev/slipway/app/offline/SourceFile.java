package dev.slipway.app.offline;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.model.YamlPlaces;
import dev.slipway.kernel.model.YamlPlaces.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file of YAML or JSON documents, cut into them.
///
/// @param documents those that are objects
/// @param findings what is wrong with the others
record SourceFile(String name, List<Document> documents, List<Finding> findings) {
    private static final Pattern AT =
            Pattern.compile("line (\\d+), column (\\d+): (.*)", Pattern.DOTALL);

    SourceFile {
        documents = List.copyOf(documents);
        findings = List.copyOf(findings);
    }

    /// One object with the places of its fields.
    ///
    /// @param prefix what goes before the paths of an object in a list: `items[2].`
    record Document(String file, Resource object, YamlPlaces places, String prefix) {
        /// Where something of it stands.
        Place at(String path) {
            return places.place(prefix + path);
        }
    }

    /// Cuts at the lines `---`, and tells lines as they are counted in the file.
    static SourceFile of(String name, String text) {
        var reading = new Reading(name);
        var part = new StringBuilder();
        var before = 0;
        var number = 0;
        for (var line : text.lines().toList()) {
            if (line.equals("---") || line.startsWith("--- ")) {
                reading.add("\n".repeat(before) + part);
                part.setLength(0);
                before = number;
            }
            part.append(line).append('\n');
            number++;
        }
        reading.add("\n".repeat(before) + part);
        return new SourceFile(name, reading.documents, reading.findings);
    }

    private static final class Reading {
        private final String name;
        private final List<Document> documents = new ArrayList<>();
        private final List<Finding> findings = new ArrayList<>();

        Reading(String name) {
            this.name = name;
        }

        void add(String part) {
            try {
                for (var tree : Yaml.readManifests(part.getBytes(StandardCharsets.UTF_8))) {
                    add(tree, YamlPlaces.read(part), "");
                }
            } catch (MalformedException e) {
                findings.add(malformed(String.valueOf(e.getMessage())));
            }
        }

        private void add(Object tree, YamlPlaces places, String prefix) {
            if (!(tree instanceof Map<?, ?> map)) {
                tell(places.place(prefix), "", "is not an object");
                return;
            }
            var object = new Resource(Json.cast(map));
            if (object.kind().equals("List") && object.apiVersion().equals("v1")) {
                var items = Json.list(object.tree(), "items");
                for (int i = 0; i < items.size(); i++) {
                    add(items.get(i), places, "items[%d].".formatted(i));
                }
                return;
            }
            var document = new Document(name, object, places, prefix);
            var complete = has(document, "apiVersion", object.apiVersion());
            complete &= has(document, "kind", object.kind());
            complete &= has(document, "metadata.name", object.name());
            if (complete) {
                documents.add(document);
            }
        }

        private boolean has(Document document, String path, String value) {
            if (value.isEmpty()) {
                tell(document.at(path), path, "Required value");
            }
            return !value.isEmpty();
        }

        private Finding malformed(String message) {
            Matcher at = AT.matcher(message);
            return at.matches()
                    ? Finding.error(
                            name,
                            new Place(Integer.parseInt(at.group(1)), Integer.parseInt(at.group(2))),
                            "",
                            "is not YAML: " + at.group(3))
                    : Finding.error(name, new Place(1, 1), "", "is not YAML: " + message);
        }

        private void tell(Place place, String path, String message) {
            findings.add(Finding.error(name, place, path, message));
        }
    }
}
