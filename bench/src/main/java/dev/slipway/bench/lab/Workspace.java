package dev.slipway.bench.lab;

import dev.slipway.bench.http.Access;
import dev.slipway.bench.http.Load;
import dev.slipway.bench.http.Request;
import dev.slipway.bench.server.Target;
import dev.slipway.kernel.model.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The namespaces of one bench on one server: nothing is touched outside of them. Used by one thread.
public final class Workspace {
    private static final int CLIENTS = 32;
    private static final int AT_ONCE = 2_000;

    /// What a cluster puts into each namespace, and puts there again.
    private static final String OF_EACH_NAMESPACE = "kube-root-ca.crt";

    private static final String JSON = "application/json";

    private final Target target;
    private final String prefix;
    private final Progress progress;
    private final ConfigMaps maps = new ConfigMaps();
    private final Set<String> made = new LinkedHashSet<>();
    private final Set<String> filled = new LinkedHashSet<>();

    /// @param prefix what the names of its namespaces begin with
    public Workspace(Target target, String prefix, Progress progress) {
        this.target = target;
        this.prefix = prefix;
        this.progress = progress;
    }

    /// The same namespaces on a server that was started again.
    public Workspace moved(Target again) {
        var moved = new Workspace(again, prefix, progress);
        moved.made.addAll(made);
        moved.filled.addAll(filled);
        return moved;
    }

    public Target target() {
        return target;
    }

    public Access api() {
        return target.api();
    }

    /// The path of the ConfigMaps of one of its namespaces, which is made if it is not there yet.
    public String maps(String suffix) throws IOException {
        var namespace = prefix + suffix;
        if (made.add(namespace)) {
            var body = Map.of("metadata", Map.of("name", namespace));
            once(api().post("/api/v1/namespaces", JSON, Json.write(body)));
        }
        return "/api/v1/namespaces/%s/configmaps".formatted(namespace);
    }

    /// The name of one of its namespaces.
    public String namespace(String suffix) {
        return prefix + suffix;
    }

    /// A request that makes a ConfigMap.
    public Request create(String suffix, String name, int number, int bytes) throws IOException {
        return api().post(maps(suffix), JSON, maps.document(name, number, bytes));
    }

    /// A ConfigMap as a document.
    public byte[] document(String name, int number, int bytes) {
        return maps.document(name, number, bytes);
    }

    /// Fills a namespace with ConfigMaps `NAME-0`, `NAME-1` …, once.
    public void fill(String suffix, String name, int count, int bytes) throws IOException {
        if (!filled.add(suffix + "/" + name + "/" + count)) {
            return;
        }
        try (var load = Load.open(api(), CLIENTS)) {
            for (int from = 0; from < count; from += AT_ONCE) {
                load.run(batch(suffix, name, from, Math.min(count, from + AT_ONCE), bytes));
                progress.count("resources made on " + target.name(), from, count);
            }
        }
    }

    /// Sends one request over a connection of its own; returns the body of the answer.
    public byte[] once(Request request) throws IOException {
        try (var connection = api().connect()) {
            connection.send(request);
            return connection.body();
        }
    }

    /// Waits until the server has done what it was asked, where its processes are known.
    public void settle() throws IOException {
        if (target.usage().isPresent()) {
            target.usage().get().awaitQuiet();
        }
    }

    /// Sends requests that only make ready for something.
    public void all(List<Request> requests) throws IOException {
        try (var load = Load.open(api(), CLIENTS)) {
            load.run(requests);
        }
    }

    /// The tree of an answer to one request.
    public Map<String, Object> tree(String path) throws IOException {
        return Json.readObject(once(api().get(path)));
    }

    /// The newest revision that a list shows.
    public String revision(String path) throws IOException {
        var list = tree(path + (path.contains("?") ? "&" : "?") + "limit=1");
        return Json.string(Json.object(list, "metadata"), "resourceVersion");
    }

    /// Takes away what it made, for a server that lives on.
    public void clear() throws IOException {
        for (var namespace : made) {
            progress.say("  taking namespace " + namespace + " away from " + target.name());
            var maps = "/api/v1/namespaces/%s/configmaps".formatted(namespace);
            for (var names = some(maps); !names.isEmpty(); names = some(maps)) {
                all(names.stream().map(name -> delete(maps + "/" + name)).toList());
            }
            once(delete("/api/v1/namespaces/" + namespace));
        }
        made.clear();
    }

    /// Names of some that are left; deleting all at once takes a server longer than it gives one request.
    private List<String> some(String path) throws IOException {
        return Json.list(tree(path + "?limit=" + AT_ONCE), "items").stream()
                .map(item -> String.valueOf(Json.at(item, "metadata", "name")))
                .filter(name -> !name.equals(OF_EACH_NAMESPACE))
                .toList();
    }

    private Request delete(String path) {
        return api().request("DELETE", path, JSON, "{}".getBytes(StandardCharsets.UTF_8), 200);
    }

    private List<Request> batch(String suffix, String name, int from, int to, int bytes)
            throws IOException {
        var requests = new ArrayList<Request>();
        for (int i = from; i < to; i++) {
            requests.add(create(suffix, name + "-" + i, i, bytes));
        }
        return requests;
    }
}
