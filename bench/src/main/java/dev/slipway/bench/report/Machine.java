package dev.slipway.bench.report;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Where the figures come from: they mean little without.
///
/// @param heap of the measured server, as `-Xmx` takes it
/// @param collector of the measured server
/// @param store what keeps its data, without a password
/// @param fdatasync one append of 4 KB made durable on the disk of the data, measured in this run
public record Machine(
        int cores,
        long memoryBytes,
        String system,
        String java,
        String heap,
        String collector,
        String store,
        String disk,
        Samples fdatasync) {
    /// The machine that this process runs on.
    public static Machine here(
            String heap, String collector, String store, String disk, Samples fdatasync) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.version().toString(),
                heap,
                collector,
                store,
                disk,
                fdatasync);
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean
                ? bean.getTotalMemorySize()
                : 0;
    }
}
