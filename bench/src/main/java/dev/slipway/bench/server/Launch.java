package dev.slipway.bench.server;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a server is started, all but where it listens and keeps its data.
///
/// @param command a virtual machine with its options and the main class, without a verb
/// @param store the options that choose a store, or none
public record Launch(List<String> command, List<String> store) {
    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use(\\w+)GC");
    private static final String HEAP = "-Xmx";

    public Launch {
        command = List.copyOf(command);
        store = List.copyOf(store);
    }

    /// The same with another size of the heap.
    public Launch withHeap(String size) {
        var changed = new ArrayList<>(command);
        changed.removeIf(word -> word.startsWith(HEAP));
        changed.add(1, HEAP + size);
        return new Launch(changed, store);
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
