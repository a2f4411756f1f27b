package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Takes revisions out of the log, and keeps what it takes to follow the digests and to know what is gone. For the one
/// transaction that its connection is in.
final class SqlRemovals implements AutoCloseable {
    private final SqlReader reader;
    private final SqlTables tables;
    private final PreparedStatement relink;
    private final PreparedStatement behead;
    private final PreparedStatement remove;
    private final PreparedStatement nextHole;
    private final PreparedStatement dropHole;
    private final PreparedStatement putHole;
    private final PreparedStatement horizon;

    /// The digests of what went, by number.
    private final TreeMap<Long, byte[]> gone = new TreeMap<>();

    private final Map<KindKey, Horizon> horizons = new HashMap<>();

    SqlRemovals(SqlReader reader, SqlTables tables) throws SQLException {
        this.reader = reader;
        this.tables = tables;
        this.relink =
                prepared(
                        """
                        UPDATE revision SET kept =
                            (SELECT coalesce(kept, previous) FROM revision WHERE number = ?)
                        WHERE number = ? AND coalesce(kept, previous) = ?\
                        """);
        this.behead =
                prepared(
                        """
                        DELETE FROM head WHERE cluster = ? AND api_group = ? AND plural = ?
                            AND namespace = ? AND name = ? AND number = ? AND body IS NULL\
                        """);
        this.remove = prepared("DELETE FROM revision WHERE number = ? RETURNING digest");
        this.nextHole =
                prepared(
                        "SELECT last, first, digest FROM hole WHERE last > ? ORDER BY last LIMIT 1");
        this.dropHole = prepared("DELETE FROM hole WHERE last = ?");
        this.putHole = prepared("INSERT INTO hole VALUES (?, ?, ?)");
        this.horizon =
                prepared(
                        """
                        INSERT INTO horizon VALUES (?, ?, ?, ?, ?)
                        ON CONFLICT (cluster, api_group, plural) DO UPDATE
                        SET removed = excluded.removed, complete = excluded.complete\
                        """);
    }

    /// Takes what is still as it was found, in this order; how many went.
    int remove(List<Removal> removals) throws SQLException {
        var unlinked = new ArrayList<Removal>();
        for (var removal : removals) {
            if (unlinked(removal)) {
                unlinked.add(removal);
            }
        }
        rebase(unlinked);
        for (var removal : unlinked) {
            take(removal);
        }
        for (var hole : holes()) {
            put(joined(hole));
        }
        for (var entry : horizons.entrySet()) {
            advance(entry.getKey(), reader.horizon(entry.getKey()).and(entry.getValue()));
        }
        return gone.size();
    }

    @Override
    public void close() throws SQLException {
        for (var each : List.of(relink, behead, remove, nextHole, dropHole, putHole, horizon)) {
            each.close();
        }
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        return reader.connection().prepareStatement(sql);
    }

    /// Whether nothing leads to a revision any more.
    private boolean unlinked(Removal removal) throws SQLException {
        if (removal.successor() == 0) {
            SqlRows.bind(behead, 1, removal.key());
            behead.setLong(6, removal.number());
            return behead.executeUpdate() == 1;
        }
        relink.setLong(1, removal.number());
        relink.setLong(2, removal.successor());
        relink.setLong(3, removal.number());
        return relink.executeUpdate() == 1;
    }

    /// Packs what stays and was packed against what goes anew, as long as that is there.
    private void rebase(List<Removal> removals) throws SQLException {
        var going = removals.stream().map(Removal::number).collect(Collectors.toSet());
        var successors = new TreeSet<Long>();
        removals.forEach(removal -> successors.add(removal.successor()));
        successors.removeAll(going);
        var repackings = new ArrayList<Repacking>();
        for (var successor : successors) {
            var before = reader.before(successor);
            if (before != 0) {
                rebased(before, successor, going).ifPresent(repackings::add);
            }
        }
        if (repackings.isEmpty()) {
            return;
        }
        try (var change = new SqlRepackings(reader.connection(), tables)) {
            change.pack(repackings);
        }
    }

    private Optional<Repacking> rebased(long number, long successor, Set<Long> going)
            throws SQLException {
        var bodies = reader.bodies();
        var stored = bodies.stored(number);
        if (!Packing.isDelta(stored) || !going.contains(Packing.base(stored))) {
            return Optional.empty();
        }
        var body = bodies.unpacked(stored);
        var other = bodies.stored(successor);
        var height = Packing.height(stored);
        var after =
                bodies.depth(other) + height + 1 > Packing.DEEPEST
                        ? Packing.alone(body)
                        : Packing.delta(body, bodies.unpacked(other), successor, height);
        return Optional.of(new Repacking(number, stored, after));
    }

    private void take(Removal removal) throws SQLException {
        remove.setLong(1, removal.number());
        try (var rows = remove.executeQuery()) {
            if (!rows.next()) {
                throw SqlRows.damaged(
                        "revision %d is missing in the log".formatted(removal.number()));
            }
            gone.put(removal.number(), rows.getBytes(1));
        }
        horizons.merge(
                removal.key().kind(),
                new Horizon(removal.number(), removal.complete()),
                Horizon::and);
    }

    /// What went, as holes.
    private List<Hole> holes() {
        var holes = new ArrayDeque<Hole>();
        gone.forEach((number, digest) -> {
            var joins = !holes.isEmpty() && holes.getLast().last() == number - 1;
            var first = joins ? holes.removeLast().first() : number;
            holes.add(new Hole(first, number, digest));
        });
        return List.copyOf(holes);
    }

    /// Takes up the holes that were there before on both sides.
    private Hole joined(Hole hole) throws SQLException {
        var before = reader.hole(hole.first() - 1);
        var after = holeAfter(hole.last());
        if (before.isPresent()) {
            drop(before.get());
        }
        if (after.isPresent()) {
            drop(after.get());
        }
        var last = after.orElse(hole);
        return new Hole(before.orElse(hole).first(), last.last(), last.digest());
    }

    private Optional<Hole> holeAfter(long last) throws SQLException {
        nextHole.setLong(1, last);
        try (var rows = nextHole.executeQuery()) {
            return rows.next() && rows.getLong(2) == last + 1
                    ? Optional.of(new Hole(rows.getLong(2), rows.getLong(1), rows.getBytes(3)))
                    : Optional.empty();
        }
    }

    private void drop(Hole hole) throws SQLException {
        dropHole.setLong(1, hole.last());
        dropHole.executeUpdate();
    }

    private void put(Hole hole) throws SQLException {
        putHole.setLong(1, hole.last());
        putHole.setLong(2, hole.first());
        putHole.setBytes(3, hole.digest());
        putHole.executeUpdate();
    }

    private void advance(KindKey kind, Horizon to) throws SQLException {
        horizon.setString(1, kind.cluster());
        horizon.setString(2, kind.group());
        horizon.setString(3, kind.plural());
        horizon.setLong(4, to.removed());
        horizon.setLong(5, to.complete());
        horizon.executeUpdate();
    }
}
