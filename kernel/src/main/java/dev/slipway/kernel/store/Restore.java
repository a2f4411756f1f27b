package dev.slipway.kernel.store;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.ResourceKey;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/// Writes a store anew from a backup, up to any revision in it. Used once, by one thread.
///
/// Numbers that somebody may have seen are not given out again: the restored log goes on with the time, in microseconds
/// since 1970, which no log that began anew before has come to, and in any case [#LEAP] behind the newest number of the
/// backup and of the store that it replaces. Who watches from before there begins anew.
final class Restore {
    /// By how much the numbers go on at least behind the newest one of a backup: more than a store can have written since.
    static final long LEAP = 1_000_000_000L;

    /// Stands for all kinds in the table of horizons.
    static final KindKey ALL = new KindKey("", "", "");

    static final String ACTOR = "slipway-restore";

    private final Path backup;
    private final Clock clock;
    private final LongConsumer progress;

    private final Set<String> keys = new HashSet<>();
    private final Map<ResourceKey, Entry> sealed = new LinkedHashMap<>();
    private final Map<Long, Hole> holes = new HashMap<>();
    private final Map<KindKey, Horizon> horizons = new LinkedHashMap<>();
    private final Map<String, byte[]> keyFiles = new HashMap<>();
    private long number;
    private long end;
    private byte[] digest = Entry.GENESIS;
    private Instant time = Instant.EPOCH;

    Restore(Path backup, Clock clock, LongConsumer progress) {
        this.backup = backup;
        this.clock = clock;
        this.progress = progress;
    }

    /// The number that a moment stands for; throws [CannotOpenException] where the backup does not reach it.
    long number(Moment moment, Backup.Summary summary) throws IOException {
        var wanted =
                switch (moment) {
                    case Moment.Newest _ -> summary.newest();
                    case Moment.At(var number) -> number;
                    case Moment.Until(var until) ->
                            until.isAfter(summary.made()) ? Long.MAX_VALUE : newestAt(until);
                };
        if (wanted > summary.newest() || wanted < summary.first()) {
            throw new CannotOpenException(
                    "the backup %s can be restored to any revision from %d to %d and any time from %s to %s, not to %s"
                            .formatted(
                                    backup,
                                    summary.first(),
                                    summary.newest(),
                                    summary.firstTime(),
                                    summary.made(),
                                    moment));
        }
        return wanted;
    }

    /// Writes everything up to a number over a connection to an empty medium, to be committed by the caller; the
    /// resources that could not come back.
    ///
    /// @param reached the newest number that may have been given out
    List<String> write(Connection connection, SqlTables tables, long reached, long upTo)
            throws SQLException {
        var fresh = new FreshStore(connection, tables);
        try (var reader = BackupReader.open(backup)) {
            for (var record = reader.next(); record.isPresent(); record = reader.next()) {
                write(record.get(), upTo, fresh);
            }
        }
        var lost = dropShredded(fresh);
        end = Math.max(reached + LEAP, ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
        leap(end, fresh);
        fresh.finish(end, digest);
        return lost;
    }

    /// The files that belong into the folder with the keys, where the backup has them.
    Map<String, byte[]> keyFiles() {
        return keyFiles;
    }

    /// What came of it, once it is there to stay.
    Restored done(long upTo, List<String> lost, Optional<Path> kept, List<String> hints) {
        return new Restored(number, time, end + 1, lost, incomplete(upTo), kept, hints);
    }

    /// The kinds of which compaction has not left everything as it was at a number. Of each resource of theirs the
    /// newest state before then that is left is taken, and of one that has none nothing.
    private List<String> incomplete(long upTo) {
        return horizons.entrySet().stream()
                .filter(reached -> reached.getValue().complete() > upTo)
                .map(reached -> reached.getKey().toString())
                .sorted()
                .toList();
    }

    /// Throws [CannotOpenException] where what was written does not look as it should.
    void refuseUnsound(Diagnosis diagnosis) {
        if (!diagnosis.sound()) {
            var first = diagnosis.findings().getFirst();
            throw new CannotOpenException(
                    "what was restored from %s is not sound: %s %s; nothing was changed"
                            .formatted(backup, first.place(), first.what()));
        }
    }

    private long newestAt(Instant until) throws IOException {
        long found = 0;
        try (var reader = BackupReader.open(backup)) {
            for (var record = reader.next(); record.isPresent(); record = reader.next()) {
                if (record.get() instanceof BackupRecord.Logged(var entry)
                        && !entry.revision().time().isAfter(until)) {
                    found = entry.revision().number();
                }
            }
        }
        return found;
    }

    private void write(BackupRecord record, long upTo, FreshStore fresh) throws SQLException {
        switch (record) {
            case BackupRecord.Gone(var hole) -> holes.put(hole.last(), hole);
            case BackupRecord.Reached(var kind, var horizon) ->
                    horizons.merge(kind, horizon, Horizon::and);
            case BackupRecord.DataKey(var uid, var wrapped) -> {
                keys.add(uid);
                fresh.add(uid, wrapped);
            }
            case BackupRecord.KeyFile(var name, var content) -> keyFiles.put(name, content);
            case BackupRecord.Logged(var entry) -> {
                if (entry.revision().number() <= upTo) {
                    write(entry, fresh);
                }
            }
            case BackupRecord.Header _, BackupRecord.Trailer _ -> {}
        }
    }

    private void write(Entry entry, FreshStore fresh) throws SQLException {
        var hole = holes.get(entry.revision().number() - 1);
        if (hole != null) {
            fresh.add(hole);
        }
        fresh.add(entry);
        number = entry.revision().number();
        digest = entry.digest();
        time = entry.revision().time();
        if (SealedBody.is(entry.stored()) && !keys.contains(entry.revision().uid())) {
            sealed.put(entry.revision().key(), entry);
        } else {
            sealed.remove(entry.revision().key());
        }
        if (number % Ledger.PAGE == 0) {
            progress.accept(number);
        }
    }

    /// Deletes what existed then and was deleted later: its key was destroyed, and no copy can bring it back.
    private List<String> dropShredded(FreshStore fresh) throws SQLException {
        var lost = new ArrayList<String>();
        for (var entry : List.copyOf(sealed.values())) {
            write(deletion(entry), fresh);
            lost.add(entry.revision().key().toString());
        }
        return lost;
    }

    private Entry deletion(Entry entry) {
        var gone = entry.revision();
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var revision =
                new Revision(
                        number + 1,
                        gone.key(),
                        gone.uid(),
                        Operation.DELETE,
                        gone.number(),
                        new Attribution(
                                ACTOR, List.of(), "its key was destroyed when it was deleted"),
                        now.isBefore(time) ? time : now,
                        number + 1,
                        gone.body());
        return Entry.after(digest, revision, gone.number(), gone.body());
    }

    private void leap(long to, FreshStore fresh) throws SQLException {
        fresh.add(new Hole(number + 1, to, digest));
        horizons.merge(ALL, new Horizon(to, 0), Horizon::and);
        for (var reached : horizons.entrySet()) {
            fresh.add(reached.getKey(), reached.getValue());
        }
    }
}
