package dev.slipway.simulation;

import dev.slipway.control.SteppedControllers;
import java.util.Optional;

/// The controllers' one reader of the log in a process.
record LogReader(Host host) implements Actor {
    @Override
    public String name() {
        return host.name() + " reader";
    }

    @Override
    public int weight() {
        return host.serving()
                        .flatMap(Instance::controllers)
                        .filter(SteppedControllers::behind)
                        .isPresent()
                ? 30
                : 0;
    }

    @Override
    public String step() {
        var controllers = host.serving().flatMap(Instance::controllers).orElseThrow();
        return controllers.read() ? "read" : "could not read";
    }

    /// It writes nothing.
    @Override
    public Optional<Host> writesThrough() {
        return Optional.empty();
    }
}
