package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The log of a file of layout 1, read from its beginning and believed only where its digests hold. For one thread.
///
/// That layout knew neither holes nor sealed bodies: what is confidential is found out here, by kind.
final class FormerLog implements AutoCloseable {
    /// The layout that is read.
    static final int LAYOUT = 1;

    private static final KindKey SECRETS = KindKey.of("", "secrets");
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final Connection connection;
    private final PreparedStatement log;
    private final Set<KindKey> confidential;
    private byte[] digest = Entry.GENESIS;
    private long last;

    static FormerLog open(SqliteFile file) throws SQLException {
        var connection = file.reader();
        try {
            return new FormerLog(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private FormerLog(Connection connection) throws SQLException {
        this.connection = connection;
        this.log =
                connection.prepareStatement(
                        "SELECT "
                                + SqlRows.ENTRY.replace("kept", "NULL")
                                + " FROM revision WHERE number > ? ORDER BY number LIMIT ?");
        this.confidential = confidential();
    }

    /// The number of the newest revision.
    long newest() throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT max(number) FROM revision")) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// The next revisions, as they are to be written; nothing at the end.
    List<Revision> next(int limit) throws SQLException {
        log.setLong(1, last);
        log.setInt(2, limit);
        var revisions = new ArrayList<Revision>();
        try (var rows = log.executeQuery()) {
            while (rows.next()) {
                revisions.add(taken(SqlRows.entry(rows)));
            }
        }
        return revisions;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private Revision taken(Entry entry) {
        var number = entry.revision().number();
        if (number != last + 1) {
            throw SqlRows.damaged("revision %d is missing in the log".formatted(last + 1));
        }
        if (!entry.follows(digest)) {
            throw SqlRows.damaged(
                    "revision %d of the log does not match its digest".formatted(number));
        }
        last = number;
        digest = entry.digest();
        return confidential.contains(entry.revision().key().kind())
                ? sealed(entry.revision())
                : entry.revision();
    }

    private static Revision sealed(Revision revision) {
        var deleted = revision.operation() == Operation.DELETE;
        return new Revision(
                revision.number(),
                revision.key(),
                revision.uid(),
                revision.operation(),
                revision.previous(),
                revision.attribution(),
                revision.time(),
                revision.batch(),
                deleted ? withoutContent(revision.body()) : revision.body(),
                deleted ? Seal.OPEN : Seal.SEALED);
    }

    /// The names and the metadata, but for what clients keep of the content in it.
    private static byte[] withoutContent(byte[] body) {
        var tree = Json.readObject(body);
        tree.keySet().retainAll(Set.of("apiVersion", "kind", "metadata"));
        var metadata = Json.child(tree, "metadata");
        metadata.remove("managedFields");
        var annotations = new LinkedHashMap<>(Json.object(metadata, "annotations"));
        if (annotations.remove(LAST_APPLIED) != null) {
            metadata.put("annotations", annotations);
        }
        return Json.write(tree);
    }

    /// Secrets, and every kind that was ever defined with a field of the format `password`.
    private Set<KindKey> confidential() throws SQLException {
        var kinds = new HashSet<KindKey>(Set.of(SECRETS));
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT body FROM revision WHERE api_group = 'apiextensions.k8s.io'
                                    AND plural = 'customresourcedefinitions'\
                                """)) {
            while (rows.next()) {
                var spec = Json.object(Json.readObject(rows.getBytes(1)), "spec");
                if (hasPassword(spec)) {
                    kinds.add(
                            KindKey.of(
                                    Json.string(spec, "group"),
                                    Json.string(Json.object(spec, "names"), "plural")));
                }
            }
        }
        return kinds;
    }

    private static boolean hasPassword(Object value) {
        return switch (value) {
            case Map<?, ?> map ->
                    "password".equals(map.get("format"))
                            || map.values().stream().anyMatch(FormerLog::holdsPassword);
            case List<?> list -> list.stream().anyMatch(FormerLog::holdsPassword);
            default -> false;
        };
    }

    private static boolean holdsPassword(@Nullable Object value) {
        return value != null && hasPassword(value);
    }
}
