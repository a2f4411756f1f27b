package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/// Reads the log and its heads over one connection, and believes nothing that does not match its digest. For one
/// thread.
final class SqlReader implements AutoCloseable {
    /// The newest number with its digest, and the epoch of the lease.
    record Tip(long number, byte[] digest, long epoch) {}

    private static final String EVERYTHING =
            "SELECT " + SqlRows.OBJECT + " FROM head WHERE body IS NOT NULL";

    /// How many rows of the state are asked for at once, where a server holds them.
    private static final int FETCHED = 256;

    /// How many rows of the log are asked for at once, where a server holds them.
    private static final int ENTRIES_FETCHED = 16;

    /// How many bytes the bodies of a page have before it ends.
    static final long MAX_BYTES = 8 << 20;

    /// How many resources that cannot be read are named in the log of the process.
    private static final int TOLD = 20;

    private static final Logger LOG = System.getLogger(SqlReader.class.getName());

    private final Connection connection;
    private final Vault vault;
    private final SqlBodies bodies;
    private final PreparedStatement tip;
    private final PreparedStatement log;
    private final PreparedStatement hole;
    private final PreparedStatement holes;
    private final PreparedStatement head;
    private final PreparedStatement digest;
    private final PreparedStatement horizon;
    private final PreparedStatement horizons;

    /// @param lock what the query for the tip ends with
    SqlReader(Connection connection, String lock, Vault vault) throws SQLException {
        this.connection = connection;
        this.vault = vault;
        this.bodies = new SqlBodies(connection);
        this.tip = connection.prepareStatement("SELECT number, digest, epoch FROM tip" + lock);
        this.log =
                connection.prepareStatement(
                        "SELECT "
                                + SqlRows.ENTRY
                                + ", wrapped FROM "
                                + SqlRows.LOG
                                + " WHERE number >= ? ORDER BY number LIMIT ?");
        this.hole = connection.prepareStatement("SELECT first, digest FROM hole WHERE last = ?");
        this.holes =
                connection.prepareStatement(
                        "SELECT first, last, digest FROM hole WHERE last BETWEEN ? AND ? ORDER BY last");
        this.head =
                connection.prepareStatement(
                        """
                        SELECT number FROM head WHERE cluster = ? AND api_group = ? AND plural = ?
                            AND namespace = ? AND name = ?\
                        """);
        this.digest = connection.prepareStatement("SELECT digest FROM revision WHERE number = ?");
        this.horizon =
                connection.prepareStatement(
                        """
                        SELECT max(removed), max(complete) FROM horizon
                        WHERE plural = '' OR (cluster = ? AND api_group = ? AND plural = ?)\
                        """);
        this.horizons =
                connection.prepareStatement("SELECT max(removed), max(complete) FROM horizon");
    }

    SqlBodies bodies() {
        return bodies;
    }

    Connection connection() {
        return connection;
    }

    Tip tip() throws SQLException {
        try (var rows = tip.executeQuery()) {
            if (!rows.next()) {
                throw SqlRows.damaged("the row that names the newest revision is missing");
            }
            return new Tip(rows.getLong(1), rows.getBytes(2), rows.getLong(3));
        }
    }

    /// The entries after a number, oldest first; compacted ones are left out. Fewer than the limit where they are large:
    /// only an empty list says that there are no more.
    List<Entry> entries(long after, int limit) throws SQLException {
        var read = read(after, limit);
        return read.isEmpty() ? List.of() : bodies.together(read, () -> checked(read, after));
    }

    private List<Entry> checked(List<Entry> read, long after) throws SQLException {
        var chain = new Chain(this, after, read.getLast().revision().number());
        var entries = new ArrayList<Entry>(read.size());
        var bytes = 0L;
        for (int i = 0; i < read.size() && bytes < MAX_BYTES; i++) {
            var entry = bodies.unpacked(read.get(i));
            if (entry.revision().number() == after) {
                chain.begin(entry);
            } else {
                chain.next(entry);
                entries.add(entry);
                bytes += entry.revision().body().length;
            }
        }
        return entries;
    }

    /// As they lie there, and before them the one that they follow, where that is still there.
    private List<Entry> read(long after, int limit) throws SQLException {
        log.setLong(1, after);
        log.setLong(2, limit + 1L);
        log.setFetchSize(ENTRIES_FETCHED);
        var read = new ArrayList<Entry>();
        var bytes = 0L;
        try (var rows = log.executeQuery()) {
            while (bytes < MAX_BYTES && rows.next()) {
                var entry = SqlRows.entry(rows, vault);
                read.add(entry);
                bytes += entry.revision().number() == after ? 0 : entry.stored().length;
            }
        }
        if (read.size() > limit && read.getFirst().revision().number() != after) {
            read.removeLast();
        }
        return read;
    }

