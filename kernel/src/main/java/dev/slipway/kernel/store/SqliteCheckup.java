package dev.slipway.kernel.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.LongConsumer;

/// A checkup of a SQLite file: its pages, then the log and the newest states in it. Changes nothing, and may run
/// beside the server that writes the file.
public final class SqliteCheckup {
    /// How many damaged pages are told one by one.
    private static final int MAX_PAGES = 20;

    /// Up to where the file beside the database that holds the newest writes is no worry.
    private static final long MAX_WAL_BYTES = 256L * 1024 * 1024;

    private static final Checkup.Advice ADVICE =
            new Checkup.Advice(
                    "stop the server and restore a backup: slipway restore FILE --force keeps this database beside it",
                    "the log tells it: stop the server, then slipway backup FILE and slipway restore FILE --force make it anew");

    private final SqliteFile file;
    private final Optional<Keyring> keyring;
    private final LongConsumer progress;

    /// Without a look at the keys.
    ///
    /// @param progress is told the last number that was read, now and then
    public SqliteCheckup(Path database, LongConsumer progress) {
        this(database, Optional.empty(), progress);
    }

    /// @param keyring what should open its secrets, where that is to be looked at
    /// @param progress is told the last number that was read, now and then
    public SqliteCheckup(Path database, Optional<Keyring> keyring, LongConsumer progress) {
        this.file = new SqliteFile(database);
        this.keyring = keyring;
        this.progress = progress;
    }

    /// Reads everything; throws [CannotOpenException] where the file is none of ours.
    public Diagnosis run() {
        file.refuseForeign();
        try (var connection = file.snapshot()) {
            var checkup = new Checkup(connection, ADVICE, keyring, progress);
            checkPages(connection, checkup);
            checkWal(checkup);
            return checkup.run();
        } catch (SQLException e) {
            throw file.cannotOpen(e);
        }
    }

    private void checkPages(Connection connection, Checkup checkup) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("PRAGMA quick_check(%d)".formatted(MAX_PAGES))) {
            while (rows.next()) {
                if (!rows.getString(1).equals("ok")) {
                    damagedPage(checkup, rows.getString(1));
                }
            }
        } catch (SQLException e) {
            damagedPage(checkup, String.valueOf(e.getMessage()));
        }
    }

    private void damagedPage(Checkup checkup, String what) {
        checkup.add(
                Finding.damage(
                        file.path().toString(),
                        "the file is damaged: " + what,
                        "keep a copy of the file and look at the disk; what it touches is told below"));
    }

    private void checkWal(Checkup checkup) {
        var wal = file.path().resolveSibling(file.path().getFileName() + "-wal");
        try {
            if (Files.exists(wal) && Files.size(wal) > MAX_WAL_BYTES) {
                checkup.add(
                        Finding.risk(
                                wal.toString(),
                                "has %d MiB".formatted(Files.size(wal) >> 20),
                                "restart the server: a reader has kept it from being emptied"));
            }
        } catch (IOException e) {
            checkup.add(
                    Finding.risk(
                            wal.toString(),
                            CannotOpenException.reason(e),
                            "let the server's user read it"));
        }
    }
}
