package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.store.SqlHeaders.Header;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Looks along the log for revisions that retention lets go, without touching bodies where it can do without. Reads
/// over a connection of its own; for one thread.
///
/// A revision may go once its successor has reached the age of a period. So each one is looked at once for each period,
/// when it has just reached that age, and what went before it is judged then.
final class SqlSurvey implements AutoCloseable {
    /// How many are let go together: each may touch two pages of the file.
    static final int REMOVED = 64;

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
    private final SqlHeaders headers;

    /// They grow with the log, so that an old one only keeps a little more: for a minute.
    private final Map<ResourceKey, Long> floors = new Floors();

    private Instant forgotten = Instant.EPOCH;

    private final PreparedStatement floor;

    /// The floors that were asked for last.
    private static final class Floors extends LinkedHashMap<ResourceKey, Long> {
        private static final long serialVersionUID = 1L;
        private static final int MOST = 16_384;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ResourceKey, Long> eldest) {
            return size() > MOST;
        }
    }

    SqlSurvey(Connection connection) throws SQLException {
        this.connection = connection;
        this.reader = new SqlReader(connection, "", Vault.locked());
        this.headers = new SqlHeaders(connection);
        this.floor = connection.prepareStatement(FLOOR);
    }

    Compactable.Findings examine(Retention retention, Duration period, long after, Instant now)
            throws SQLException {
        if (Duration.between(forgotten, now).compareTo(Retention.SHORTEST) > 0) {
            floors.clear();
            forgotten = now;
        }
        var page = new Page(retention, period);
        var reached = after;
        var examined = 0;
        for (var header : headers.after(after)) {
            if (!header.isOlder(period, now) || !page.judge(header)) {
                break;
            }
            reached = header.number();
            examined++;
        }
        return new Compactable.Findings(page.removals, reached, examined);
    }

    Compactable.Packable packable(Duration age, long after, Instant now) throws SQLException {
        return new SqlPackables(reader, headers).find(age, after, now);
    }

    /// Ends the transaction, where one look is one, so that the next one sees what is there then.
    void done() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
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
            var next = headers.at(before(successor));
            while (next.isPresent() && next.get().number() < from) {
                var header = next.get();
                if (statusOnly && !isStatusOnly(header)) {
                    return true;
                }
                if (!take(header, successor.number())) {
                    return false;
                }
                relinked.put(successor.number(), before(header));
                next = headers.at(before(header));
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
