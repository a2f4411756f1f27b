package dev.slipway.kernel.store;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Lets the past of a store go as its retention says, a little at each step. Steps are taken by one thread at a time;
/// the figures may be read by any.
///
/// For each period of the retention it walks along the log behind the revisions that have just reached that age. Once a
/// day, and after a start, it walks from the beginning, for what was spared then because it was among the last ones.
/// What stays is packed an hour after it was written.
public final class Compactor {
    private static final Duration FULL_SWEEP = Duration.ofDays(1);

    /// How old a revision is before it is packed: what goes soon is not worth it.
    private static final Duration SETTLED = Duration.ofHours(1);

    private final Compactable database;
    private final GroupWriter writer;
    private final Retention retention;
    private final Clock clock;
    private final Map<Duration, Long> reached = new HashMap<>();
    private final LongAdder examined = new LongAdder();
    private final LongAdder removed = new LongAdder();
    private final LongAdder saved = new LongAdder();
    private long packed;
    private Instant begun = Instant.MIN;
    private volatile long swept;

    Compactor(Compactable database, GroupWriter writer, Retention retention, Clock clock) {
        this.database = database;
        this.writer = writer;
        this.retention = retention;
        this.clock = clock;
    }

    /// Looks at some revisions and lets go of some; a write waits for it a few milliseconds at most.
    ///
    /// @return whether there is more to do now
    public boolean step() {
        var now = clock.instant();
        if (begun.isBefore(now.minus(FULL_SWEEP))) {
            begun = now;
            reached.clear();
        }
        for (var period : retention.periods()) {
            if (step(period, now)) {
                return true;
            }
        }
        if (pack(now)) {
            return true;
        }
        swept = now.getEpochSecond();
        return writer.between(database::shrink);
    }

    /// When there was nothing more to let go, in seconds since 1970; 0 where that was not since the start.
    public long swept() {
        return swept;
    }

    /// How many revisions were let go since the start.
    public long removed() {
        return removed.sum();
    }

    /// How many bytes were saved by packing since the start.
    public long saved() {
        return saved.sum();
    }

    /// How many revisions were looked at since the start, each once for each period at least.
    public long examined() {
        return examined.sum();
    }

    private boolean pack(Instant now) {
        var packable = database.packable(SETTLED, packed, now);
        if (!packable.repackings().isEmpty()) {
            saved.add(writer.between(() -> database.pack(packable.repackings())));
        }
        packed = packable.reached();
        return packable.examined() > 0;
    }

    private boolean step(Duration period, Instant now) {
        var findings = database.survey(retention, period, reached.getOrDefault(period, 0L), now);
        if (!findings.removals().isEmpty()) {
            removed.add(writer.between(() -> database.remove(findings.removals())));
        }
        reached.put(period, findings.reached());
        examined.add(findings.examined());
        return findings.examined() > 0 || !findings.removals().isEmpty();
    }
}
