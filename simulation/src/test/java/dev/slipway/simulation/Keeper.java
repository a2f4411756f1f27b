package dev.slipway.simulation;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who passes the lease around: to the process whose controllers run. The one that had it learns of it later.
final class Keeper implements Actor {
    private final Simulated world;
    private final List<Host> hosts;
    private final Chance chance;

    /// The process that holds the lease.
    private @Nullable Instance holder;

    Keeper(Simulated world, List<Host> hosts) {
        this.world = world;
        this.hosts = hosts;
        this.chance = world.chance().split();
    }

    @Override
    public String name() {
        return "lease";
    }

    @Override
    public int weight() {
        if (serving().isEmpty()) {
            return 0;
        }
        return isHeld() && deposed().isEmpty() ? (world.mishaps().isOn() ? 1 : 0) : 10;
    }

    /// A process learns that it has lost the lease, or one takes it.
    @Override
    public String step() {
        var deposed = deposed();
        if (!deposed.isEmpty() && (isHeld() || chance.oneIn(2))) {
            chance.of(deposed).resign();
            return "a former holder has learned that it is not";
        }
        var epoch = world.medium().nextEpoch();
        var next = chance.of(serving());
        holder = next;
        next.lead(java.util.OptionalLong.of(epoch));
        return "passes to %s, epoch %d".formatted(next.host().name(), epoch);
    }

    @Override
    public Optional<Host> writesThrough() {
        return Optional.empty();
    }

    private boolean isHeld() {
        return holder != null && serving().contains(holder);
    }

    private List<Instance> deposed() {
        return serving().stream().filter(one -> one != holder && one.leads()).toList();
    }

    private List<Instance> serving() {
        return hosts.stream().flatMap(host -> host.serving().stream()).toList();
    }
}
