package dev.slipway.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Time, which passes in small steps, and sometimes up to when something is due.
final class Passing implements Actor {
    private final Simulated world;
    private final List<Host> hosts;
    private final Chance chance;

    Passing(Simulated world, List<Host> hosts) {
        this.world = world;
        this.hosts = hosts;
        this.chance = world.chance().split();
    }

    @Override
    public String name() {
        return "time";
    }

    @Override
    public int weight() {
        return 3;
    }

    @Override
    public String step() {
        var due = chance.oneIn(10) ? due() : Optional.<Duration>empty();
        var passes = due.orElse(Duration.ofMillis(chance.below(200)));
        world.clock().advance(passes);
        return passes + " pass";
    }

    /// How long until some delayed key is due.
    Optional<Duration> due() {
        return hosts.stream()
                .flatMap(host -> host.serving().stream())
                .flatMap(instance -> instance.controllers().stream())
                .flatMap(controllers -> controllers.patience().stream())
                .min(Comparator.naturalOrder());
    }

    @Override
    public Optional<Host> writesThrough() {
        return Optional.empty();
    }
}
