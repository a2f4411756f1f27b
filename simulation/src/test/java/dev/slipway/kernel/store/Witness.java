package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Everything that a medium was ever told to keep, written down apart from it: the truth that stores are held against.
public final class Witness {
    private static final int TOLD = 6;

    private final NavigableMap<Long, Revision> log = new TreeMap<>();
    private final Map<ResourceKey, NavigableMap<Long, Revision>> keys = new HashMap<>();

    /// Takes down a group that is being kept, after a look at its numbers, times and links.
    void kept(List<Revision> revisions) {
        revisions.forEach(this::keep);
    }

    public long newest() {
        return log.isEmpty() ? 0 : log.lastKey();
    }

    public int size() {
        return log.size();
    }

    public Optional<Revision> revision(long number) {
        return Optional.ofNullable(log.get(number));
    }

    /// All revisions, oldest first.
    public List<Revision> all() {
        return List.copyOf(log.values());
    }

    /// The revisions after a number, oldest first.
    public List<Revision> after(long number) {
        return List.copyOf(log.tailMap(number, false).values());
    }

    /// The first revision of a scope after a number.
    public Optional<Revision> next(Scope scope, long after) {
        return log.tailMap(after, false).values().stream()
                .filter(revision -> scope.holds(revision.key()))
                .findFirst();
    }

    /// The revision of a key that was the newest at a number; empty where the key did not exist then.
    public Optional<Revision> at(ResourceKey key, long number) {
        return Optional.ofNullable(keys.get(key))
                .map(history -> history.floorEntry(number))
                .map(Map.Entry::getValue)
                .filter(revision -> revision.operation() != Operation.DELETE);
    }

    /// The last revisions of a key in words: who wrote what of its metadata.
    public String told(ResourceKey key) {
        var told = new StringBuilder();
        keys.getOrDefault(key, new TreeMap<>()).descendingMap().values().stream()
                .limit(TOLD)
                .forEach(revision ->
                        told.append(
                                "%n    %d %s by %s at %s for %s: %s"
                                        .formatted(
                                                revision.number(),
                                                revision.operation(),
                                                revision.attribution().actor(),
                                                revision.time(),
                                                revision.attribution().causes(),
                                                metadata(revision))));
        return told.toString();
    }

    private static Map<String, Object> metadata(Revision revision) {
        var metadata = revision.object().resource().metadata();
        metadata.remove("managedFields");
        return metadata;
    }

    /// Everything that exists at a number.
    public Map<ResourceKey, Revision> state(long number) {
        var state = new TreeMap<ResourceKey, Revision>();
        keys.keySet()
                .forEach(key -> at(key, number).ifPresent(revision -> state.put(key, revision)));
        return state;
    }

    /// Holds a store's whole log against what was kept.
    public void compare(List<Revision> found) {
        var expected = new ArrayList<>(log.values());
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            same(expected.get(i), found.get(i));
        }
        Broken.unless(
                expected.size() == found.size(),
                "the log holds %d revisions, %d were kept",
                found.size(),
                expected.size());
    }

    /// Holds a state against what was kept up to its revision.
    public void compare(State state) {
        var expected = state(state.revision());
        for (var revision : expected.values()) {
            var object = state.get(revision.key());
            Broken.unless(
                    object.isPresent() && object.get().revision() == revision.number(),
                    "at revision %d the state shows %s at %s and not at %d",
                    state.revision(),
                    revision.key(),
                    object.map(StoredObject::revision),
                    revision.number());
            Broken.unless(
                    Arrays.equals(object.get().body(), revision.body()),
                    "the state shows another body of %s",
                    revision.key());
        }
        var shown = state.kinds().stream().mapToInt(state::count).sum();
        Broken.unless(
                shown == expected.size(),
                "at revision %d the state shows %d objects, %d exist",
                state.revision(),
                shown,
                expected.size());
    }

    /// Holds what a commit relied on against what was there just before it was kept.
    public void compare(Commit commit, Outcome.Committed committed) {
        var first = committed.revisions().getFirst().number();
        for (var precondition : commit.preconditions()) {
            var actual = at(precondition.key(), first - 1).map(Revision::number).orElse(0L);
            Broken.unless(
                    precondition.holds(actual),
                    "revision %d relied on %s at %d, which was at %d",
                    first,
                    precondition.key(),
                    precondition.revision(),
                    actual);
        }
    }

    static void same(Revision expected, Revision found) {
        Broken.unless(
                expected.number() == found.number()
                        && expected.key().equals(found.key())
                        && expected.operation() == found.operation()
                        && expected.previous() == found.previous()
                        && expected.time().equals(found.time())
                        && Arrays.equals(expected.body(), found.body()),
                "the log says %s of %s as %d where %s of %s as %d was kept",
                found.operation(),
                found.key(),
                found.number(),
                expected.operation(),
                expected.key(),
                expected.number());
    }

    private void keep(Revision revision) {
        var newest = newest();
        Broken.unless(
                revision.number() > newest,
                "revision %d follows revision %d",
                revision.number(),
                newest);
        Broken.unless(
                log.isEmpty() || !revision.time().isBefore(log.lastEntry().getValue().time()),
                "time runs backwards at revision %d",
                revision.number());
        var before = at(revision.key(), newest).map(Revision::number).orElse(0L);
        Broken.unless(
                revision.previous() == before,
                "revision %d of %s names %d as the one before it, which is %d",
                revision.number(),
                revision.key(),
                revision.previous(),
                before);
        Broken.unless(
                (before == 0) == (revision.operation() == Operation.CREATE),
                "revision %d is a %s of %s, whose newest revision is %d",
                revision.number(),
                revision.operation(),
                revision.key(),
                before);
        log.put(revision.number(), revision);
        keys.computeIfAbsent(revision.key(), _ -> new TreeMap<>()).put(revision.number(), revision);
    }
}
