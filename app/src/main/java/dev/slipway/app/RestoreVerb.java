package dev.slipway.app;

import dev.slipway.kernel.store.DataFolder;
import dev.slipway.kernel.store.Moment;
import dev.slipway.kernel.store.SqliteRestore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

/// The verb `restore`: writes the store of a folder anew from a backup, as of any revision or time in it.
final class RestoreVerb {
    private static final long TELL_EVERY = 50_000;

    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;
    private long told;

    RestoreVerb(Clock clock, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /// The usage line.
    static String line() {
        return "slipway restore FILE [--data DIR] [--to REVISION|TIME] [--force]   write the store anew from a backup";
    }

    int run(List<String> words) {
        var given = Given.of(words, Set.of("data", "to"), Set.of("force"), 1);
        if (given.words().isEmpty()) {
            throw new UsageException("restore wants the name of a backup");
        }
        var backup = Path.of(given.words().getFirst());
        var moment = given.option("to").map(RestoreVerb::moment).orElse(new Moment.Newest());
        var data = Path.of(given.option("data").orElse(Config.DEFAULT_DATA.toString()));
        try (var folder = DataFolder.open(data)) {
            var restore =
                    new SqliteRestore(folder, backup, given.flag("force"), clock, this::progress);
            tell(data, restore.to(moment));
        }
        return 0;
    }

    private static Moment moment(String text) {
        if (text.matches("[0-9]{1,18}")) {
            return new Moment.At(Long.parseLong(text));
        }
        try {
            return new Moment.Until(time(text));
        } catch (DateTimeParseException e) {
            throw new UsageException(
                    "--to wants a revision or a time like 2026-01-31T12:00:00Z, is \"%s\""
                            .formatted(text));
        }
    }

    private static Instant time(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private void tell(Path data, SqliteRestore.Done done) {
        out.println(
                "%s is as it was at revision %d (%s); new revisions begin at %d."
                        .formatted(data, done.revision(), done.time(), done.next()));
        done.lost()
                .forEach(key ->
                        out.println(
                                "  %s did not come back: its key was destroyed when it was deleted later"
                                        .formatted(key)));
        done.kept().ifPresent(kept -> out.println("  What was there before is now " + kept));
        done.hints().forEach(hint -> out.println("  " + hint));
    }

    private void progress(long number) {
        if (number - told >= TELL_EVERY) {
            told = number;
            err.println("slipway: restored up to revision " + number);
        }
    }
}
