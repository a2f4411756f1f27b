package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// How the rows of the tables become values and back.
final class SqlRows {
    /// The log, and beside each revision the data key of its resource.
    static final String LOG = "revision LEFT JOIN data_key USING (uid)";

    /// The columns of an entry, in the order in which [#entry] reads them; `wrapped` out of [#LOG] may follow.
    static final String ENTRY =
            """
            number, cluster, api_group, plural, namespace, name, uid, operation,
                previous, actor, causes, note, time, batch, digest, body, kept\
            """;

    /// The columns of what exists, in the order in which [#object] reads them.
    static final String OBJECT =
            "cluster, api_group, plural, namespace, name, number, checksum, body";

    private SqlRows() {}

    static void bind(PreparedStatement statement, int at, ResourceKey key) throws SQLException {
        statement.setString(at, key.cluster());
        statement.setString(at + 1, key.group());
        statement.setString(at + 2, key.plural());
        statement.setString(at + 3, key.namespace());
        statement.setString(at + 4, key.name());
    }

    /// As it is stored: of a sealed body the names alone, which is enough to check and to copy it.
    static Entry entry(ResultSet rows) throws SQLException {
        return entry(rows, Vault.locked());
    }

    /// With its body opened, where the data key lies beside it.
    static Entry entry(ResultSet rows, Vault vault) throws SQLException {
        try {
            return parsed(rows, vault);
        } catch (NullPointerException
                | IllegalArgumentException
                | ClassCastException
                | MalformedException e) {
            var damaged =
                    damaged("revision %d of the log cannot be read".formatted(rows.getLong(1)));
            damaged.initCause(e);
            throw damaged;
        }
    }

    /// What exists, with its body as it is stored.
    ///
    /// @param texts what thousands of keys have in common, kept once
    static StoredObject object(ResultSet rows, Map<String, String> texts) throws SQLException {
        var key = headKey(rows, texts);
        var number = rows.getLong(6);
        var stored = rows.getBytes(8);
        if (Entry.checksum(key, number, stored) != rows.getLong(7)) {
            throw damaged("the newest state of %s does not match its checksum".formatted(key));
        }
        return new StoredObject(key, number, stored);
    }

    /// The key of a row of `head`.
    static ResourceKey headKey(ResultSet rows, Map<String, String> texts) throws SQLException {
        try {
            return new ResourceKey(
                    shared(texts, rows.getString(1)),
                    shared(texts, rows.getString(2)),
                    shared(texts, rows.getString(3)),
                    shared(texts, rows.getString(4)),
                    rows.getString(5));
        } catch (NullPointerException | IllegalArgumentException e) {
            var damaged = damaged("the newest state of a resource cannot be read");
            damaged.initCause(e);
            throw damaged;
        }
    }

    static ProblemException damaged(String what) {
        return Problem.of(Reason.INTERNAL_ERROR, "the database is damaged: " + what).exception();
    }

    private static Entry parsed(ResultSet rows, Vault vault) throws SQLException {
        var operation = Operation.valueOf(rows.getString(8));
        var link = rows.getLong(9);
        var key = key(rows, 2);
        var stored = rows.getBytes(16);
        var content = vault.content(key, stored, vault.isLocked() ? null : rows.getBytes(18));
        var revision =
                new Revision(
                        rows.getLong(1),
                        key,
                        rows.getString(7),
                        operation,
                        operation == Operation.CREATE ? 0 : link,
                        Attribution.of(
                                rows.getString(10), causes(rows.getString(11)), rows.getString(12)),
                        Instant.EPOCH.plus(rows.getLong(13), ChronoUnit.MICROS),
                        rows.getLong(14),
                        content.body(),
                        content.seal());
        return new Entry(revision, link, rows.getBytes(15), kept(rows, link), stored);
    }

    private static long kept(ResultSet rows, long link) throws SQLException {
        var kept = rows.getLong(17);
        return rows.wasNull() ? link : kept;
    }

    private static String shared(Map<String, String> texts, String text) {
        return texts.computeIfAbsent(text, _ -> text);
    }

    static ResourceKey key(ResultSet rows, int at) throws SQLException {
        return new ResourceKey(
                rows.getString(at),
                rows.getString(at + 1),
                rows.getString(at + 2),
                rows.getString(at + 3),
                rows.getString(at + 4));
    }

    static List<Long> causes(String text) {
        if (text.equals(Entry.NO_CAUSES)) {
            return List.of();
        }
        return Json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof List<?> list
                ? list.stream().map(Long.class::cast).toList()
                : List.of();
    }
}
