package dev.slipway.bench.lab;

import com.sun.management.OperatingSystemMXBean;
import dev.slipway.bench.http.Load;
import dev.slipway.bench.server.Target;
import dev.slipway.bench.server.Usage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rounds that servers take in turns, so that all see the same weather: each begins every other round. Used by one
/// thread.
public final class Turns {
    /// What is measured of a round, when all has been made ready for it.
    public interface Run {
        Load.Run run() throws IOException;
    }

    /// Makes ready for a round on one server; what this does is not measured.
    public interface Round {
        Run prepare(Workspace place, int round) throws IOException;
    }

    private final List<Workspace> places;

    public Turns(List<Workspace> places) {
        this.places = List.copyOf(places);
    }

    /// Runs the rounds; returns what each server's add up to.
    public Map<Target, Tally> take(int rounds, Round round) throws IOException {
        Map<Target, Tally> tallies = new LinkedHashMap<>();
        places.forEach(place -> tallies.put(place.target(), new Tally()));
        for (int i = 0; i < rounds; i++) {
            for (var place : order(i)) {
                var tally = tallies.get(place.target());
                if (tally != null) {
                    turn(place, i, round, tally);
                }
            }
        }
        return tallies;
    }

    /// A failure says whose it is.
    private static void turn(Workspace place, int number, Round round, Tally tally)
            throws IOException {
        try {
            measure(round.prepare(place, number), place.target(), tally);
        } catch (IOException e) {
            throw new IOException(place.target().name() + ": " + e.getMessage(), e);
        }
    }

    /// One run on one server, without turns.
    public static Tally alone(Target target, Run run) throws IOException {
        var tally = new Tally();
        measure(run, target, tally);
        return tally;
    }

    private List<Workspace> order(int round) {
        return round % 2 == 0 ? places : new ArrayList<>(places).reversed();
    }

    private static void measure(Run run, Target target, Tally tally) throws IOException {
        var server = target.usage().flatMap(Usage::cpu);
        var client = own();
        var done = run.run();
        var spent = server.flatMap(before -> since(before, target));
        tally.add(done, spent, own().minus(client));
    }

    private static Optional<Duration> since(Duration before, Target target) {
        return target.usage().flatMap(Usage::cpu).map(after -> after.minus(before));
    }

    /// The processor time of this process.
    private static Duration own() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
                ? Duration.ofNanos(Math.max(0, bean.getProcessCpuTime()))
                : Duration.ZERO;
    }
}
