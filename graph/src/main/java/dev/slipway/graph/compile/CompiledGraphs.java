package dev.slipway.graph.compile;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
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

    /// How many definitions are remembered that somebody is about to write.
    static final int MAX_DRAFTS = 20;

    /// A kind as a definition names it.
    private record Use(String apiVersion, String kind) {
        static List<Use> in(Definition definition) {
            return definition.bodies().stream()
                    .map(body ->
                            new Use(Json.string(body, "apiVersion"), Json.string(body, "kind")))
                    .distinct()
                    .toList();
        }

        Optional<Kind> in(Kinds kinds) {
            return kinds.byKind(apiVersion, kind).map(Kinds.Served::kind);
        }
    }

    /// A result with what it hangs on: the definition, and the kinds as they were found.
    private record Remembered(
            Resource definition, Map<Use, Optional<Kind>> kinds, Compiled compiled) {
        static Remembered of(Definition definition, Kinds kinds) {
            Map<Use, Optional<Kind>> used = new LinkedHashMap<>();
            Use.in(definition).forEach(use -> used.put(use, use.in(kinds)));
            return new Remembered(definition.resource(), used, Compiler.compile(definition, kinds));
        }

        /// Whether it is about this very definition, as it was stored.
        boolean isOf(Resource other) {
            return definition.uid().equals(other.uid())
                    && definition.generation() == other.generation();
        }

        /// Whether a definition of the same name says the same.
        boolean says(Resource other) {
            return definition.spec().equals(other.spec());
        }

        /// Kinds are values that are made anew when they change: identity tells, and deep comparison would cost.
        @SuppressWarnings("ReferenceEquality")
        boolean isWith(Kinds now) {
            return kinds.entrySet().stream()
                    .allMatch(use ->
                            use.getKey().in(now).orElse(null) == use.getValue().orElse(null));
        }

        Remembered as(Definition other) {
            return new Remembered(
                    other.resource(),
                    kinds,
                    switch (compiled) {
                        case Compiled.Accepted(var graph) -> new Compiled.Accepted(graph.of(other));
                        case Compiled.Rejected rejected -> rejected;
                    });
        }
    }

    private final Optional<CompiledGraphs> beneath;
    private final Map<String, Remembered> entries = bounded(MAX_REMEMBERED);
    private final Map<String, Remembered> drafts = bounded(MAX_DRAFTS);

    public CompiledGraphs() {
        this(Optional.empty());
    }

    private CompiledGraphs(Optional<CompiledGraphs> beneath) {
        this.beneath = beneath;
    }

    private static Map<String, Remembered> bounded(int size) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
                return size() > size;
            }
        };
    }

    /// For a state over the one that this is about: knows what this knows, and keeps what it learns to itself.
    public CompiledGraphs above() {
        return new CompiledGraphs(Optional.of(this));
    }

    public Compiled of(Definition definition, Kinds kinds) {
        return of(definition, "", kinds);
    }

    /// The same of a definition as an earlier revision has it.
    ///
    /// @param revision tells it from others of the same definition; empty: as it is now
    public Compiled of(Definition definition, String revision, Kinds kinds) {
        var name = revision.isEmpty() ? definition.name() : definition.name() + " " + revision;
        return entry(name)
                .filter(one -> one.isOf(definition.resource()) && one.isWith(kinds))
                .orElseGet(() -> put(name, like(name, definition, kinds)))
                .compiled();
    }

    /// What somebody is about to write; it is not compiled again when it is written.
    public Compiled draft(Definition definition, Kinds kinds) {
        var one = like(definition.name(), definition, kinds);
        synchronized (this) {
            drafts.put(definition.name(), one);
        }
        return one.compiled();
    }

    /// What a definition that says the same came to, or else this one.
    private Remembered like(String name, Definition definition, Kinds kinds) {
        return saying(name, definition, kinds)
                .map(one -> one.as(definition))
                .orElseGet(() -> Remembered.of(definition, kinds));
    }

    private Optional<Remembered> saying(String name, Definition definition, Kinds kinds) {
        return entry(name)
                .filter(one -> one.says(definition.resource()) && one.isWith(kinds))
                .or(() ->
                        draft(name)
                                .filter(one ->
                                        one.says(definition.resource()) && one.isWith(kinds)))
                .or(() -> beneath.flatMap(one -> one.saying(name, definition, kinds)));
    }

    private synchronized Optional<Remembered> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    private synchronized Optional<Remembered> draft(String name) {
        return Optional.ofNullable(drafts.get(name));
    }

    private synchronized Remembered put(String name, Remembered entry) {
        entries.put(name, entry);
        drafts.remove(name);
        return entry;
    }
}
