package dev.slipway.app;

import dev.slipway.kernel.store.DataFolder;
import dev.slipway.kernel.store.Moment;
import dev.slipway.kernel.store.PostgresRestore;
import dev.slipway.kernel.store.Restored;
import dev.slipway.kernel.store.SqliteRestore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The verb `restore`: writes the store of a folder anew from a backup, as of any revision or time in it.
final class RestoreVerb {
    private final Clock clock;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    RestoreVerb(Clock clock, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.clock = clock;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /// The usage line.
    static String line() {
        return "slipway restore FILE %s [--to REVISION|TIME] [--force]   write the store anew from a backup"
                .formatted(Place.USAGE);
    }

    int run(List<String> words) {
        var given = Given.of(words, Place.optionsAnd("to"), Set.of("force"), 1);
        if (given.words().isEmpty()) {
            throw new UsageException("restore wants the name of a backup");
        }
        var backup = Path.of(given.words().getFirst());
        var moment = given.option("to").map(RestoreVerb::moment).orElse(new Moment.Newest());
        var place = Place.of(given, environment);
        var force = given.flag("force");
        if (force && place.postgres().isPresent()) {
            throw new UsageException(
                    "--force replaces a file only; on a PostgreSQL server, name an empty schema with ?currentSchema=");
        }
        try (var folder = DataFolder.open(place.data())) {
            tell(place, restored(place, folder, backup, force, moment));
        }
        return 0;
    }

    private Restored restored(
            Place place, DataFolder folder, Path backup, boolean force, Moment moment) {
        return place.postgres()
                .map(address ->
                        new PostgresRestore(
                                        address,
                                        place.password(),
                                        folder,
                                        backup,
                                        clock,
                                        new Progress(err, "restored"))
                                .to(moment))
                .orElseGet(() ->
                        new SqliteRestore(
                                        folder, backup, force, clock, new Progress(err, "restored"))
                                .to(moment));
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

    private void tell(Place place, Restored done) {
        out.println(
                "%s is as it was at revision %d (%s); new revisions begin at %d."
                        .formatted(place, done.revision(), done.time(), done.next()));
        done.lost()
                .forEach(key ->
                        out.println(
                                "  %s did not come back: its key was destroyed when it was deleted later"
                                        .formatted(key)));
        done.incomplete()
                .forEach(kind ->
                        out.println(
                                "  Not all %s of then are kept: each is as it was last kept before, or left out"
                                        .formatted(kind)));
        done.kept().ifPresent(kept -> out.println("  What was there before is now " + kept));
        done.hints().forEach(hint -> out.println("  " + hint));
    }
}
