package dev.slipway.kernel.store;

/// The bounds of a store.
///
/// @param tailEvents how many of the newest events are kept in memory for watches; who is later reads the log
/// @param tailBytes how many bytes the bodies of those events may hold together
/// @param queuedCommits how many commits may wait for the writer before more are refused
/// @param groupChanges how many changes are gathered into one write to the disk
/// @param stateBytes how much memory everything that exists may take, as [State#bytes()] reckons; what would make it
///     grow beyond is refused
public record StoreSettings(
        int tailEvents, long tailBytes, int queuedCommits, int groupChanges, long stateBytes) {
    public StoreSettings {
        positive("tailEvents", tailEvents);
        positive("tailBytes", tailBytes);
        positive("queuedCommits", queuedCommits);
        positive("groupChanges", groupChanges);
        positive("stateBytes", stateBytes);
    }

    /// 8,192 events or 32 MiB for watches, 4,096 waiting commits, 1,024 changes in a group, 512 MiB of state.
    public static StoreSettings defaults() {
        return new StoreSettings(8_192, 32 * 1024 * 1024, 4_096, 1_024, 512 * 1024 * 1024);
    }

    /// A copy with another bound on the events kept for watches.
    public StoreSettings withTailEvents(int tailEvents) {
        return new StoreSettings(tailEvents, tailBytes, queuedCommits, groupChanges, stateBytes);
    }

    /// A copy with another bound on everything that exists.
    public StoreSettings withStateBytes(long stateBytes) {
        return new StoreSettings(tailEvents, tailBytes, queuedCommits, groupChanges, stateBytes);
    }

    private static void positive(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("%s must be positive: %d".formatted(name, value));
        }
    }
}
