package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads revisions without their bodies. Over one connection, for one thread.
final class SqlHeaders {
    /// How many are read together.
    static final int PAGE = 512;

    private static final String HEADER =
            """
            SELECT number, cluster, api_group, plural, namespace, name, operation,
                coalesce(kept, previous), time
            FROM revision WHERE number\
            """;

    private final PreparedStatement log;
    private final PreparedStatement one;

    /// A revision without its body.
    ///
    /// @param before the newest of the same key that is still there before it; 0 for none
    record Header(long number, ResourceKey key, String operation, long before, long micros) {
        boolean is(Operation wanted) {
            return operation.equals(wanted.name());
        }

        boolean isOlder(Duration period, Instant now) {
            return micros <= ChronoUnit.MICROS.between(Instant.EPOCH, now.minus(period));
        }
    }

    SqlHeaders(Connection connection) throws SQLException {
        this.log = connection.prepareStatement(HEADER + " > ? ORDER BY number LIMIT " + PAGE);
        this.one = connection.prepareStatement(HEADER + " = ?");
    }

    List<Header> after(long number) throws SQLException {
        log.setLong(1, number);
        var headers = new ArrayList<Header>();
        try (var rows = log.executeQuery()) {
            while (rows.next()) {
                headers.add(header(rows));
            }
        }
        return headers;
    }

    Optional<Header> at(long number) throws SQLException {
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
}
