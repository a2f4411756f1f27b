package dev.slipway.bench.lab;

import dev.slipway.bench.http.Load;
import dev.slipway.bench.report.Samples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// What all rounds of one server add up to. Used by one thread.
public final class Tally {
    private final List<Samples> rounds = new ArrayList<>();
    private double seconds;
    private Optional<Duration> server = Optional.of(Duration.ZERO);
    private Duration client = Duration.ZERO;

    /// @param spent by the server's processors; empty where nobody counts
    /// @param ours what this process spent
    void add(Load.Run run, Optional<Duration> spent, Duration ours) {
        rounds.add(run.latencies());
        seconds += run.seconds();
        server = server.flatMap(sum -> spent.map(sum::plus));
        client = client.plus(ours);
    }

    public Samples samples() {
        return Samples.merged(rounds);
    }

    public double perSecond() {
        return count() / seconds;
    }

    /// What the server spent on one operation, in microseconds.
    public OptionalDouble cpuMicros() {
        return server.map(sum -> OptionalDouble.of(sum.toNanos() / 1e3 / count()))
                .orElse(OptionalDouble.empty());
    }

    /// What the load client spent on one operation, in microseconds.
    public double clientMicros() {
        return client.toNanos() / 1e3 / count();
    }

    private int count() {
        return rounds.stream().mapToInt(Samples::count).sum();
    }
}
