package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.store.SqlHeaders.Header;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Looks along the log for bodies that can be packed: a superseded one as what differs from its successor, or alone
/// where too many deltas lead to it, and the newest of a key alone. For one look.
final class SqlPackables {
    /// How many are packed together.
    private static final int PACKED = 64;

    private final SqlReader reader;
    private final SqlHeaders headers;
    private final List<Repacking> repackings = new ArrayList<>();

    /// What the packed ones will be, for those that come after them.
    private final Map<Long, byte[]> packed = new HashMap<>();

    SqlPackables(SqlReader reader, SqlHeaders headers) {
        this.reader = reader;
        this.headers = headers;
    }

    Compactable.Packable find(Duration age, long after, Instant now) throws SQLException {
        var reached = after;
        var examined = 0;
        for (var header : headers.after(after)) {
            if (!header.isOlder(age, now) || repackings.size() >= PACKED) {
                break;
            }
            lookAt(header);
            reached = header.number();
            examined++;
        }
        return new Compactable.Packable(repackings, reached, examined);
    }

    /// What is damaged is left for whoever repairs it.
    private void lookAt(Header header) throws SQLException {
        try {
            if (header.before() != 0) {
                packBefore(header);
            }
            if (reader.head(header.key()) == header.number()) {
                packAlone(header.number(), stored(header.number()));
            }
        } catch (ProblemException _) {
            packed.remove(header.number());
        }
    }

    private void packBefore(Header successor) throws SQLException {
        var number = successor.before();
        var before = stored(number);
        var other = stored(successor.number());
        if (!isWhole(before) || !isWhole(other)) {
            return;
        }
        var height = heightAbove(number);
        if (height > Packing.DEEPEST - 1) {
            packAlone(number, before);
            return;
        }
        var delta =
                Packing.delta(
                        reader.bodies().unpacked(before),
                        reader.bodies().unpacked(other),
                        successor.number(),
                        height);
        if (delta.length < before.length) {
            add(number, before, delta);
        }
    }

    private void packAlone(long number, byte[] before) {
        if (Packing.isPlain(before)) {
            var alone = Packing.alone(before);
            if (alone.length < before.length) {
                add(number, before, alone);
            }
        }
    }

    private void add(long number, byte[] before, byte[] after) {
        packed.put(number, after);
        repackings.add(new Repacking(number, before, after));
    }

    /// How many deltas lead to a revision.
    private int heightAbove(long number) throws SQLException {
        var header = headers.at(number);
        if (header.isEmpty() || header.get().before() == 0) {
            return 0;
        }
        var older = stored(header.get().before());
        return Packing.isDelta(older) && Packing.base(older) == number
                ? Packing.height(older) + 1
                : 0;
    }

    private byte[] stored(long number) throws SQLException {
        var known = packed.get(number);
        return known == null ? reader.bodies().stored(number) : known;
    }

    private static boolean isWhole(byte[] stored) {
        return Packing.isPlain(stored) || Packing.isAlone(stored);
    }
}
