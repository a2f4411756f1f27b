package dev.slipway.kernel.store;

import dev.slipway.kernel.model.ProblemException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// The store of one process, in one SQLite file. What it acknowledges is on the disk.
public final class SqliteStore extends LedgerStore {
    private final GroupWriter writer;
    private final SqliteDatabase database;

    /// The folder, where this store has taken it and not its caller.
    private final @Nullable DataFolder folder;

    private SqliteStore(
            Ledger ledger,
            GroupWriter writer,
            SqliteDatabase database,
            @Nullable DataFolder folder) {
        super(ledger);
        this.writer = writer;
        this.database = database;
        this.folder = folder;
    }

    /// Opens or makes a database and takes its folder; throws [CannotOpenException] with one sentence that says why not.
    public static SqliteStore open(Path file, Clock clock, StoreSettings settings) {
        var path = file.toAbsolutePath();
        var folder = DataFolder.open(path.resolveSibling("").normalize());
        try {
            return open(path, Keyring.in(folder.path()), clock, settings, folder);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /// Opens or makes the database of a folder that the caller has taken and will let go after this store is closed.
    public static SqliteStore open(DataFolder folder, Clock clock, StoreSettings settings) {
        return open(folder, Keyring.in(folder.path()), clock, settings);
    }

    /// The same with the keys to its secrets in another place.
    public static SqliteStore open(
            DataFolder folder, Keyring keyring, Clock clock, StoreSettings settings) {
        return open(folder.resolve(DataFolder.DATABASE), keyring, clock, settings, null);
    }

    @Override
    public Outcome commit(Commit commit) {
        return writer.commit(commit);
    }

    /// What lets the past of this store go, step by step.
    public Compactor compactor(Retention retention, Clock clock) {
        return new Compactor(database, writer, retention, clock);
    }

    @Override
    public void close() {
        writer.close();
        ledger.close();
        if (folder != null) {
            folder.close();
        }
    }

    private static SqliteStore open(
            Path file,
            Keyring keyring,
            Clock clock,
            StoreSettings settings,
            @Nullable DataFolder folder) {
        var database = SqliteDatabase.open(new SqliteFile(file), keyring);
        try {
            var ledger = new Ledger(database, clock, settings);
            return new SqliteStore(ledger, GroupWriter.start(ledger, settings), database, folder);
        } catch (ProblemException e) {
            database.close();
            throw new CannotOpenException(
                    "cannot open the database %s: %s".formatted(file, e.getMessage()), e);
        }
    }
}
