package dev.slipway.bench.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a server is started, all but where it listens and keeps its data.
///
/// @param command a virtual machine with its options and the main class, without a verb
/// @param store the server's `--store`, or empty for the embedded one
public record Launch(List<String> command, String store) {
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use(\\w+)GC");
    private static final String HEAP = "-Xmx";

    public Launch {
        command = List.copyOf(command);
    }

    /// The same with another size of the heap.
    public Launch withHeap(String size) {
        var changed = new ArrayList<>(command);
        changed.removeIf(word -> word.startsWith(HEAP));
        changed.add(1, HEAP + size);
        return new Launch(changed, store);
    }

    /// Whether all servers keep their data in one database, so that each needs a schema of its own there.
    public boolean isShared() {
        return store.startsWith("postgresql:");
    }

    /// The options that choose the store of one server.
    ///
    /// @param name of that server, which its schema is called after
    List<String> storeOptions(String name) {
        if (!isShared()) {
            return store.isEmpty() ? List.of() : List.of("--store", store);
        }
        var schema = "currentSchema=" + name.replaceAll("[^A-Za-z0-9]+", "_");
        return List.of("--store", store + (store.contains("?") ? "&" : "?") + schema);
    }

    /// As `-Xmx` says it.
    public String heap() {
        return command.stream()
                .filter(word -> word.startsWith(HEAP))
                .map(word -> word.substring(HEAP.length()))
                .findFirst()
                .orElse("as Java chooses");
    }

    /// The collector that the options name.
    public String collector() {
        return command.stream()
                .map(COLLECTOR::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1))
                .findFirst()
                .orElse("default");
    }
}