    Optional<Entry> entry(long number) throws SQLException {
        return number < 1
                ? Optional.empty()
                : entries(number - 1, 1).stream()
                        .filter(entry -> entry.revision().number() == number)
                        .findFirst();
    }

    /// The compacted numbers that end with this one, where there are such.
    Optional<Hole> hole(long last) throws SQLException {
        hole.setLong(1, last);
        try (var rows = hole.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Hole(rows.getLong(1), last, rows.getBytes(2)))
                    : Optional.empty();
        }
    }

    /// The number of the newest revision of the same key that is still there before one; 0 for none.
    long before(long number) throws SQLException {
        try (var query =
                connection.prepareStatement(
                        "SELECT coalesce(kept, previous) FROM revision WHERE number = ?")) {
            query.setLong(1, number);
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    /// The newest number of a key, also of one that was deleted; 0 for one that never was.
    long head(ResourceKey key) throws SQLException {
        SqlRows.bind(head, 1, key);
        try (var rows = head.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// The digest of a revision, where that is still there.
    Optional<byte[]> digest(long number) throws SQLException {
        digest.setLong(1, number);
        try (var rows = digest.executeQuery()) {
            return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
        }
    }

    Horizon horizon(KindKey kind) throws SQLException {
        horizon.setString(1, kind.cluster());
        horizon.setString(2, kind.group());
        horizon.setString(3, kind.plural());
        return horizon(horizon);
    }

    Horizon horizon() throws SQLException {
        return horizon(horizons);
    }

    /// How far compaction has come with each kind that it has touched.
    Map<KindKey, Horizon> horizons() throws SQLException {
        var found = new LinkedHashMap<KindKey, Horizon>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT cluster, api_group, plural, removed, complete FROM horizon")) {
            while (rows.next()) {
                found.put(
                        new KindKey(rows.getString(1), rows.getString(2), rows.getString(3)),
                        new Horizon(rows.getLong(4), rows.getLong(5)));
            }
        }
        return found;
    }

    /// All that stands for compacted revisions, in their order.
    List<Hole> holes() throws SQLException {
        return holes(0, Long.MAX_VALUE);
    }

    /// What of that ends between two numbers.
    List<Hole> holes(long from, long to) throws SQLException {
        var found = new ArrayList<Hole>();
        holes.setLong(1, from);
        holes.setLong(2, to);
        try (var rows = holes.executeQuery()) {
            while (rows.next()) {
                found.add(new Hole(rows.getLong(1), rows.getLong(2), rows.getBytes(3)));
            }
        }
        return found;
    }

    /// Everything that exists.
    StateView state() throws SQLException {
        var objects = new ArrayList<StoredObject>();
        var texts = new HashMap<String, String>();
        try (var all = connection.prepareStatement(EVERYTHING)) {
            all.setFetchSize(FETCHED);
            try (var rows = all.executeQuery()) {
                while (rows.next()) {
                    objects.add(SqlRows.object(rows, texts));
                }
            }
        }
        return StateView.of(tip().number(), opened(objects, dataKeys()));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /// On all processors, because ten thousand sealed bodies would delay a start that has not warmed up yet.
    private List<StoredObject> opened(List<StoredObject> stored, Map<String, byte[]> keys) {
        Queue<ResourceKey> unreadable = new ConcurrentLinkedQueue<>();
        var opened =
                stored.parallelStream()
                        .map(object ->
                                vault.opened(object, keys)
                                        .orElseGet(() -> {
                                            unreadable.add(object.key());
                                            return Remains.unreadable(object);
                                        }))
                        .toList();
        tell(unreadable);
        return opened;
    }

    private static void tell(Queue<ResourceKey> unreadable) {
        if (!unreadable.isEmpty()) {
            LOG.log(
                    Level.ERROR,
                    "the content of {0} resources cannot be read, because their data keys are missing or damaged: {1}; what else exists is served, slipway doctor names all",
                    unreadable.size(),
                    unreadable.stream()
                            .map(ResourceKey::toString)
                            .sorted()
                            .limit(TOLD)
                            .collect(Collectors.joining(", ")));
        }
    }

    /// The wrapped data keys by the uid of their resource.
    Map<String, byte[]> dataKeys() throws SQLException {
        var keys = new HashMap<String, byte[]>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT uid, wrapped FROM data_key")) {
            while (rows.next()) {
                keys.put(rows.getString(1), rows.getBytes(2));
            }
        }
        return keys;
    }

    private static Horizon horizon(PreparedStatement query) throws SQLException {
        try (ResultSet rows = query.executeQuery()) {
            return rows.next() ? new Horizon(rows.getLong(1), rows.getLong(2)) : Horizon.NONE;
        }
    }
}
