package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Policy.Deletion;
import dev.slipway.graph.write.Writes;
import dev.slipway.kernel.model.OwnerReference;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.store.StoredObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Deletes resources of an instance, the last wave first; needs no definition.
///
/// Only what still bears the label of the instance's set is deleted: what was taken out of the set stays.
final class Removal {
    private final Resource instance;
    private final Resources resources;
    private final Writes writes;

    Removal(Resource instance, Resources resources, Writes writes) {
        this.instance = instance;
        this.resources = resources;
        this.writes = writes;
    }

    /// Deletes wave by wave as long as each goes at once; what is left waits for finalizers of others. What shall stay
    /// is let go.
    List<Member> remove(List<Member> members) {
        leave(with(Deletion.ORPHAN, members));
        withdraw(with(Deletion.WITHDRAW, members));
        var left = present(with(Deletion.DELETE, members));
        while (!left.isEmpty()) {
            var wave = last(left);
            wave.forEach(this::delete);
            if (!present(wave).isEmpty()) {
                return present(left);
            }
            left = present(left);
        }
        return left;
    }

    /// Takes back the fields that resources of others were given.
    private void withdraw(List<Member> members) {
        for (var member : members) {
            var served = resources.kinds().byKind(member.apiVersion(), member.kind());
            resources
                    .state()
                    .get(member.key())
                    .map(StoredObject::resource)
                    .ifPresent(found ->
                            served.ifPresent(kind ->
                                    writes.contribute(kind, found, instance, member.bare(), true)));
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
        resources
                .kinds()
                .byKind(member.apiVersion(), member.kind())
                .ifPresent(served -> writes.metadata(served, found, metadata));
    }

    private static List<Member> last(List<Member> members) {
        var highest =
                members.stream().map(Member::wave).max(Comparator.naturalOrder()).orElseThrow();
        return members.stream().filter(member -> member.wave() == highest).toList();
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

    private void delete(Member member) {
        var served = resources.kinds().byKind(member.apiVersion(), member.kind());
        live(member)
                .filter(found -> !found.terminating())
                .ifPresent(found -> served.ifPresent(kind -> writes.delete(kind, found)));
    }
}
