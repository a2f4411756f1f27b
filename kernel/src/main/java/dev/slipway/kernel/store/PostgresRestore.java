package dev.slipway.kernel.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongConsumer;

/// Restores a backup into a schema on a PostgreSQL server that holds no store yet. All of it is one transaction, and
/// committed only once it was looked through and found sound: nobody sees half of it, and a failure leaves nothing.
public final class PostgresRestore {
    private final PostgresServer server;
    private final DataFolder folder;
    private final Path backup;
    private final Clock clock;
    private final LongConsumer progress;

    /// @param password absent where `~/.pgpass` or the server knows better
    /// @param folder that the caller has taken, which the keys belong into
    /// @param progress is told the last number that was written, now and then
    public PostgresRestore(
            PostgresAddress address,
            Optional<String> password,
            DataFolder folder,
            Path backup,
            Clock clock,
            LongConsumer progress) {
        this.server = new PostgresServer(address, password);
        this.folder = folder;
        this.backup = backup;
        this.clock = clock;
        this.progress = progress;
    }

    /// Restores the store as of a moment; throws [CannotOpenException], and then nothing was changed.
    public Restored to(Moment moment) {
        try (var connection = server.wholeWriter()) {
            server.refuseUnfit(connection);
            new PostgresSchema(connection, server.address()).prepareEmpty();
            return restored(connection, moment);
        } catch (SQLException e) {
            throw server.cannotOpen(e);
        } catch (IOException e) {
            throw new CannotOpenException(
                    "cannot restore into %s: %s; nothing was changed"
                            .formatted(server.address(), CannotOpenException.reason(e)),
                    e);
        }
    }

    private Restored restored(Connection connection, Moment moment)
            throws IOException, SQLException {
        var summary = Backup.summary(backup);
        var restore = new Restore(backup, clock, progress);
        var upTo = restore.number(moment, summary);
        var lost = restore.write(connection, SqlTables.POSTGRES, summary.newest(), upTo);
        restore.refuseUnsound(PostgresCheckup.of(connection));
        var hints = new RestoredKeys(folder).put(restore.keyFiles());
        connection.commit();
        return restore.done(upTo, lost, Optional.empty(), hints);
    }
}
