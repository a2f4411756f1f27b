package dev.slipway.simulation;

import dev.slipway.kernel.model.ProblemException;
import java.util.Optional;

/// Takes into one process what other processes have written.
record Follower(Host host) implements Actor {
    @Override
    public String name() {
        return host.name() + " follower";
    }

    @Override
    public int weight() {
        return host.serving().filter(Instance::behind).isPresent() ? 15 : 0;
    }

    @Override
    public String step() {
        try {
            host.serving().orElseThrow().catchUp();
            return "caught up";
        } catch (ProblemException e) {
            return "could not follow";
        }
    }

    @Override
    public Optional<Host> writesThrough() {
        return Optional.of(host);
    }
}
