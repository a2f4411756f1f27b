package dev.slipway.kernel.store;

import java.sql.SQLException;
import java.util.List;

/// Says that compaction has taken revisions which were not taken in yet, deletions perhaps: whoever folded the log up
/// to there has to begin anew.
final class OutrunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutrunException(String message) {
        super(message);
    }

    /// Refuses a page of the log that does not hold all numbers from the one that is known on.
    ///
    /// @param page the newest revisions after `known`, checked against their digests
    /// @param newest the number of the newest revision
    static void refuseGaps(SqlReader reader, long known, List<Entry> page, long newest)
            throws SQLException {
        var last = page.isEmpty() ? known : page.getLast().revision().number();
        var cut = page.isEmpty() && last < newest;
        if (cut && reader.hole(newest).isEmpty()) {
            throw SqlRows.damaged("revision %d is missing in the log".formatted(last + 1));
        }
        if (cut || last - known > page.size()) {
            throw new OutrunException(
                    "revisions between %d and %d were compacted".formatted(known, newest));
        }
    }
}
