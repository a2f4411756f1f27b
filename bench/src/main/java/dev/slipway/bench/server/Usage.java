package dev.slipway.bench.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What some processes use, as the operating system counts it. Thread-safe.
public final class Usage {
    /// How long to wait at most until they are quiet.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration LOOK = Duration.ofMillis(500);

    /// What a quiet process may spend between two looks.
    private static final Duration QUIET = Duration.ofMillis(30);

    private final List<ProcessHandle> processes;

    private Usage(List<ProcessHandle> processes) {
        this.processes = processes;
    }

    public static Usage of(ProcessHandle process) {
        return new Usage(List.of(process));
    }

    /// Of processes by their numbers; [IllegalArgumentException] where there is no such process.
    public static Usage of(List<Long> numbers) {
        return new Usage(numbers.stream().map(Usage::process).toList());
    }

    /// The processor time so far; empty where nobody counts it.
    public Optional<Duration> cpu() {
        var each = processes.stream().map(one -> one.info().totalCpuDuration()).toList();
        return each.isEmpty() || each.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : Optional.of(
                        each.stream()
                                .flatMap(Optional::stream)
                                .reduce(Duration.ZERO, Duration::plus));
    }

    /// Waits until the processes have nothing left to do of what was asked before: compilers work long after the last
    /// answer, and what they spend would be counted as the next load's.
    public void awaitQuiet() throws IOException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        var before = cpu().orElse(Duration.ZERO);
        for (var busy = true; busy && System.nanoTime() < end; ) {
            pause();
            var now = cpu().orElse(Duration.ZERO);
            busy = now.minus(before).compareTo(QUIET) > 0;
            before = now;
        }
    }

    /// The memory that is resident, in bytes.
    public long residentBytes() throws IOException {
        long bytes = 0;
        for (var process : processes) {
            bytes += residentKilobytes(process.pid()) * 1024;
        }
        return bytes;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static ProcessHandle process(long number) {
        return ProcessHandle.of(number)
                .orElseThrow(() -> new IllegalArgumentException("there is no process " + number));
    }

    private static long residentKilobytes(long number) throws IOException {
        var file = Path.of("/proc", String.valueOf(number), "status");
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        }
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(number)).start();
        return Long.parseLong(
                new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
    }
}
