package dev.slipway.control.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.control.Waking;
import dev.slipway.kernel.kind.BuiltInKinds;
import dev.slipway.kernel.kind.Kinds.Served;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.resources.DeleteOptions;
import dev.slipway.kernel.resources.DeleteOptions.Propagation;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.StoredResources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.MemoryStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What becomes of dependents that the collector has not heard of yet: here it hears of nothing at all.
class GarbageCollectorTest {
    private static final ResourceKey OWNER =
            KindKey.of("", "configmaps").resource("default", "owner");
    private static final ResourceKey OWNED = OWNER.kind().resource("default", "owned");

    private final MemoryStore store = new MemoryStore(Clock.systemUTC());
    private final KindsView kinds = new KindsView(store, BuiltInKinds.load());
    private final StoredResources resources =
            new StoredResources(store, kinds, List.of(), Clock.systemUTC(), new Random(1));
    private final GarbageCollector collector = new GarbageCollector(resources, new OwnerIndex());

    @BeforeEach
    void fill() {
        create("Namespace", "", Map.of("name", "default"));
        create("ConfigMap", "default", Map.of("name", "owner"));
        var reference =
                Map.of(
                        "apiVersion",
                        "v1",
                        "kind",
                        "ConfigMap",
                        "name",
                        "owner",
                        "uid",
                        found("owner").orElseThrow().uid(),
                        "blockOwnerDeletion",
                        true);
        create(
                "ConfigMap",
                "default",
                Map.of("name", "owned", "ownerReferences", List.of(reference)));
    }

    @AfterEach
    void close() {
        kinds.close();
        store.close();
    }

    @Test
    void orphansADependentThatItHasNotHeardOf() {
        delete(Propagation.ORPHAN);
        collector.reconcile(OWNER, new Waking(List.of(), 0));

        assertThat(found("owner")).isEmpty();
        assertThat(found("owned").orElseThrow().owners()).isEmpty();
    }

    @Test
    void deletesADependentThatItHasNotHeardOfBeforeItsOwner() {
        delete(Propagation.FOREGROUND);
        collector.reconcile(OWNER, new Waking(List.of(), 0));
        assertThat(found("owner")).isPresent();
        assertThat(found("owned").orElseThrow().terminating()).isTrue();

        collector.reconcile(OWNED, new Waking(List.of(), 0));
        assertThat(found("owned")).isEmpty();
        collector.reconcile(OWNER, new Waking(List.of(), 0));
        assertThat(found("owner")).isEmpty();
    }

    private void delete(Propagation propagation) {
        var deletion = new DeleteOptions(propagation, Optional.empty(), Optional.empty());
        resources.delete(served("ConfigMap"), "default", "owner", deletion, options());
        assertThat(found("owner")).as("it waits").isPresent();
    }

    private void create(String kind, String namespace, Map<String, Object> metadata) {
        var tree = Map.<String, Object>of("apiVersion", "v1", "kind", kind, "metadata", metadata);
        resources.create(served(kind), namespace, tree, options());
    }

    private Optional<Resource> found(String name) {
        return resources.find(served("ConfigMap"), "default", name);
    }

    private Served served(String kind) {
        return resources.kinds().byKind("v1", kind).orElseThrow();
    }

    private static WriteOptions options() {
        return new WriteOptions(Attribution.of("ann"), "ann", false, Strictness.STRICT);
    }
}
