package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads both tables over one connection, and believes nothing that does not match its digest. For one thread.
final class SqliteReader implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement log;
    private final PreparedStatement head;

    SqliteReader(Connection connection) throws SQLException {
        this.connection = connection;
        this.log =
                connection.prepareStatement(
                        """
                        SELECT number, cluster, api_group, plural, namespace, name, uid, operation,
                            previous, actor, causes, note, time, batch, digest, body
                        FROM revision WHERE number >= ? ORDER BY number LIMIT ?\
                        """);
        this.head =
                connection.prepareStatement(
                        """
                        SELECT number FROM head WHERE cluster = ? AND api_group = ? AND plural = ?
                            AND namespace = ? AND name = ?\
                        """);
    }

    /// The entries after a number, oldest first.
    List<Entry> entries(long after, int limit) throws SQLException {
        log.setLong(1, after);
        log.setLong(2, limit + (after == 0 ? 0L : 1L));
        try (var rows = log.executeQuery()) {
            var before = after == 0 ? Entry.GENESIS : digestOf(rows, after);
            var entries = new ArrayList<Entry>();
            while (before.length > 0 && rows.next()) {
                var entry = entry(rows);
                refuseDamage(entry, after + entries.size() + 1, before);
                entries.add(entry);
                before = entry.digest();
            }
            return entries;
        }
    }

    Optional<Entry> entry(long number) throws SQLException {
        return number < 1 ? Optional.empty() : entries(number - 1, 1).stream().findFirst();
    }

    /// The newest number of a key, also of one that was deleted; 0 for one that never was.
    long head(ResourceKey key) throws SQLException {
        bind(head, 1, key);
        try (var rows = head.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    long newest() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT max(number) FROM revision")) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// Everything that exists.
    StateView state() throws SQLException {
        var objects = new ArrayList<StoredObject>();
        var texts = new HashMap<String, String>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT cluster, api_group, plural, namespace, name, number, checksum, body
                                FROM head WHERE body IS NOT NULL\
                                """)) {
            while (rows.next()) {
                objects.add(object(rows, texts));
            }
        }
        return StateView.of(newest(), objects);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    static void bind(PreparedStatement statement, int at, ResourceKey key) throws SQLException {
        statement.setString(at, key.cluster());
        statement.setString(at + 1, key.group());
        statement.setString(at + 2, key.plural());
        statement.setString(at + 3, key.namespace());
        statement.setString(at + 4, key.name());
    }

    /// The digest of the row that the wanted ones follow; nothing where there is no such row and none follows.
    private static byte[] digestOf(ResultSet rows, long number) throws SQLException {
        if (!rows.next()) {
            return new byte[0];
        }
        if (rows.getLong(1) != number) {
            throw damaged("revision %d is missing in the log".formatted(number));
        }
        return rows.getBytes(15);
    }

    private static Entry entry(ResultSet rows) throws SQLException {
        try {
            return parsed(rows);
        } catch (IllegalArgumentException | ClassCastException | MalformedException e) {
            var damaged =
                    damaged("revision %d of the log cannot be read".formatted(rows.getLong(1)));
            damaged.initCause(e);
            throw damaged;
        }
    }

    private static Entry parsed(ResultSet rows) throws SQLException {
        var operation = Operation.valueOf(rows.getString(8));
        var link = rows.getLong(9);
        var revision =
                new Revision(
                        rows.getLong(1),
                        key(rows, 2),
                        rows.getString(7),
                        operation,
                        operation == Operation.CREATE ? 0 : link,
                        new Attribution(
                                rows.getString(10), causes(rows.getString(11)), rows.getString(12)),
                        Instant.EPOCH.plus(rows.getLong(13), ChronoUnit.MICROS),
                        rows.getLong(14),
                        rows.getBytes(16));
        return new Entry(revision, link, rows.getBytes(15));
    }

    private static StoredObject object(ResultSet rows, Map<String, String> texts)
            throws SQLException {
        var key =
                new ResourceKey(
                        shared(texts, rows.getString(1)),
                        shared(texts, rows.getString(2)),
                        shared(texts, rows.getString(3)),
                        shared(texts, rows.getString(4)),
                        rows.getString(5));
        var object = new StoredObject(key, rows.getLong(6), rows.getBytes(8));
        if (Entry.checksum(key, object.revision(), object.body()) != rows.getLong(7)) {
            throw damaged("the newest state of %s does not match its checksum".formatted(key));
        }
        return object;
    }

    /// The texts that thousands of keys have in common are kept once.
    private static String shared(Map<String, String> texts, String text) {
        return texts.computeIfAbsent(text, _ -> text);
    }

    private static ResourceKey key(ResultSet rows, int at) throws SQLException {
        return new ResourceKey(
                rows.getString(at),
                rows.getString(at + 1),
                rows.getString(at + 2),
                rows.getString(at + 3),
                rows.getString(at + 4));
    }

    private static List<Long> causes(String text) {
        if (text.equals(Entry.NO_CAUSES)) {
            return List.of();
        }
        return Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof List<?> list
                ? list.stream().map(Long.class::cast).toList()
                : List.of();
    }

    private static void refuseDamage(Entry entry, long expected, byte[] before) {
        if (entry.revision().number() != expected) {
            throw damaged("revision %d is missing in the log".formatted(expected));
        }
        if (!entry.follows(before)) {
            throw damaged("revision %d of the log does not match its digest".formatted(expected));
        }
    }

    private static ProblemException damaged(String what) {
        return Problem.of(Reason.INTERNAL_ERROR, "the database is damaged: " + what).exception();
    }
}
