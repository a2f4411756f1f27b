package dev.slipway.cluster.network;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was recommended to autoscalers of late, and what they made of it: pace only, which is why it is kept in memory
/// and a restart begins anew. Safe to use from any thread.
final class Recommendations {
    /// How many autoscalers are remembered; those longest forgotten go first.
    static final int MAX_REMEMBERED = 2_000;

    /// How many recommendations and changes of one are remembered.
    static final int MAX_EACH = 200;

    /// For how long anything counts, which is the longest window that an autoscaler may have.
    private static final Duration LONGEST = Duration.ofHours(1);

    /// A number of pods that was recommended.
    ///
    /// @param until when something else was; empty as long as it is
    private record Recommended(long pods, Optional<Instant> until) {
        boolean isWithin(Duration window, Instant now) {
            return until.filter(end -> !end.plus(window).isAfter(now)).isEmpty();
        }
    }

    private record Changed(long by, Instant at) {}

    private record Memory(List<Recommended> recommended, List<Changed> changed) {}

    private final Map<String, Memory> memories =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Memory> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    /// Notes what is recommended now; the first time, what there is counts as recommended until now.
    synchronized void recommend(String uid, long there, long pods, Instant now) {
        var memory = memory(uid);
        var known = memory.recommended();
        if (known.isEmpty()) {
            known.add(new Recommended(there, Optional.of(now)));
        }
        var last = known.getLast();
        if (last.until().isEmpty() && last.pods() == pods) {
            return;
        }
        if (last.until().isEmpty()) {
            known.set(known.size() - 1, new Recommended(last.pods(), Optional.of(now)));
        }
        known.add(new Recommended(pods, Optional.empty()));
        known.removeIf(one -> !one.isWithin(LONGEST, now));
        trim(known);
    }

    /// The highest that was recommended within a window.
    synchronized long highest(String uid, Duration window, Instant now, long otherwise) {
        return memory(uid).recommended().stream()
                .filter(one -> one.isWithin(window, now))
                .mapToLong(Recommended::pods)
                .max()
                .orElse(otherwise);
    }

    /// The lowest that was recommended within a window.
    synchronized long lowest(String uid, Duration window, Instant now, long otherwise) {
        return memory(uid).recommended().stream()
                .filter(one -> one.isWithin(window, now))
                .mapToLong(Recommended::pods)
                .min()
                .orElse(otherwise);
    }

    /// When the next recommendation leaves a window.
    synchronized Optional<Duration> untilNext(String uid, Duration window, Instant now) {
        return memory(uid).recommended().stream()
                .flatMap(one -> one.until().stream())
                .map(end -> Duration.between(now, end.plus(window)))
                .filter(Duration::isPositive)
                .min(Duration::compareTo);
    }

    /// Notes that a target was given so many pods more, or fewer.
    synchronized void changed(String uid, long by, Instant now) {
        var changed = memory(uid).changed();
        changed.removeIf(one -> !one.at().plus(LONGEST).isAfter(now));
        changed.add(new Changed(by, now));
        trim(changed);
    }

    /// How many pods were added, or with `up` false taken, within a period.
    synchronized long moved(String uid, boolean up, Duration period, Instant now) {
        return memory(uid).changed().stream()
                .filter(one -> one.at().plus(period).isAfter(now) && one.by() > 0 == up)
                .mapToLong(one -> Math.abs(one.by()))
                .sum();
    }

    private Memory memory(String uid) {
        return memories.computeIfAbsent(uid, _ -> new Memory(new ArrayList<>(), new ArrayList<>()));
    }

    private static void trim(List<?> list) {
        while (list.size() > MAX_EACH) {
            list.removeFirst();
        }
    }
}
