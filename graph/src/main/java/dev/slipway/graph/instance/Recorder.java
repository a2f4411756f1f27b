package dev.slipway.graph.instance;

import dev.slipway.graph.compile.Definition;
import dev.slipway.graph.write.Writes;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.State;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Keeps the metadata of an instance: finalizer, labels, and the inventory, written before anything that it names.
///
/// Used for one pass, by one thread.
final class Recorder {
    private final Served served;
    private final Definition definition;
    private final Writes writes;
    private final Interests interests;
    private final ResourceKey key;
    private Resource instance;
    private Inventory inventory;
    private final Map<String, Interests.Selection> selections = new LinkedHashMap<>();

    Recorder(
            Served served,
            Definition definition,
            Resource instance,
            State state,
            Writes writes,
            Interests interests) {
        this.served = served;
        this.definition = definition;
        this.writes = writes;
        this.interests = interests;
        this.key = served.kind().key().resource(instance.namespace(), instance.name());
        this.instance = instance;
        this.inventory = Inventory.of(instance, state);
        inventory.members().forEach(member -> interests.add(key, member.key()));
    }

    ResourceKey key() {
        return key;
    }

    /// The instance as it was last written.
    Resource instance() {
        return instance;
    }

    Inventory inventory() {
        return inventory;
    }

    /// Sets finalizer and labels, and enters what the pass foresees to make. What is entered as another node's stays so:
    /// of two nodes that come out as one resource the pass finds out which it is.
    void begin(List<Member> foreseen) {
        var known =
                inventory.members().stream().collect(Collectors.toMap(Member::key, Member::node));
        write(
                inventory.with(
                        foreseen.stream()
                                .filter(one ->
                                        one.node()
                                                .equals(known.getOrDefault(one.key(), one.node())))
                                .toList()));
    }

    /// Enters resources that are about to be made.
    void record(List<Member> members) {
        members.forEach(member -> interests.add(key, member.key()));
        if (!inventory.holds(members)) {
            write(inventory.with(members));
        }
    }

    /// Writes the status.
    void say(Map<String, Object> status) {
        instance = writes.status(served, instance, status);
    }

    /// Takes note that a resource of others is read.
    void look(ResourceKey resource) {
        interests.add(key, resource);
    }

    /// Takes note that all resources of others are read that a selector finds.
    void look(String node, Interests.Selection selection) {
        selections.put(node, selection);
        interests.select(key, selections);
    }

    /// Forgets what was read by selectors in earlier passes and not in this one.
    void forgetSelections() {
        interests.select(key, selections);
    }

    /// Strikes out everything but these, which the instance has or shall have.
    void keep(Collection<ResourceKey> keys) {
        var kept =
                new Inventory(
                        inventory.members().stream()
                                .filter(member -> keys.contains(member.key()))
                                .toList());
        if (!kept.equals(inventory)) {
            write(kept);
        }
    }

    private void write(Inventory wanted) {
        wanted.members().forEach(member -> interests.add(key, member.key()));
        var metadata = Marks.changes(instance, definition, wanted);
        if (!metadata.isEmpty()) {
            instance = writes.metadata(served, instance, metadata);
        }
        inventory = wanted;
    }
}
