package dev.slipway.kernel.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Follows the digests from entry to entry, over holes too, and refuses what does not fit. For one thread.
final class Chain {
    private final SqlReader reader;
    private long number;

    /// The digest of the entry at `number`; null where that one is not there.
    private byte @Nullable [] digest;

    /// @param after the number before the first entry
    Chain(SqlReader reader, long after) {
        this.reader = reader;
        this.number = after;
        this.digest = after == 0 ? Entry.GENESIS : null;
    }

    /// Takes the entry that the first one follows for granted.
    void begin(Entry entry) {
        digest = entry.digest();
    }

    void next(Entry entry) throws SQLException {
        var at = entry.revision().number();
        if (!entry.follows(before(at))) {
            throw SqlRows.damaged("revision %d of the log does not match its digest".formatted(at));
        }
        number = at;
        digest = entry.digest();
    }

    private byte[] before(long at) throws SQLException {
        var known = digest;
        if (known != null && at == number + 1) {
            return known;
        }
        return reader.hole(at - 1)
                .filter(hole -> hole.first() <= number + 1)
                .map(Hole::digest)
                .orElseThrow(() ->
                        SqlRows.damaged(
                                "revision %d is missing in the log"
                                        .formatted(known == null ? number : number + 1)));
    }
}
