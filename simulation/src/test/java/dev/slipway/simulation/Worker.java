package dev.slipway.simulation;

import dev.slipway.control.SteppedControllers;
import java.time.Duration;
import java.util.Optional;

/// The turns that controllers take in a process, some of them at once.
record Worker(Host host) implements Actor {
    @Override
    public String name() {
        return host.name() + " controllers";
    }

    @Override
    public int weight() {
        return host.serving().filter(Worker::hasWork).isPresent() ? 30 : 0;
    }

    static boolean hasWork(Instance instance) {
        return instance.controllers().filter(Worker::hasWork).isPresent();
    }

    private static boolean hasWork(SteppedControllers controllers) {
        return !controllers.idle() || controllers.patience().filter(Duration::isZero).isPresent();
    }

    @Override
    public String step() {
        return host.serving().flatMap(Instance::controllers).orElseThrow().work().orElse("nothing");
    }

    @Override
    public Optional<Host> writesThrough() {
        return Optional.of(host);
    }

    @Override
    public int breadth() {
        return 3;
    }
}
