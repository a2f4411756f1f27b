package dev.slipway.app;

import dev.slipway.kernel.store.Backup;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The verb `backup`: copies a whole store into one file while the server goes on, and reads it back.
final class BackupVerb {
    private final Clock clock;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    BackupVerb(Clock clock, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /// The usage line.
    static String line() {
        return "slipway backup FILE %s [--with-keys] [--force]   copy the whole store, also of a running server"
                .formatted(Place.USAGE);
    }

    int run(List<String> words) {
        var given = Given.of(words, Place.OPTIONS, Set.of("with-keys", "force"), 1);
        var file = file(given);
        var place = Place.of(given, environment);
        var keys = given.flag("with-keys") ? keys(place.keys()) : List.<Path>of();
        var summary = backup(place, keys).to(file);
        out.println(
                "%s holds %d revisions up to %d, %,d bytes; it was read back and is whole."
                        .formatted(file, summary.revisions(), summary.newest(), summary.bytes()));
        out.println(
                summary.keys()
                        ? "  It holds the keys of the folder too: whoever has it can read the secrets in it."
                        : "  The keys are not in it: without %s nobody can read the secrets in it (--with-keys)."
                                .formatted(place.keys()));
        return 0;
    }

    private Backup backup(Place place, List<Path> keys) {
        return place.postgres()
                .map(address ->
                        Backup.ofPostgres(
                                address,
                                place.password(),
                                clock,
                                keys,
                                new Progress(err, "copied")))
                .orElseGet(() ->
                        Backup.ofSqlite(
                                place.database(), clock, keys, new Progress(err, "copied")));
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
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new RefusedException(
                    "the keys in %s cannot be read: %s".formatted(folder, e.getMessage()));
        }
    }
}
