package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ResourceKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads the whole of a log and its heads over one connection, changes nothing, and tells all that does not fit.
///
/// Goes on past rows that cannot be read. Holds one small note for each key that ever was. For one thread.
final class Checkup {
    /// What to do about damage.
    ///
    /// @param restore where only a backup tells what was lost
    /// @param rebuild where the log tells it
    record Advice(String restore, String rebuild) {}

    private final Advice advice;
    private final Optional<Keyring> keyring;
    private final SqlReader reader;
    private final Rows rows;
    private final LongConsumer progress;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<ResourceKey, Newest> newest = new HashMap<>();
    private long more;
    private long revisions;
    private long resources;

    /// The last number that was read, and what follows it must know; null where it could not be read.
    private long last;

    private byte @Nullable [] digest = Entry.GENESIS;
    private long micros = Long.MIN_VALUE;

    /// The wrapped data keys by the uid of their resource.
    private Map<String, byte[]> dataKeys = Map.of();

    /// What the log says of a key.
    ///
    /// @param sealed the uid whose data key opens the body; empty where it is not sealed
    private record Newest(long number, boolean deleted, long checksum, String sealed) {}

    /// @param keyring what should open the secrets, where it is to be looked at
    /// @param progress is told the last number that was read, now and then
    Checkup(Connection connection, Advice advice, Optional<Keyring> keyring, LongConsumer progress)
            throws SQLException {
        this.advice = advice;
        this.keyring = keyring;
        this.reader = new SqlReader(connection, "", Vault.locked());
        this.rows = new Rows(connection);
        this.progress = progress;
    }

    Diagnosis run() {
        var tip = tip();
        checkLog(tip);
        checkKeys();
        checkHeads();
        return new Diagnosis(
                findings, more, revisions, resources, tip == null ? last : tip.number());
    }

    void add(Finding finding) {
        if (findings.size() < Diagnosis.MAX_FINDINGS) {
            findings.add(finding);
        } else {
            more++;
        }
    }

    private SqlReader.@Nullable Tip tip() {
        try {
            return reader.tip();
        } catch (SQLException | RuntimeException e) {
            add(
                    Finding.damage(
                            "the tip of the log",
                            "cannot be read: " + e.getMessage(),
                            advice.restore()));
            return null;
        }
    }

    private void checkLog(SqlReader.@Nullable Tip tip) {
        rows.entries(tip == null ? rows.newest() : tip.number(), this::check, this::unreadable);
        if (tip == null) {
            return;
        }
        var known = digest;
        skipHole(tip.number() + 1);
        if (last < tip.number()) {
            lost(last + 1, tip.number(), "the end of the log is missing");
        } else if (known != null && last == tip.number() && !Arrays.equals(digest, tip.digest())) {
            add(
                    Finding.damage(
                            "the tip of the log",
                            "does not carry the digest of the newest revision",
                            advice.rebuild()));
        }
    }

    private void check(Entry entry) {
        var revision = entry.revision();
        var place = place(revision.number()) + " of " + revision.key();
        skipHole(revision.number());
        if (revision.number() != last + 1) {
            lost(last + 1, revision.number() - 1, "missing in the log");
            digest = null;
        }
        var before = digest;
        if (before != null && !entry.follows(before)) {
            add(
                    Finding.damage(
                            place,
                            "does not match its digest: it is not what was written",
                            advice.restore()));
        }
        checkOrder(entry, place);
        newest.put(revision.key(), note(entry));
        revisions++;
        last = revision.number();
        digest = entry.digest();
        if (revisions % 1_000 == 0) {
            progress.accept(last);
        }
    }

    private void checkOrder(Entry entry, String place) {
        var revision = entry.revision();
        var known = newest.get(revision.key());
        if (known != null && entry.kept() != known.number()) {
            add(
                    Finding.damage(
                            place,
                            "names revision %d as the one before it, which is %d"
                                    .formatted(entry.kept(), known.number()),
                            advice.restore()));
        }
        if (entry.micros() < micros) {
            add(Finding.damage(place, "is older than the revision before it", advice.restore()));
        }
        micros = entry.micros();
    }

