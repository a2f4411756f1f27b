package dev.slipway.simulation;

import dev.slipway.kernel.store.Broken;
import java.util.List;
import java.util.stream.IntStream;

/// One run: so many steps of clients, watchers, controllers and trouble; then peace, and a look at what came of it.
///
/// Everything is on one thread and from one seed: the same seed gives the same run. In runs of odd seeds one process has
/// the medium to itself, in runs of even ones two share it, and a lease says whose controllers run.
final class Simulation {
    /// In how many steps the controllers have to come to rest once there is peace.
    static final int STEPS_TO_REST = 10_000;

    private static final int CLIENTS = 4;
    private static final int WATCHERS = 4;

    /// What a run came to.
    ///
    /// @param digest of everything that happened, in order
    record Report(long seed, long steps, int revisions, String digest) {}

    private final long seed;
    private final Simulated world;
    private final List<Host> hosts;
    private final List<Client> clients;
    private final List<Watcher> watchers;
    private final Passing passing;

    private Simulation(long seed, Defect defect) {
        this.seed = seed;
        var chance = new Chance(seed);
        var trace = new Trace();
        this.world =
                new Simulated(
                        chance,
                        new SimulatedClock(),
                        trace,
                        new Scheduler(chance.split(), trace),
                        defect.medium(),
                        new Trouble(chance.split()),
                        defect);
        this.hosts =
                seed % 2 == 1
                        ? List.of(new Host("one", world, true))
                        : List.of(new Host("one", world, false), new Host("two", world, false));
        this.passing = new Passing(world, hosts);
        this.clients =
                IntStream.range(0, CLIENTS).mapToObj(i -> new Client(i, world, hosts)).toList();
        this.watchers =
                IntStream.range(0, WATCHERS).mapToObj(i -> new Watcher(i, world, hosts)).toList();
        var scheduler = world.scheduler();
        hosts.forEach(scheduler::add);
        hosts.forEach(host -> scheduler.add(new LogReader(host)));
        hosts.forEach(host -> scheduler.add(new Worker(host)));
        if (hosts.size() > 1) {
            hosts.forEach(host -> scheduler.add(new Follower(host)));
            scheduler.add(new Keeper(world, hosts));
        }
        clients.forEach(scheduler::add);
        watchers.forEach(scheduler::add);
        scheduler.add(passing);
        scheduler.add(new Chaos(world, hosts));
    }

    /// Runs; throws an [AssertionError] that says how to run it again where a rule is broken.
    static Report run(long seed, int steps, Defect defect) {
        var simulation = new Simulation(seed, defect);
        try {
            return simulation.run(steps);
        } catch (Broken e) {
            throw new AssertionError(
                    "%s%nat step %d of seed %d; again: -Dsim.seed=%d -Dsim.steps=%d%n%s"
                            .formatted(
                                    e.getMessage(),
                                    simulation.world.scheduler().steps(),
                                    seed,
                                    seed,
                                    steps,
                                    String.join("\n", simulation.world.trace().last())),
                    e);
        }
    }

    private Report run(int steps) {
        world.mishaps().set(true);
        world.scheduler().interleave(12);
        while (world.scheduler().steps() < steps) {
            world.scheduler().step();
        }
        world.mishaps().set(false);
        clients.forEach(Client::rest);
        var ending = new Ending(world, hosts, passing);
        ending.settle("after the clients have left");
        ending.checkOwners();
        watchers.forEach(Watcher::finish);
        ending.releaseAll();
        ending.settle("after everything was let go");
        ending.checkOwners();
        ending.checkGone();
        ending.restart();
        return new Report(
                seed,
                world.scheduler().steps(),
                world.medium().witness().size(),
                world.trace().digest());
    }
}
