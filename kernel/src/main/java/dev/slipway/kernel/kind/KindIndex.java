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
    private record Path(String group, String version, String plural) {}

    private record Type(String apiVersion, String kind) {}

    private record GroupKind(String group, String kind) {}

    private final Map<Path, Served> byPlural = new HashMap<>();
    private final Map<Type, Served> byKind = new HashMap<>();
    private final Map<GroupKind, Kind> byGroupKind = new HashMap<>();
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
        return Optional.ofNullable(byPlural.get(new Path(group, version, plural)));
    }

    @Override
    public Optional<Served> byKind(String apiVersion, String kind) {
        return Optional.ofNullable(byKind.get(new Type(apiVersion, kind)));
    }

    @Override
    public Optional<Kind> byGroupKind(String group, String kind) {
        return Optional.ofNullable(byGroupKind.get(new GroupKind(group, kind)));
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
        byGroupKind.putIfAbsent(new GroupKind(kind.group(), names.kind()), kind);
        kind.versions().stream()
                .filter(KindVersion::served)
                .map(version -> new Served(kind, version, names))
                .forEach(this::index);
    }

    private void index(Served served) {
        byPlural.putIfAbsent(
                new Path(served.kind().group(), served.version().name(), served.names().plural()),
                served);
        byKind.putIfAbsent(new Type(served.apiVersion(), served.names().kind()), served);
    }
}
