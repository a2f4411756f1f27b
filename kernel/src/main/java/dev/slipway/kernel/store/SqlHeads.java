package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Finds the newest numbers of many keys: one after the other in a file, in one query where a server has to be asked.
/// Over one connection, for one thread.
final class SqlHeads {
    private static final String TOGETHER =
            """
            SELECT h.cluster, h.api_group, h.plural, h.namespace, h.name, h.number
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                AS k(cluster, api_group, plural, namespace, name)
            JOIN head h ON h.cluster = k.cluster AND h.api_group = k.api_group
                AND h.plural = k.plural AND h.namespace = k.namespace AND h.name = k.name\
            """;

    private static final List<Function<ResourceKey, String>> COLUMNS =
            List.of(
                    ResourceKey::cluster,
                    ResourceKey::group,
                    ResourceKey::plural,
                    ResourceKey::namespace,
                    ResourceKey::name);

    private final SqlReader reader;
    private final SqlTables tables;

    SqlHeads(SqlReader reader, SqlTables tables) {
        this.reader = reader;
        this.tables = tables;
    }

    /// The newest number of each key, also of one that was deleted; a key that never was is left out.
    Map<ResourceKey, Long> of(Collection<ResourceKey> keys) throws SQLException {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return switch (tables) {
            case SQLITE -> oneByOne(keys);
            case POSTGRES -> together(keys);
        };
    }

    private Map<ResourceKey, Long> oneByOne(Collection<ResourceKey> keys) throws SQLException {
        var heads = new HashMap<ResourceKey, Long>();
        for (var key : keys) {
            var number = reader.head(key);
            if (number != 0) {
                heads.put(key, number);
            }
        }
        return heads;
    }

    private Map<ResourceKey, Long> together(Collection<ResourceKey> keys) throws SQLException {
        try (var query = reader.connection().prepareStatement(TOGETHER)) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                bind(query, i, keys);
            }
            var heads = new HashMap<ResourceKey, Long>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    heads.put(SqlRows.key(rows, 1), rows.getLong(6));
                }
            }
            return heads;
        }
    }

    private static void bind(PreparedStatement query, int column, Collection<ResourceKey> keys)
            throws SQLException {
        var texts = keys.stream().map(COLUMNS.get(column)).toArray(String[]::new);
        query.setArray(column + 1, query.getConnection().createArrayOf("text", texts));
    }
}
