package dev.slipway.testbed;

/// A way in which a disk fails.
public enum Fault {
    /// What was written cannot be brought to the disk, once.
    SYNC_FAILS(Call.SYNC, Fault.IO_ERROR, false, false),
    /// From then on nothing can be brought to the disk.
    SYNC_FAILS_FROM_THEN_ON(Call.SYNC, Fault.IO_ERROR, false, true),
    /// Nothing of it is written, once.
    WRITE_FAILS(Call.WRITE, Fault.IO_ERROR, false, false),
    /// Half of it is written, and from then on nothing.
    DISK_IS_FULL(Call.WRITE, Fault.NO_SPACE, true, true),
    /// A file cannot be made shorter or longer, once.
    TRUNCATE_FAILS(Call.TRUNCATE, Fault.IO_ERROR, false, false);

    /// What changes a file, or makes a change last.
    enum Call {
        SYNC,
        WRITE,
        TRUNCATE
    }

    private static final int IO_ERROR = 5;
    private static final int NO_SPACE = 28;

    final Call call;

    /// What the system says.
    final int error;

    /// Whether the first one that fails does half of its work.
    final boolean half;

    /// Whether all after it fail too.
    final boolean lasting;

    Fault(Call call, int error, boolean half, boolean lasting) {
        this.call = call;
        this.error = error;
        this.half = half;
        this.lasting = lasting;
    }

    /// Whether it goes on after the first time.
    public boolean lasts() {
        return lasting;
    }
}
