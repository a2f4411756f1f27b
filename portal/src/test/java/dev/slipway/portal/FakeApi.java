package dev.slipway.portal;

import dev.slipway.client.ApiClient;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Yaml;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An API of a few things in memory, read from a file: discovery, lists, tables, relations, revisions, watches.
final class FakeApi implements ApiClient {
    private static final String REVIEWS = "/apis/slipway.dev/v1alpha1/selfsubjectnamespacesreviews";

    private record KindRow(Map<String, Object> tree) {
        String text(String key) {
            return Json.string(tree, key);
        }

        String root() {
            return text("group").isEmpty()
                    ? "/api/" + text("version")
                    : "/apis/" + text("group") + "/" + text("version");
        }

        String apiVersion() {
            return text("group").isEmpty()
                    ? text("version")
                    : text("group") + "/" + text("version");
        }
    }

    private record Watcher(String collection, BlockingQueue<byte[]> frames) {}

    private final List<KindRow> kinds = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
    private final Map<String, Object> extra = new LinkedHashMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private long revision;

    /// Groups that the user may not list.
    private final List<String> forbidden = new ArrayList<>();

    private final Map<String, List<String>> permitted = new LinkedHashMap<>();

    static FakeApi load(String resource) {
        var api = new FakeApi();
        try (var stream = FakeApi.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no " + resource);
            }
            for (var document : Yaml.readAll(stream.readAllBytes())) {
                api.add(Json.cast((Map<?, ?>) document));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return api;
    }

    static FakeApi empty() {
        return new FakeApi();
    }

    private void add(Map<String, Object> document) {
        revision = document.get("revision") instanceof Long number ? number : revision;
        objectsOf(document, "kinds").forEach(kind -> kinds.add(new KindRow(kind)));
        extra.putAll(Json.object(document, "answers"));
        if (document.containsKey("kind") && document.containsKey("metadata")) {
            objects.put(path(document), document);
        }
    }

    /// Writes an object and tells the watchers.
    synchronized void put(Map<String, Object> object) {
        revision++;
        Json.child(object, "metadata").put("resourceVersion", String.valueOf(revision));
        var before = objects.put(path(object), object);
        tell(before == null ? "ADDED" : "MODIFIED", object);
    }

    synchronized void remove(String path) {
        var object = objects.remove(path);
        if (object != null) {
            revision++;
            Json.child(object, "metadata").put("resourceVersion", String.valueOf(revision));
            tell("DELETED", object);
        }
    }

    synchronized void addKind(String yaml) {
        kinds.add(new KindRow(Json.cast((Map<?, ?>) read(yaml))));
        revision++;
    }

    /// The namespaces in which the user may list what it may not list everywhere.
    void permit(String plural, List<String> namespaces) {
        permitted.put(plural, namespaces);
    }

    void forbid(String collection) {
        forbidden.add(collection);
    }

    int watching() {
        return watchers.size();
    }

    static Map<String, Object> object(String yaml) {
        return Json.cast((Map<?, ?>) read(yaml));
    }

    @Override
    public synchronized Reply send(Call call) {
        var target = call.target();
        int query = target.indexOf('?');
        var path = query < 0 ? target : target.substring(0, query);
        var parameters = parameters(query < 0 ? "" : target.substring(query + 1));
        if (forbidden.contains(path)) {
            return status(403, "Forbidden", path + " is forbidden: User \"reader\" cannot list it");
        }
        if (path.equals(REVIEWS)) {
            return review(Json.readObject(call.body()));
        }
        if (parameters.containsKey("watch")) {
            return watch(path);
        }
        var table = call.headers().getOrDefault("Accept", "").contains("as=Table");
        var answer = answer(path, parameters, table);
        return answer == null
                ? status(404, "NotFound", path + " not found")
                : new Reply(200, Map.of(), new ByteArrayInputStream(Json.write(answer)));
    }

    private Reply review(Map<String, Object> review) {
        var wish = Json.object(Json.object(review, "spec"), "resourceAttributes");
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("everywhere", false);
        status.put("namespaces", permitted.getOrDefault(Json.string(wish, "resource"), List.of()));
        status.put("incomplete", false);
        return new Reply(
                201,
                Map.of(),
                new ByteArrayInputStream(
                        Json.write(new LinkedHashMap<String, Object>(Map.of("status", status)))));
    }

    private @Nullable Object answer(String path, Map<String, String> query, boolean table) {
        if (extra.containsKey(path)) {
            return extra.get(path);
        }
        if (path.equals("/api") || path.equals("/apis")) {
            return discovery(path.equals("/api"));
        }
        var object = objects.get(path);
        if (object != null) {
            return table ? table(kindOf(object), List.of(object)) : object;
        }
        for (var kind : kinds) {
            if (isCollection(kind, path)) {
                return list(kind, path, query, table);
            }
        }
        return null;
    }

    private Map<String, Object> list(
            KindRow kind, String path, Map<String, String> query, boolean table) {
        var all = within(path);
        int limit = Integer.parseInt(query.getOrDefault("limit", "100000"));
        int from = Integer.parseInt(query.getOrDefault("continue", "0"));
        int to = Math.min(all.size(), from + limit);
        Map<String, Object> list =
                table
                        ? table(kind, all.subList(from, to))
                        : new LinkedHashMap<>(Map.of("kind", kind.text("kind") + "List"));
        if (!table) {
            list.put("items", all.subList(from, to));
        }
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resourceVersion", String.valueOf(revision));
        if (to < all.size()) {
            metadata.put("continue", String.valueOf(to));
            metadata.put("remainingItemCount", (long) (all.size() - to));
        }
        list.put("metadata", metadata);
        return list;
    }

    private List<Map<String, Object>> within(String collection) {
        return objects.entrySet().stream()
                .filter(entry -> inside(collection, entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static boolean inside(String collection, String path) {
        return path.replaceFirst("/[^/]+$", "").equals(collection)
                || path.replaceFirst("/namespaces/[^/]+/([^/]+)/[^/]+$", "/$1").equals(collection);
    }

    private static boolean isCollection(KindRow kind, String path) {
        return path.equals(kind.root() + "/" + kind.text("plural"))
                || path.matches(kind.root() + "/namespaces/[^/]+/" + kind.text("plural"));
    }

    private Map<String, Object> table(KindRow kind, List<Map<String, Object>> rows) {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("kind", "Table");
        var columns = objectsOf(kind.tree(), "columns");
        table.put("columnDefinitions", new ArrayList<Object>(columns));
        var cells = new ArrayList<Object>();
        for (var object : rows) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("cells", cells(columns, object));
            row.put("object", object);
            cells.add(row);
        }
        table.put("rows", cells);
        return table;
    }

    private static List<Object> cells(
            List<Map<String, Object>> columns, Map<String, Object> object) {
        var cells = new ArrayList<Object>();
        for (var column : columns) {
            var value = Json.at(object, Json.string(column, "path").split("\\."));
            cells.add(value == null ? "" : value);
        }
        return cells;
    }

    private Map<String, Object> discovery(boolean core) {
        Map<String, Map<String, Object>> groups = new LinkedHashMap<>();
        for (var kind : kinds) {
            if (kind.text("group").isEmpty() == core) {
                var group =
                        groups.computeIfAbsent(
                                kind.text("group"), name -> group(name, kind.text("version")));
                var version = objectsOf(group, "versions").getFirst();
                resources(version).add(resource(kind));
            }
        }
        return new LinkedHashMap<>(Map.of("items", new ArrayList<Object>(groups.values())));
    }

    @SuppressWarnings("unchecked")
    private static List<Object> resources(Map<String, Object> version) {
        return (List<Object>) version.computeIfAbsent("resources", _ -> new ArrayList<>());
    }

    private static Map<String, Object> group(String name, String version) {
        Map<String, Object> first = new LinkedHashMap<>(Map.of("version", version));
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("metadata", Map.of("name", name));
        group.put("versions", new ArrayList<Object>(List.of(first)));
        return group;
    }

    private static Map<String, Object> resource(KindRow kind) {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("resource", kind.text("plural"));
        resource.put("responseKind", Map.of("kind", kind.text("kind")));
        resource.put("scope", kind.text("scope").isEmpty() ? "Namespaced" : kind.text("scope"));
        resource.put("verbs", List.of("get", "list", "watch"));
        resource.put("categories", Json.list(kind.tree(), "categories"));
        return resource;
    }

    private Reply watch(String collection) {
        var watcher = new Watcher(collection, new LinkedBlockingQueue<>());
        watchers.add(watcher);
        var body =
                new InputStream() {
                    private byte[] frame = new byte[0];
                    private int at;

                    @Override
                    public int read() throws IOException {
                        while (at == frame.length) {
                            try {
                                frame = watcher.frames().take();
                            } catch (InterruptedException e) {
                                throw new IOException(e);
                            }
                            if (frame.length == 0) {
                                return -1;
                            }
                            at = 0;
                        }
                        return frame[at++] & 0xff;
                    }

                    @Override
                    public int read(byte[] bytes, int offset, int length) throws IOException {
                        int first = read();
                        if (first < 0) {
                            return -1;
                        }
                        bytes[offset] = (byte) first;
                        int count = 1;
                        while (count < length && at < frame.length) {
                            bytes[offset + count++] = frame[at++];
                        }
                        return count;
                    }

                    @Override
                    public void close() {
                        watchers.remove(watcher);
                        watcher.frames().add(new byte[0]);
                    }
                };
        return new Reply(200, Map.of(), body);
    }

    /// Ends all watches, as a server does that stops.
    void endWatches() {
        watchers.forEach(watcher -> watcher.frames().add(new byte[0]));
    }

    private void tell(String type, Map<String, Object> object) {
        var event = new LinkedHashMap<String, Object>();
        event.put("type", type);
        event.put("object", object);
        var frame = (Json.text(event) + "\n").getBytes(StandardCharsets.UTF_8);
        Predicate<Watcher> concerned = watcher -> inside(watcher.collection(), path(object));
        watchers.stream().filter(concerned).forEach(watcher -> watcher.frames().add(frame));
    }

    private String path(Map<String, Object> object) {
        var kind = kindOf(object);
        var metadata = Json.object(object, "metadata");
        var namespace = Json.string(metadata, "namespace");
        return kind.root()
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
                + "/"
                + kind.text("plural")
                + "/"
                + Json.string(metadata, "name");
    }

    private KindRow kindOf(Map<String, Object> object) {
        return kinds.stream()
                .filter(kind ->
                        kind.text("kind").equals(Json.string(object, "kind"))
                                && kind.apiVersion().equals(Json.string(object, "apiVersion")))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("no kind for " + Json.text(object)));
    }

    private static Reply status(int code, String reason, String message) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("kind", "Status");
        status.put("reason", reason);
        status.put("message", message);
        status.put("code", (long) code);
        return new Reply(code, Map.of(), new ByteArrayInputStream(Json.write(status)));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (var pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static List<Map<String, Object>> objectsOf(Map<String, Object> tree, String key) {
        return Json.list(tree, key).stream().map(one -> Json.cast((Map<?, ?>) one)).toList();
    }

    private static Object read(String yaml) {
        var tree = Yaml.read(yaml.getBytes(StandardCharsets.UTF_8));
        if (tree == null) {
            throw new IllegalArgumentException("nothing in " + yaml);
        }
        return tree;
    }
}
