package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out what was, by walking back from the newest revision of a key. Over one connection, for one thread.
final class SqlPast {
    /// From heads back to the first number that is not greater than the wanted one, without touching bodies.
    private static final String WALK =
            """
            WITH RECURSIVE walk(head, number, previous, before) AS (
                %s
                UNION ALL
                SELECT w.head, r.number, r.previous, coalesce(r.kept, r.previous)
                FROM walk w JOIN revision r ON r.number = w.before WHERE w.number > ?)
            """;

    private static final String FROM_ONE =
            WALK.formatted(
                            """
                            SELECT number, number, previous, coalesce(kept, previous)
                            FROM revision WHERE number = ?\
                            """)
                    + "SELECT number, previous FROM walk ORDER BY number LIMIT 2";

    private static final String FROM_KIND =
            WALK.formatted(
                            """
                            SELECT r.number, r.number, r.previous, coalesce(r.kept, r.previous)
                            FROM head h JOIN revision r ON r.number = h.number
                            WHERE h.cluster = ? AND h.api_group = ? AND h.plural = ?\
                            """)
                    + "SELECT number FROM walk WHERE number <= ? ORDER BY number";

    /// Far behind every revision, and still a number of microseconds.
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final SqlReader reader;
    private final PreparedStatement fromOne;
    private final PreparedStatement fromKind;
    private final PreparedStatement timeAt;

    SqlPast(SqlReader reader) throws SQLException {
        this.reader = reader;
        this.fromOne = reader.connection().prepareStatement(FROM_ONE);
        this.fromKind = reader.connection().prepareStatement(FROM_KIND);
        this.timeAt =
                reader.connection()
                        .prepareStatement(
                                "SELECT number, time FROM revision WHERE number <= ? ORDER BY number DESC LIMIT 1");
    }

    List<Revision> history(ResourceKey key, long before, int limit) throws SQLException {
        return reader.bodies()
                .together(
                        List.of(),
                        () -> {
                            var history = new ArrayList<Revision>();
                            var bytes = 0L;
                            var entry = reader.entry(newestUpTo(key, before - 1));
                            while (entry.isPresent()
                                    && history.size() < limit
                                    && (history.size() < 2 || bytes < SqlReader.MAX_BYTES)) {
                                history.add(entry.get().revision());
                                bytes += entry.get().revision().body().length;
                                entry = reader.entry(entry.get().kept());
                            }
                            return history;
                        });
    }

    Optional<Revision> at(ResourceKey key, long number) throws SQLException {
        var steps = steps(reader.head(key), number);
        if (steps.isEmpty() || steps.getFirst().number() > number) {
            refuseCompacted(key, steps, number);
            return Optional.empty();
        }
        var last = steps.getFirst();
        if (steps.size() > 1) {
            refuseSkipped(key, steps.get(1), last, number);
        }
        var found = reader.entry(last.number()).map(Entry::revision);
        if (found.isEmpty()) {
            throw Horizon.expired(number, earliest(key, number));
        }
        return found;
    }

    /// Whatever existed of a kind at a number.
    List<Revision> past(KindKey kind, long number) throws SQLException {
        var found = new ArrayList<Revision>();
        for (var each : numbers(kind, number)) {
            reader.entry(each)
                    .map(Entry::revision)
                    .filter(revision -> revision.operation() != Operation.DELETE)
                    .ifPresent(found::add);
        }
        reader.horizon(kind).refuseState(number);
        return found;
    }

    long numberAt(Instant time) throws SQLException {
        if (time.isBefore(Instant.EPOCH)) {
            return 0;
        }
        var micros = ChronoUnit.MICROS.between(Instant.EPOCH, time.isAfter(LATEST) ? LATEST : time);
        long found = 0;
        long low = 1;
        long high = reader.tip().number();
        while (low <= high) {
            var middle = low + (high - low) / 2;
            var at = timeAt(middle);
            if (at.number() < low) {
                low = middle + 1;
            } else if (at.micros() <= micros) {
                found = at.number();
                low = middle + 1;
            } else {
                high = at.number() - 1;
            }
        }
        return found;
    }

    Instant newestTime() throws SQLException {
        var newest = timeAt(reader.tip().number());
        return newest.number() == 0
                ? Instant.MIN
                : Instant.EPOCH.plus(newest.micros(), ChronoUnit.MICROS);
    }

    private record Step(long number, long previous) {}

    private record Moment(long number, long micros) {}

    /// The last step to a number and the one before it, the last one first.
    private List<Step> steps(long head, long number) throws SQLException {
        fromOne.setLong(1, head);
        fromOne.setLong(2, number);
        var steps = new ArrayList<Step>(2);
        try (var rows = fromOne.executeQuery()) {
            while (rows.next()) {
                steps.add(new Step(rows.getLong(1), rows.getLong(2)));
            }
        }
        return steps;
    }

    private long newestUpTo(ResourceKey key, long number) throws SQLException {
        var head = reader.head(key);
        if (head <= number) {
            return head;
        }
        var steps = steps(head, number);
        return steps.isEmpty() || steps.getFirst().number() > number
                ? 0
                : steps.getFirst().number();
    }

    private List<Long> numbers(KindKey kind, long number) throws SQLException {
        fromKind.setString(1, kind.cluster());
        fromKind.setString(2, kind.group());
        fromKind.setString(3, kind.plural());
        fromKind.setLong(4, number);
        fromKind.setLong(5, number);
        var numbers = new ArrayList<Long>();
        try (var rows = fromKind.executeQuery()) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    private Moment timeAt(long number) throws SQLException {
        timeAt.setLong(1, number);
        try (var rows = timeAt.executeQuery()) {
            return rows.next() ? new Moment(rows.getLong(1), rows.getLong(2)) : new Moment(0, 0);
        }
    }

    /// The walk ended above the wanted number, or there was none: there is nothing, or it is gone. Of a key that was
    /// deleted long ago not even that is known, so whatever its kind has lost may have been this.
    private void refuseCompacted(ResourceKey key, List<Step> steps, long number)
            throws SQLException {
        if (!steps.isEmpty() && steps.getFirst().previous() != 0) {
            throw Horizon.expired(number, earliest(key, number));
        }
        reader.horizon(key.kind()).refuseState(number);
    }

    /// The last step went over compacted revisions, one of which may be the wanted one.
    private void refuseSkipped(ResourceKey key, Step from, Step to, long number)
            throws SQLException {
        if (from.number() > number && from.previous() != to.number()) {
            throw Horizon.expired(number, earliest(key, number));
        }
    }

    private long earliest(ResourceKey key, long number) throws SQLException {
        return Math.max(number + 1, reader.horizon(key.kind()).complete());
    }
}
