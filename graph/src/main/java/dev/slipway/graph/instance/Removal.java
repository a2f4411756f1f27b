package dev.slipway.graph.instance;

import dev.slipway.control.Fanout;
import dev.slipway.graph.compile.Policy.Deletion;
import dev.slipway.graph.write.Writes;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.StoredObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Deletes resources of an instance, the last wave first; needs no definition.
///
/// Only what still bears the label of the instance's set is deleted: what was taken out of the set stays.
final class Removal {
    private final Resource instance;
    private final Resources resources;
    private final Writes writes;
    private final Fanout fanout;

    /// @param fanout how the resources of one wave are deleted
    Removal(Resource instance, Resources resources, Writes writes, Fanout fanout) {
        this.instance = instance;
        this.resources = resources;
        this.writes = writes;
        this.fanout = fanout;
    }

    /// Deletes wave by wave as long as each goes at once; what is left waits for finalizers of others. What shall stay
    /// is let go.
    List<Member> remove(List<Member> members) {
        leave(with(Deletion.ORPHAN, members));
        withdraw(with(Deletion.WITHDRAW, members));
        var waves = waves(present(with(Deletion.DELETE, members)));
        while (!waves.isEmpty()) {
            var wave = waves.lastEntry().getValue();
            delete(wave);
            if (!present(wave).isEmpty()) {
                return present(waves.values().stream().flatMap(List::stream).toList());
            }
            waves.pollLastEntry();
        }
        return List.of();
    }

    /// Those of one wave do not depend on each other.
    private static NavigableMap<Long, List<Member>> waves(List<Member> members) {
        return members.stream()
                .collect(Collectors.groupingBy(Member::wave, TreeMap::new, Collectors.toList()));
    }

    private void delete(List<Member> wave) {
        fanout.all(wave.stream().<Supplier<Boolean>>map(one -> () -> delete(one)).toList());
    }

    /// Takes back the fields that resources of others were given.
    private void withdraw(List<Member> members) {
        for (var member : members) {
            var served = served(member);
            resources
                    .state()
                    .get(member.key())
                    .map(StoredObject::resource)
                    .ifPresent(found ->
                            served.ifPresent(kind ->
                                    writes.contribute(
                                            kind,
                                            found,
                                            instance,
                                            member.bare(kind.apiVersion()),
                                            true)));
        }
    }

    private static List<Member> with(Deletion deletion, List<Member> members) {
        return members.stream().filter(member -> member.deletion() == deletion).toList();
    }

    /// Cuts what was taken out of the set loose from the instance, so that it is not collected with it.
    void letGo(List<Member> members) {
        for (var member : members) {
            resources
                    .state()
                    .get(member.key())
                    .map(StoredObject::resource)
                    .filter(found -> !isPart(found) && Ownership.isOwnedBy(found, instance))
                    .ifPresent(found -> letGo(member, found));
        }
    }

    private void letGo(Member member, Resource found) {
        write(member, found, Map.of("ownerReferences", otherOwners(found)));
    }

    /// Takes every trace of the instance off its resources, which stay and are nobody's from then on.
    void leave(List<Member> members) {
        for (var member : members) {
            resources
                    .state()
                    .get(member.key())
                    .map(StoredObject::resource)
                    .filter(found -> isPart(found) || Ownership.isOf(found, instance))
                    .ifPresent(found -> leave(member, found));
        }
    }

    private void leave(Member member, Resource found) {
        Map<String, @Nullable Object> metadata = new LinkedHashMap<>(Ownership.unmarked(found));
        metadata.put("ownerReferences", otherOwners(found));
        write(member, found, metadata);
    }

    private List<Map<String, Object>> otherOwners(Resource found) {
        return found.owners().stream()
                .filter(owner -> !owner.uid().equals(instance.uid()))
                .map(OwnerReference::tree)
                .toList();
    }

    private void write(Member member, Resource found, Map<String, @Nullable Object> metadata) {
        served(member).ifPresent(served -> writes.metadata(served, found, metadata));
    }

    /// The kind under the version that it was made by, or where that is not served any more, under another.
    private Optional<Served> served(Member member) {
        var kinds = resources.kinds();
        return kinds.byKind(member.apiVersion(), member.kind())
                .or(() -> kinds.byKey(member.key().kind()).map(Served::stored));
    }

    private List<Member> present(List<Member> members) {
        return members.stream().filter(member -> live(member).isPresent()).toList();
    }

    private Optional<Resource> live(Member member) {
        return resources.state().get(member.key()).map(StoredObject::resource).filter(this::isPart);
    }

    private boolean isPart(Resource found) {
        return ApplySet.holds(found, instance);
    }

    /// Whether it was asked to go now.
    private boolean delete(Member member) {
        var served = served(member);
        var found = live(member).filter(one -> !one.terminating());
        found.ifPresent(one -> served.ifPresent(kind -> writes.delete(kind, one)));
        return found.isPresent();
    }
}
