package dev.slipway.app;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.store.DataFolder;
import dev.slipway.kernel.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a first start still owes: a file says that the examples are to be loaded, until they are. A start that is cut
/// short leaves it to the next one.
final class FirstStart {
    private static final String OWED = "examples.pending";

    private FirstStart() {}

    /// Notes, before the database is made, that a folder without one shall get the examples.
    static void noticed(DataFolder folder, boolean examples) {
        if (examples && !Files.exists(folder.resolve(DataFolder.DATABASE))) {
            owe(folder);
        }
    }

    /// Notes that a log on a server, which nothing was written to yet, shall get the examples.
    static void noticed(DataFolder folder, boolean examples, Store store) {
        if (examples && store.state().revision() == 0) {
            owe(folder);
        }
    }

    private static void owe(DataFolder folder) {
        try {
            if (!owes(folder.path())) {
                Files.createFile(folder.resolve(OWED));
            }
        } catch (IOException e) {
            throw Problem.of(
                            Problem.Reason.SERVICE_UNAVAILABLE,
                            "cannot write into the data folder %s: %s"
                                    .formatted(folder.path(), e.getMessage()))
                    .exception();
        }
    }

    /// Whether the examples are still to be loaded.
    static boolean owes(Path data) {
        return Files.exists(data.resolve(OWED));
    }

    /// The examples are loaded.
    static void done(Path data) throws IOException {
        Files.deleteIfExists(data.resolve(OWED));
    }
}
