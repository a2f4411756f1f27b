package dev.slipway.simulation;

import dev.slipway.kernel.model.ProblemException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a process runs, dies and is started again; its clock may be wrong.
final class Host implements Actor {
    private final String name;
    private final Simulated world;
    private final boolean alone;
    private Duration skew = Duration.ZERO;
    private @Nullable Instance instance;
    private boolean ready;

    Host(String name, Simulated world, boolean alone) {
        this.alone = alone;
        this.name = name;
        this.world = world;
    }

    /// The process, once it serves.
    Optional<Instance> serving() {
        return ready ? Optional.ofNullable(instance) : Optional.empty();
    }

    /// Notes a process that is being started, which may die of it.
    void beginning(Instance begun) {
        instance = begun;
    }

    /// Everything in memory is gone, at once.
    void crash() {
        if (instance != null) {
            instance.die();
        }
        instance = null;
        ready = false;
    }

    void setClock(Duration offBy) {
        skew = offBy;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int weight() {
        return instance == null ? 20 : 0;
    }

    /// Starts the process as `serve` does; one that cannot start is started again later.
    @Override
    public String step() {
        try {
            instance = new Instance(this, world, world.clock().offBy(() -> skew), alone);
            ready = true;
            return "started";
        } catch (ProblemException e) {
            crash();
            return "cannot start: " + e.problem().message();
        }
    }

    @Override
    public Optional<Host> writesThrough() {
        return Optional.of(this);
    }
}
