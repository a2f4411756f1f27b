package dev.slipway.kernel.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Two processes never share a file; two readers of one stand for a process and what a failed append has left.
class SqliteSleepTest extends SleepContract {
    @TempDir private Path folder;

    @Override
    Database open() {
        var file = new SqliteFile(folder.resolve("slipway.db"));
        return SqliteDatabase.open(file, Keyring.in(folder));
    }
}
