package dev.slipway.app;

import dev.slipway.kernel.store.Backup;
import dev.slipway.kernel.store.DataFolder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/// The verb `backup`: copies a whole store into one file while the server goes on, and reads it back.
final class BackupVerb {
    private static final long TELL_EVERY = 50_000;

    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;
    private long told;

    BackupVerb(Clock clock, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /// The usage line.
    static String line() {
        return "slipway backup FILE [--data DIR] [--with-keys] [--force]   copy the whole store, also of a running server";
    }

    int run(List<String> words) {
        var given = Given.of(words, Set.of("data"), Set.of("with-keys", "force"), 1);
        var file = file(given);
        var folder = Path.of(given.option("data").orElse(Config.DEFAULT_DATA.toString()));
        var keys = given.flag("with-keys") ? keys(folder) : List.<Path>of();
        var database = folder.resolve(DataFolder.DATABASE);
        var summary = Backup.ofSqlite(database, clock, keys, this::progress).to(file);
        out.println(
                "%s holds %d revisions up to %d, %,d bytes; it was read back and is whole."
                        .formatted(file, summary.revisions(), summary.newest(), summary.bytes()));
        out.println(
                summary.keys()
                        ? "  It holds the keys of the folder too: whoever has it can read the secrets in it."
                        : "  The keys are not in it: without %s nobody can read the secrets in it (--with-keys)."
                                .formatted(folder.resolve("keys")));
        return 0;
    }

    private static Path file(Given given) {
        if (given.words().isEmpty()) {
            throw new UsageException("backup wants the name of a file to write");
        }
        var file = Path.of(given.words().getFirst());
        if (Files.isDirectory(file)) {
            throw new UsageException("%s is a folder; name a file in it".formatted(file));
        }
        if (Files.exists(file) && !given.flag("force")) {
            throw new RefusedException(
                    "%s is there already; name another file, or add --force to replace it"
                            .formatted(file));
        }
        return file;
    }

    private static List<Path> keys(Path folder) {
        try (var files = Files.list(folder.resolve("keys"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new RefusedException(
                    "the keys in %s cannot be read: %s"
                            .formatted(folder.resolve("keys"), e.getMessage()));
        }
    }

    private void progress(long number) {
        if (number - told >= TELL_EVERY) {
            told = number;
            err.println("slipway: copied up to revision " + number);
        }
    }
}
