package dev.slipway.bench.lab;

import dev.slipway.bench.http.Load;
import dev.slipway.bench.http.Request;
import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A catalog in YAML files: groups, systems and components that refer to each other; every reference resolves.
public final class Entities {
    /// Where the components are.
    public static final String COMPONENTS =
            "/apis/backstage.io/v1alpha1/namespaces/default/components";

    /// How long it may take until everything that was sent can be asked for.
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int PER_FILE = 500;
    private static final int GROUPS = 100;
    private static final int SYSTEMS = 400;
    private static final int CLIENTS = 32;
    private static final int LAST = 20;
    private static final String END = "\n---\n";

    private final List<Path> files;
    private final int components;

    private Entities(List<Path> files, int components) {
        this.files = files;
        this.components = components;
    }

    /// Writes the files into a folder.
    ///
    /// @param count of all entities together
    public static Entities write(Path folder, int count) throws IOException {
        Files.createDirectories(folder);
        var groups = Math.min(GROUPS, count / 10);
        var systems = Math.min(SYSTEMS, count / 10);
        var documents = new ArrayList<String>();
        for (int i = 0; i < groups; i++) {
            documents.add(document("Group", "group-" + i, "type: team", "children: []"));
        }
        for (int i = 0; i < systems; i++) {
            documents.add(document("System", "system-" + i, "owner: group-" + i % groups));
        }
        var components = count - groups - systems;
        for (int i = 0; i < components; i++) {
            documents.add(component(i, groups, systems));
        }
        return new Entities(split(folder, documents), components);
    }

    /// Reads the files and sends them; returns how long it took until all could be asked for, relations included.
    public Duration load(Workspace place, Progress progress) throws IOException {
        var began = System.nanoTime();
        try (var load = Load.open(place.api(), CLIENTS)) {
            for (var file : files) {
                load.run(requests(place, Files.readString(file)));
                progress.count("files of entities sent", files.indexOf(file), files.size());
            }
        }
        awaitAll(place, began);
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /// The name of one component.
    public String component(int number) {
        return "component-" + Math.floorMod(number, components);
    }

    private static List<Request> requests(Workspace place, String file) {
        var requests = new ArrayList<Request>();
        for (var document : file.split(END, -1)) {
            var kind = document.substring(document.indexOf("kind: ") + 6).lines().findFirst();
            var path = COMPONENTS.replace("components", plural(kind.orElse("")));
            requests.add(
                    place.api()
                            .post(
                                    path,
                                    "application/yaml",
                                    document.getBytes(StandardCharsets.UTF_8)));
        }
        return requests;
    }

    private static String plural(String kind) {
        return kind.toLowerCase(Locale.ROOT) + "s";
    }

    /// Waits until all components are listed and the last ones show their relations.
    private void awaitAll(Workspace place, long began) throws IOException {
        for (int i = Math.max(0, components - LAST); i < components; i++) {
            var path = COMPONENTS + "/component-" + i + "/relations";
            while (Json.list(place.tree(path), "items").size() < 2) {
                if (System.nanoTime() - began > PATIENCE.toNanos()) {
                    throw new IOException("component-%d shows no relations".formatted(i));
                }
            }
        }
        var page = Json.object(place.tree(COMPONENTS + "?limit=1"), "metadata");
        if (!(page.get("remainingItemCount") instanceof Long left) || left != components - 1) {
            throw new IOException("not all components are listed: " + page);
        }
    }

    private static List<Path> split(Path folder, List<String> documents) throws IOException {
        var files = new ArrayList<Path>();
        for (int from = 0; from < documents.size(); from += PER_FILE) {
            var some = documents.subList(from, Math.min(documents.size(), from + PER_FILE));
            files.add(
                    Files.writeString(
                            folder.resolve("entities-%03d.yaml".formatted(files.size())),
                            String.join(END, some)));
        }
        return files;
    }

    private static String component(int number, int groups, int systems) {
        return document(
                "Component",
                "component-" + number,
                "type: service",
                "lifecycle: production",
                "owner: group-" + number % groups,
                "system: system-" + number % systems);
    }

    private static String document(String kind, String name, String... spec) {
        return """
        apiVersion: backstage.io/v1alpha1
        kind: %s
        metadata:
          name: %s
          title: %s
          description: One of many, for a measurement of how a catalog of this size behaves
          tags: [java, measured]
          annotations:
            backstage.io/source-location: url:https://example.org/%s
        spec:
          %s
        """
                .formatted(kind, name, name.replace('-', ' '), name, String.join("\n  ", spec))
                .strip();
    }
}
