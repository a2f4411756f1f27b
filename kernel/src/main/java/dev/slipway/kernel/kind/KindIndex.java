package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.KindKey;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The kinds of one moment, found by path and by object. Where two kinds claim a name, the first one has it.
public final class KindIndex implements Kinds {
    /// Served kinds by group, version and plural.
    private final Map<String, Map<String, Map<String, Served>>> byPlural = new HashMap<>();

    /// Served kinds by apiVersion and kind.
    private final Map<String, Map<String, Served>> byKind = new HashMap<>();

    /// Kinds by group and kind.
    private final Map<String, Map<String, Kind>> byGroupKind = new HashMap<>();

    private final Map<KindKey, Kind> all = new TreeMap<>();
    private final long generation;

    public KindIndex(List<Kind> kinds, long generation) {
        this.generation = generation;
        for (var kind : kinds) {
            if (all.putIfAbsent(kind.key(), kind) == null) {
                index(kind);
            }
        }
    }

    @Override
    public Optional<Served> byPlural(String group, String version, String plural) {
        var versions = byPlural.getOrDefault(group, Map.of());
        return Optional.ofNullable(versions.getOrDefault(version, Map.of()).get(plural));
    }

    @Override
    public Optional<Served> byKind(String apiVersion, String kind) {
        return Optional.ofNullable(byKind.getOrDefault(apiVersion, Map.of()).get(kind));
    }

    @Override
    public Optional<Kind> byGroupKind(String group, String kind) {
        return Optional.ofNullable(byGroupKind.getOrDefault(group, Map.of()).get(kind));
    }

    @Override
    public Optional<Kind> byKey(KindKey key) {
        return Optional.ofNullable(all.get(key));
    }

    @Override
    public Collection<Kind> all() {
        return Collections.unmodifiableCollection(all.values());
    }

    @Override
    public long generation() {
        return generation;
    }

    private void index(Kind kind) {
        Stream.concat(Stream.of(kind.names()), kind.aliases().stream())
                .forEach(names -> index(kind, names));
    }

    private void index(Kind kind, Names names) {
        index(kind, kind.group(), names);
        kind.versions().stream()
                .filter(KindVersion::served)
                .map(version -> new Served(kind, version, names))
                .forEach(this::index);
    }

    private void index(Kind kind, String group, Names names) {
        byGroupKind.computeIfAbsent(group, _ -> new HashMap<>()).putIfAbsent(names.kind(), kind);
    }

    private void index(Served served) {
        index(served.kind(), served.group(), served.names());
        byPlural.computeIfAbsent(served.group(), _ -> new HashMap<>())
                .computeIfAbsent(served.version().name(), _ -> new HashMap<>())
                .putIfAbsent(served.names().plural(), served);
        byKind.computeIfAbsent(served.apiVersion(), _ -> new HashMap<>())
                .putIfAbsent(served.names().kind(), served);
    }
}
