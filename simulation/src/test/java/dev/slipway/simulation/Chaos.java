package dev.slipway.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Kills processes and sets clocks, as long as there is trouble.
final class Chaos implements Actor {
    private final Simulated world;
    private final List<Host> hosts;
    private final Chance chance;

    Chaos(Simulated world, List<Host> hosts) {
        this.world = world;
        this.hosts = hosts;
        this.chance = world.chance().split();
    }

    @Override
    public String name() {
        return "chaos";
    }

    @Override
    public int weight() {
        return world.mishaps().isOn() ? 1 : 0;
    }

    @Override
    public String step() {
        var host = chance.of(hosts);
        if (chance.oneIn(3)) {
            host.crash();
            return host.name() + " crashes";
        }
        if (chance.oneIn(3)) {
            var offBy = Duration.ofMinutes(chance.of(0, 0, -60, 60, -5));
            host.setClock(offBy);
            return host.name() + "'s clock is off by " + offBy;
        }
        return "nothing";
    }

    @Override
    public Optional<Host> writesThrough() {
        return Optional.empty();
    }
}
