package dev.slipway.kernel.store;

/// How much may exist: the state is held in memory, and what does not fit would end the process, at each start again.
///
/// @param limit bytes of memory, as [State#bytes()] reckons
record Room(long limit) {
    /// How much more the ending of things may take: conditions that tell how far it has come.
    private static final double RESERVE = 1.1;

    /// From which share of the limit on somebody should know of it.
    private static final double NEARLY = 0.8;

    private static final String ENDING = "metadata.deletionTimestamp";

    /// Whether a commit would take more than there is. What makes the state no larger can always be done, and so can
    /// whatever ends something.
    boolean refuses(Commit commit, StateView before, StateView after) {
        return after.bytes() > limit
                && after.bytes() > before.bytes()
                && !commit.changes().stream().allMatch(change -> ends(change, before, after));
    }

    boolean isNearlyFull(State state) {
        return state.bytes() > NEARLY * limit;
    }

    private boolean ends(Change change, StateView before, StateView after) {
        return after.get(change.key()).map(Room::isEnding).orElse(true)
                && (after.bytes() <= RESERVE * limit
                        || before.get(change.key()).filter(Room::isEnding).isEmpty());
    }

    private static boolean isEnding(StoredObject object) {
        return !object.field(ENDING).isEmpty();
    }
}
