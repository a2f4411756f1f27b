package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// How long the past of each kind is kept.
///
/// @param all the rule for every kind that has none of its own
/// @param kinds the rules of kinds, by plural and group: `leases.coordination.k8s.io`
public record Retention(Rule all, Map<String, Rule> kinds) {
    /// The shortest time that any past is kept: who is a little late with reading still finds it.
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    private static final Rule EVENTS =
            new Rule(Duration.ofHours(1), Duration.ofHours(1), 1, Duration.ofHours(1));
    private static final Rule LEASES =
            new Rule(Duration.ofMinutes(5), Duration.ofMinutes(5), 1, Duration.ofHours(1));

    /// How long the past of a kind is kept, counted from when a newer revision took its place.
    ///
    /// @param status for a revision that changed nothing but the status
    /// @param superseded for any other revision
    /// @param last how many of a key's newest revisions are kept however old they are
    /// @param deleted for all that is left of a deleted key
    public record Rule(Duration status, Duration superseded, int last, Duration deleted) {
        public Rule {
            atLeastShortest("status", status);
            atLeastShortest("superseded", superseded);
            atLeastShortest("deleted", deleted);
            if (last < 1) {
                throw new IllegalArgumentException("last must be at least 1: %d".formatted(last));
            }
        }

        private static void atLeastShortest(String name, Duration period) {
            if (period.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException(
                        "%s must be at least a minute: %s".formatted(name, period));
            }
        }
    }

    public Retention {
        kinds = Map.copyOf(kinds);
    }

    /// Events an hour; leases the last one; status 7 days; all else 90 days and always the last 10.
    public static Retention defaults() {
        return new Retention(
                new Rule(Duration.ofDays(7), Duration.ofDays(90), 10, Duration.ofDays(90)),
                Map.of(
                        "events", EVENTS,
                        "events.events.k8s.io", EVENTS,
                        "leases.coordination.k8s.io", LEASES));
    }

    /// The rule of a kind, which is the same in all clusters.
    public Rule of(KindKey kind) {
        return kinds.getOrDefault(kind.groupResource(), all);
    }

    /// Every period that some rule names, the shortest first.
    SortedSet<Duration> periods() {
        var periods = new TreeSet<Duration>();
        add(periods, all);
        kinds.values().forEach(rule -> add(periods, rule));
        return periods;
    }

    private static void add(SortedSet<Duration> periods, Rule rule) {
        periods.add(rule.status());
        periods.add(rule.superseded());
        periods.add(rule.deleted());
    }
}
