package dev.slipway.expression;

/// What the evaluations of one object may still cost, in the units of Kubernetes; belongs to one thread.
public final class Meter {
    /// What one evaluation may cost.
    public static final long MAX_CALL = 1_000_000;

    private final long limit;
    private long spent;

    public Meter(long limit) {
        this.limit = limit;
    }

    /// What has been spent by all evaluations so far.
    public long spent() {
        return spent;
    }

    /// Whether more was spent than there was.
    public boolean isExhausted() {
        return spent > limit;
    }

    /// Leaves nothing for what would come.
    public void exhaust() {
        spent = limit + 1;
    }

    void add(long cost) {
        spent += cost;
    }
}
