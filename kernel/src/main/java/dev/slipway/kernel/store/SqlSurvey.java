package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks along the log for revisions that retention lets go, without touching bodies where it can do without. Reads
/// over a connection of its own; for one thread.
///
/// A revision may go once its successor has reached the age of a period. So each one is looked at once for each period,
/// when it has just reached that age, and what went before it is judged then.
final class SqlSurvey implements AutoCloseable {
    /// How many revisions are looked at together.
    static final int EXAMINED = 512;

    /// How many are let go together: each may touch two pages of the file.
    static final int REMOVED = 64;

    private static final String HEADER =
            """
            SELECT number, cluster, api_group, plural, namespace, name, operation,
                coalesce(kept, previous), time
            FROM revision WHERE number\
            """;

    private static final String FLOOR =
            """
            WITH RECURSIVE walk(number, before, place) AS (
                SELECT number, coalesce(kept, previous), 1 FROM revision WHERE number = ?
                UNION ALL
                SELECT r.number, coalesce(r.kept, r.previous), w.place + 1
                FROM walk w JOIN revision r ON r.number = w.before WHERE w.place < ?)
            SELECT count(*), min(number) FROM walk\
            """;

    private final Connection connection;
    private final SqlReader reader;
    private final PreparedStatement log;
    private final PreparedStatement one;
    private final PreparedStatement floor;

    SqlSurvey(Connection connection) throws SQLException {
        this.connection = connection;
        this.reader = new SqlReader(connection, "", Vault.locked());
        this.log = connection.prepareStatement(HEADER + " > ? ORDER BY number LIMIT ?");
        this.one = connection.prepareStatement(HEADER + " = ?");
        this.floor = connection.prepareStatement(FLOOR);
    }

    Compactable.Findings examine(Retention retention, Duration period, long after, Instant now)
            throws SQLException {
        var page = new Page(retention, period);
        var due = ChronoUnit.MICROS.between(Instant.EPOCH, now.minus(period));
        var reached = after;
        var examined = 0;
        for (var header : headers(after)) {
            if (header.micros() > due || !page.judge(header)) {
                break;
            }
            reached = header.number();
            examined++;
        }
        return new Compactable.Findings(page.removals, reached, examined);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// A revision without its body.
    ///
    /// @param before the newest of the same key that is still there before it
    private record Header(
            long number, ResourceKey key, String operation, long before, long micros) {
        boolean is(Operation wanted) {
            return operation.equals(wanted.name());
        }
    }

    private List<Header> headers(long after) throws SQLException {
        log.setLong(1, after);
        log.setInt(2, EXAMINED);
        var headers = new ArrayList<Header>();
        try (var rows = log.executeQuery()) {
            while (rows.next()) {
                headers.add(header(rows));
            }
        }
        return headers;
    }

    private Optional<Header> header(long number) throws SQLException {
        one.setLong(1, number);
        try (var rows = one.executeQuery()) {
            return rows.next() ? Optional.of(header(rows)) : Optional.empty();
        }
    }

    private static Header header(ResultSet rows) throws SQLException {
        return new Header(
                rows.getLong(1),
                SqlRows.key(rows, 2),
                rows.getString(7),
                rows.getLong(8),
                rows.getLong(9));
    }

    /// The oldest of the newest revisions of a key that are kept however old; 0 where there are not even so many.
    private long floor(ResourceKey key, int last) throws SQLException {
        floor.setLong(1, reader.head(key));
        floor.setInt(2, last);
        try (var rows = floor.executeQuery()) {
            rows.next();
            return rows.getInt(1) < last ? 0 : rows.getLong(2);
        }
    }

    /// Whether a revision differs from the one before it in nothing but the status. What is damaged does not: it is
    /// left for whoever repairs it.
    private boolean isStatusOnly(Header header) throws SQLException {
        if (!header.is(Operation.UPDATE)) {
            return false;
        }
        try {
            var now = reader.entry(header.number()).map(Entry::stored);
            var before = reader.entry(header.before()).map(Entry::stored);
            return now.isPresent()
                    && before.isPresent()
                    && StatusOnly.between(before.get(), now.get());
        } catch (ProblemException _) {
            return false;
        }
    }

    /// What one look at the log finds: each removal sees the ones before it.
    private final class Page {
        private final Retention retention;
        private final Duration period;
        private final List<Removal> removals = new ArrayList<>();
        private final Map<Long, Long> relinked = new HashMap<>();
        private final Map<ResourceKey, Long> floors = new HashMap<>();

        Page(Retention retention, Duration period) {
            this.retention = retention;
            this.period = period;
        }

        /// Finds what may go now that a revision has reached the period's age; false where the page is full before all
        /// of it was found.
        boolean judge(Header header) throws SQLException {
            var rule = retention.of(header.key().kind());
            if (isDeletion(header, rule)) {
                return takeBefore(header, header.number(), false) && take(header, 0);
            }
            if (before(header) == 0) {
                return true;
            }
            if (rule.superseded().equals(period)) {
                return takeBefore(header, keepFrom(header.key(), rule), false);
            }
            return !rule.status().equals(period)
                    || takeBefore(header, keepFrom(header.key(), rule), true);
        }

        private boolean isDeletion(Header header, Retention.Rule rule) throws SQLException {
            return header.is(Operation.DELETE)
                    && rule.deleted().equals(period)
                    && reader.head(header.key()) == header.number();
        }

        /// Takes the revisions before a successor one by one, as long as they are older than a number and, where that
        /// is asked for, differ in the status only.
        private boolean takeBefore(Header successor, long from, boolean statusOnly)
                throws SQLException {
            var next = header(before(successor));
            while (next.isPresent() && next.get().number() < from) {
                var header = next.get();
                if (statusOnly && !isStatusOnly(header)) {
                    return true;
                }
                if (!take(header, successor.number())) {
                    return false;
                }
                relinked.put(successor.number(), before(header));
                next = header(before(header));
            }
            return true;
        }

        private boolean take(Header header, long successor) {
            if (removals.size() == REMOVED) {
                return false;
            }
            removals.add(new Removal(header.key(), header.number(), successor));
            return true;
        }

        private long before(Header header) {
            return relinked.getOrDefault(header.number(), header.before());
        }

        private long keepFrom(ResourceKey key, Retention.Rule rule) throws SQLException {
            var known = floors.get(key);
            if (known == null) {
                known = SqlSurvey.this.floor(key, rule.last());
                floors.put(key, known);
            }
            return known;
        }
    }
}
