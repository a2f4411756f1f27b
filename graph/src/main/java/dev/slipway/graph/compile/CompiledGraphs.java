package dev.slipway.graph.compile;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Remembers what compiled definitions came to, until the definition or a kind that it uses changes.
///
/// Safe to use from any thread; two threads that miss at once both compile.
public final class CompiledGraphs {
    /// How many definitions are remembered; the least used give way.
    public static final int MAX_REMEMBERED = 1_000;

    /// A result with what it hangs on: the definition's uid and generation, and the kinds as they were found.
    private record Remembered(
            String uid, long generation, List<Optional<Kind>> kinds, Compiled compiled) {}

    private final Map<String, Remembered> entries =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    public Compiled of(Definition definition, Kinds kinds) {
        return of(definition, "", kinds);
    }

    /// The same of a definition as an earlier revision has it.
    ///
    /// @param revision tells it from others of the same definition; empty: as it is now
    public Compiled of(Definition definition, String revision, Kinds kinds) {
        var name = revision.isEmpty() ? definition.name() : definition.name() + " " + revision;
        var used = used(definition, kinds);
        var resource = definition.resource();
        var entry = entry(name);
        if (entry.isPresent()
                && entry.get().uid().equals(resource.uid())
                && entry.get().generation() == resource.generation()
                && same(entry.get().kinds(), used)) {
            return entry.get().compiled();
        }
        var compiled = Compiler.compile(definition, kinds);
        put(name, new Remembered(resource.uid(), resource.generation(), used, compiled));
        return compiled;
    }

    private synchronized Optional<Remembered> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    private synchronized void put(String name, Remembered entry) {
        entries.put(name, entry);
    }

    /// Kinds are values that are made anew when they change: identity tells, and deep comparison would cost.
    @SuppressWarnings("ReferenceEquality")
    private static boolean same(List<Optional<Kind>> one, List<Optional<Kind>> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i).orElse(null) != other.get(i).orElse(null)) {
                return false;
            }
        }
        return true;
    }

    private static List<Optional<Kind>> used(Definition definition, Kinds kinds) {
        return definition.bodies().stream()
                .map(body ->
                        kinds.byKind(Json.string(body, "apiVersion"), Json.string(body, "kind"))
                                .map(Kinds.Served::kind))
                .toList();
    }
}
