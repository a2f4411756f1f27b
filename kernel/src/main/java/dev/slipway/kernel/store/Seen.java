package dev.slipway.kernel.store;

import dev.slipway.kernel.store.SqlReader.Tip;
import java.security.MessageDigest;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// The newest entry that this process knows of, so that it notices when the log was put back behind it: by a restored
/// backup, or by a failover to a server that had not received everything. For one thread at a time.
final class Seen {
    private long number;

    /// Null as long as nothing is known.
    private byte @Nullable [] digest;

    long number() {
        return number;
    }

    void at(Tip tip) {
        number = tip.number();
        digest = tip.digest();
    }

    void at(Entry entry) {
        number = entry.revision().number();
        digest = entry.digest();
    }

    /// Throws a [RewoundException] where what was folded does not end with the newest entry that was read.
    void expect(long folded) {
        if (folded != number) {
            throw new RewoundException(
                    "it was read up to revision %d and taken in up to %d"
                            .formatted(number, folded));
        }
    }

    /// Throws a [RewoundException] where a log that ends with `tip` does not hold what is known of it.
    void check(SqlReader reader, Tip tip) throws SQLException {
        var known = digest;
        if (known == null) {
            return;
        }
        if (tip.number() < number) {
            throw new RewoundException(
                    "revision %d is gone, the newest is %d".formatted(number, tip.number()));
        }
        var there = tip.number() == number ? tip.digest() : reader.digest(number).orElse(known);
        if (!MessageDigest.isEqual(there, known)) {
            throw new RewoundException("revision %d is not the one that it was".formatted(number));
        }
    }
}
