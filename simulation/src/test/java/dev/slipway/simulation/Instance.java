package dev.slipway.simulation;

import dev.slipway.catalog.Catalog;
import dev.slipway.control.Feature;
import dev.slipway.control.SteppedControllers;
import dev.slipway.control.core.Core;
import dev.slipway.graph.Graphs;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.relations.Relations;
import dev.slipway.kernel.resources.KindsView;
import dev.slipway.kernel.resources.Resources;
import dev.slipway.kernel.resources.StoredResources;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.Moments;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.SimulatedStore;
import dev.slipway.kernel.store.Store;
import dev.slipway.kernel.store.StoreSettings;
import dev.slipway.kernel.store.Witness;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One life of a process: the kernel and the features as the product wires them, until it dies.
final class Instance implements Moments {
    /// The namespaces that are always there.
    static final List<String> NAMESPACES = List.of("default", "kube-public", "kube-system");

    /// A short tail, so that who is late has to read the log.
    private static final StoreSettings SETTINGS = StoreSettings.defaults().withTailEvents(64);

    private final Host host;
    private final Scheduler scheduler;
    private final Trace trace;
    private final Store store;
    private final Resources resources;
    private final SimulatedStore medium;
    private final Witness witness;
    private final KindsView kinds;
    private final List<Feature> features;
    private final List<Admitter> admitters;
    private final Clock clock;
    private final Chance chance;
    private final Defect defect;
    private @Nullable SteppedControllers controllers;
    private boolean dead;

    /// @param alone whether no other process shares the medium, so that no lease is needed
    Instance(Host host, Simulated world, Clock clock, boolean alone) {
        this.host = host;
        this.scheduler = world.scheduler();
        this.trace = world.trace();
        host.beginning(this);
        this.clock = clock;
        this.defect = world.defect();
        this.witness = world.medium().witness();
        chance = world.chance().split();
        medium = new SimulatedStore(world.medium(), world.mishaps(), this, clock, SETTINGS);
        store = defect.store(medium);
        kinds = new KindsView(store, List.of());
        var relations = new Relations(store, kinds::current);
        features = List.of(new Core(clock), new Graphs(clock), new Catalog(relations, clock));
        features.forEach(feature -> kinds.add(feature.kinds()));
        features.forEach(feature -> relations.register(feature.relations()));
        admitters = features.stream().flatMap(one -> one.admitters().stream()).toList();
        resources = resources(store);
        bootstrap();
        if (alone) {
            lead(OptionalLong.empty());
        }
    }

    private StoredResources resources(Store writes) {
        return new StoredResources(
                new InterleavedStore(writes, this, witness),
                kinds,
                admitters,
                clock,
                chance.generator());
    }

    /// Controllers run here from now on, and write in this epoch of the lease.
    void lead(OptionalLong epoch) {
        var leased = resources(LeasedStore.of(store, medium, epoch, defect));
        var all = features.stream().flatMap(one -> one.controllers(leased).stream()).toList();
        controllers =
                new SteppedControllers(
                        store, defect.controllers(all, leased), clock, chance.generator());
    }

    /// Controllers run here no more.
    void resign() {
        controllers = null;
    }

    boolean leads() {
        return controllers != null;
    }

    Host host() {
        return host;
    }

    /// Whether others have written what this process has not seen.
    boolean behind() {
        return medium.behind();
    }

    void catchUp() {
        medium.catchUp();
    }

    Store store() {
        return store;
    }

    Resources resources() {
        return resources;
    }

    /// Those that run here, if this process leads.
    Optional<SteppedControllers> controllers() {
        return Optional.ofNullable(controllers);
    }

    void die() {
        dead = true;
    }

    @Override
    public void atLarge() {
        live();
        scheduler.moment();
        live();
    }

    @Override
    public void inMedium() {
        live();
        scheduler.moment(host);
        live();
    }

    @Override
    public void kept(Revision revision) {
        trace.line(
                "    %d %s %s by %s, a body of %d bytes with the sum %08x"
                        .formatted(
                                revision.number(),
                                revision.operation(),
                                revision.key(),
                                revision.attribution().actor(),
                                revision.body().length,
                                Arrays.hashCode(revision.body())));
    }

    private void live() {
        if (dead) {
            throw new Crashed();
        }
    }

    private void bootstrap() {
        var served = resources.kinds().byPlural("", "v1", "namespaces").orElseThrow();
        var options =
                new WriteOptions(Attribution.of("slipway"), "slipway", false, Strictness.STRICT);
        for (var name : NAMESPACES) {
            if (resources.find(served, "", name).isEmpty()) {
                resources.create(
                        served,
                        "",
                        Map.of(
                                "apiVersion", "v1",
                                "kind", "Namespace",
                                "metadata", Map.of("name", name)),
                        options);
            }
        }
    }
}