    private static Newest note(Entry entry) {
        var revision = entry.revision();
        var deleted = revision.operation() == Operation.DELETE;
        return new Newest(
                revision.number(),
                deleted,
                deleted ? 0 : Entry.checksum(revision.key(), revision.number(), entry.stored()),
                !deleted && SealedBody.is(entry.stored()) ? revision.uid() : "");
    }

    /// Goes over what compaction has taken before a number.
    private void skipHole(long number) {
        try {
            var hole = number == last + 1 ? null : reader.hole(number - 1).orElse(null);
            if (hole != null && hole.first() <= last + 1) {
                last = hole.last();
                digest = hole.digest();
            }
        } catch (SQLException e) {
            add(
                    Finding.damage(
                            "the compacted revisions before " + number,
                            String.valueOf(e.getMessage()),
                            advice.restore()));
        }
    }

    private void unreadable(long from, long to, String why) {
        lost(from, to, "cannot be read: " + why);
        last = to;
        digest = null;
    }

    private void lost(long from, long to, String what) {
        add(
                Finding.damage(
                        from == to ? place(from) : "revisions %d to %d".formatted(from, to),
                        what,
                        advice.restore()));
    }

    private void checkKeys() {
        try {
            dataKeys = reader.dataKeys();
        } catch (SQLException e) {
            add(
                    Finding.damage(
                            "the keys to the secrets",
                            "cannot be read: " + e.getMessage(),
                            advice.restore()));
        }
        keyring.ifPresent(keys -> keys.examine(dataKeys, places()).forEach(this::add));
    }

    /// How what is sealed is called, by its uid.
    private UnaryOperator<String> places() {
        var names = new HashMap<String, String>();
        newest.forEach((key, logged) -> names.put(logged.sealed(), key.toString()));
        return uid -> names.getOrDefault(uid, "the key of uid " + uid);
    }

    private void checkHeads() {
        var why = rows.heads(this::checkHead);
        if (!why.isEmpty()) {
            add(
                    Finding.damage(
                            "the newest states", "cannot all be read: " + why, advice.rebuild()));
            List.copyOf(newest.keySet()).forEach(this::checkHeadOf);
        }
        newest.forEach(this::checkMissing);
    }

    /// Looks for what a reading from the first to the last has not come to.
    private void checkHeadOf(ResourceKey key) {
        try {
            rows.head(key).ifPresent(this::checkHead);
        } catch (SQLException | RuntimeException e) {
            newest.remove(key);
            add(
                    Finding.damage(
                            key.toString(),
                            "has a newest state that cannot be read: " + e.getMessage(),
                            advice.rebuild()));
        }
    }

    private void checkMissing(ResourceKey key, Newest logged) {
        if (!logged.deleted()) {
            add(
                    Finding.damage(
                            key.toString(),
                            "is in the log at revision %d, and its newest state is missing"
                                    .formatted(logged.number()),
                            advice.rebuild()));
        }
    }

    private void checkHead(Rows.Head head) {
        var logged = newest.remove(head.key());
        if (!head.deleted()) {
            resources++;
        }
        if (logged == null) {
            add(
                    Finding.damage(
                            head.key().toString(),
                            "has a newest state at revision %d, which the log does not have"
                                    .formatted(head.number()),
                            advice.restore()));
        } else if (head.number() != logged.number() || head.deleted() != logged.deleted()) {
            add(
                    Finding.damage(
                            head.key().toString(),
                            "has a newest state at revision %d, in the log it is %d"
                                    .formatted(head.number(), logged.number()),
                            advice.rebuild()));
        } else if (!head.intact() || head.checksum() != logged.checksum()) {
            add(
                    Finding.damage(
                            head.key().toString(),
                            "has a newest state that does not match its checksum",
                            advice.rebuild()));
        } else if (!logged.sealed().isEmpty() && !dataKeys.containsKey(logged.sealed())) {
            add(
                    Finding.damage(
                            head.key().toString(),
                            "is sealed, and its key is missing: its content cannot be read",
                            advice.restore()));
        }
    }

    private static String place(long number) {
        return "revision " + number;
    }
}
