package dev.slipway.kernel.store;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows the digests from entry to entry, over holes too, and refuses what does not fit. For one thread.
final class Chain {
    private final SqlReader reader;
    private final long last;
    private long number;

    /// The holes on the way by their last numbers; null until the first one is come to.
    private @Nullable Map<Long, Hole> holes;

    /// The digest of the entry at `number`; null where that one is not there.
    private byte @Nullable [] digest;

    /// @param after the number before the first entry
    /// @param last the number of the last one
    Chain(SqlReader reader, long after, long last) {
        this.reader = reader;
        this.number = after;
        this.last = last;
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
        return Optional.ofNullable(holes().get(at - 1))
                .filter(hole -> hole.first() <= number + 1)
                .map(Hole::digest)
                .orElseThrow(() ->
                        SqlRows.damaged(
                                "revision %d is missing in the log"
                                        .formatted(known == null ? number : number + 1)));
    }

    private Map<Long, Hole> holes() throws SQLException {
        var known = holes;
        if (known == null) {
            known = new HashMap<>();
            for (var hole : reader.holes(number, last)) {
                known.put(hole.last(), hole);
            }
            holes = known;
        }
        return known;
    }
}
