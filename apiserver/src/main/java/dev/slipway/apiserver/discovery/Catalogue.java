package dev.slipway.apiserver.discovery;

import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.KindVersion;
import dev.slipway.kernel.kind.Kinds;
import dev.slipway.kernel.kind.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What is served at one moment, sorted as discovery lists it: groups, their versions, their resources.
///
/// @param groups by name; the core group has the empty one
record Catalogue(long generation, List<Group> groups) {
    /// @param versions the preferred one first
    record Group(String name, List<Version> versions) {
        boolean isCore() {
            return name.isEmpty();
        }
    }

    record Version(String name, List<Entry> entries) {}

    /// One set of names under which a kind is served in a version.
    ///
    /// @param posted whether its objects are answered when they are posted, and never stored
    record Entry(Kind kind, KindVersion version, Names names, boolean posted) {
        String group() {
            return kind.group(version);
        }
    }

    /// @param posted the kinds whose objects are answered and never stored
    static Catalogue of(Kinds kinds, List<Kind> posted) {
        var entries = new TreeMap<String, Map<String, List<Entry>>>(groupOrder(kinds.all()));
        kinds.all().forEach(kind -> add(kind, false, entries));
        posted.forEach(kind -> add(kind, true, entries));
        var groups = new ArrayList<Group>();
        entries.forEach((name, versions) -> groups.add(group(name, versions)));
        return new Catalogue(kinds.generation(), List.copyOf(groups));
    }

    private static void add(
            Kind kind, boolean posted, Map<String, Map<String, List<Entry>>> entries) {
        for (var version : kind.versions()) {
            if (version.served()) {
                var list =
                        entries.computeIfAbsent(
                                        kind.group(version),
                                        _ -> new TreeMap<>(VersionOrder.INSTANCE))
                                .computeIfAbsent(version.name(), _ -> new ArrayList<>());
                kind.allNames().forEach(names -> list.add(new Entry(kind, version, names, posted)));
            }
        }
    }

    private static Group group(String name, Map<String, List<Entry>> versions) {
        return new Group(
                name,
                versions.entrySet().stream()
                        .map(version -> new Version(version.getKey(), sorted(version.getValue())))
                        .sorted(Comparator.comparing(version -> !isOwnStored(version)))
                        .toList());
    }

    /// The product's own kinds are preferred in the version that they are stored in, as they were written.
    private static boolean isOwnStored(Version version) {
        return version.entries().stream()
                .filter(entry -> entry.version().storage())
                .map(entry -> entry.kind().rules())
                .anyMatch(rules -> !rules.builtIn() && !rules.equals(Kind.Rules.CUSTOM));
    }

    private static List<Entry> sorted(List<Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparing(entry -> entry.names().plural()))
                .toList();
    }

    /// Kubernetes' own groups come first: a short name that two groups use means theirs.
    private static Comparator<String> groupOrder(Collection<Kind> kinds) {
        var builtIn =
                kinds.stream()
                        .filter(kind -> kind.rules().builtIn())
                        .map(Kind::group)
                        .collect(java.util.stream.Collectors.toSet());
        return Comparator.<String, Boolean>comparing(group -> !builtIn.contains(group))
                .thenComparing(Comparator.naturalOrder());
    }
}
