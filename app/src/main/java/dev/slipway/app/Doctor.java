package dev.slipway.app;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.store.CannotOpenException;
import dev.slipway.kernel.store.Diagnosis;
import dev.slipway.kernel.store.Finding;
import dev.slipway.kernel.store.PostgresCheckup;
import dev.slipway.kernel.store.SqliteCheckup;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The verb `doctor`: looks through a whole store and says what is damaged, where, and what to do.
///
/// Exit codes: 0 sound, 1 damaged or not to be opened, 2 wrong usage.
final class Doctor {
    private static final int SOUND = 0;
    private static final int DAMAGED = 1;

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    Doctor(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /// The usage line.
    static String line() {
        return "slipway doctor %s [-o json]   look through the whole store for damage"
                .formatted(Place.USAGE);
    }

    int run(List<String> words) {
        var given = Given.of(words, Place.optionsAnd("o"), Set.of(), 0);
        var json = json(given);
        var place = Place.of(given, environment);
        try {
            var diagnosis = diagnosis(place);
            tell(place, diagnosis, json);
            return diagnosis.sound() ? SOUND : DAMAGED;
        } catch (CannotOpenException e) {
            err.println("slipway: " + e.getMessage());
            return DAMAGED;
        }
    }

    private Diagnosis diagnosis(Place place) {
        return place.postgres()
                .map(address ->
                        new PostgresCheckup(
                                        address,
                                        place.password(),
                                        place.keyring(),
                                        new Progress(err, "read"))
                                .run())
                .orElseGet(() ->
                        new SqliteCheckup(
                                        place.database(),
                                        Optional.of(place.keyring()),
                                        new Progress(err, "read"))
                                .run());
    }

    private static boolean json(Given given) {
        var form = given.option("o").orElse("text");
        if (!Set.of("text", "json").contains(form)) {
            throw new UsageException("-o knows json, not \"%s\"".formatted(form));
        }
        return form.equals("json");
    }

    private void tell(Place place, Diagnosis diagnosis, boolean json) {
        if (json) {
            out.println(Json.text(tree(place, diagnosis)));
        } else {
            diagnosis.findings().forEach(this::tell);
            out.println(summary(place, diagnosis));
        }
    }

    private void tell(Finding finding) {
        out.println("%s  %s: %s".formatted(word(finding), finding.place(), finding.what()));
        out.println("        " + finding.advice());
    }

    private static String summary(Place place, Diagnosis diagnosis) {
        var read =
                "%d revisions up to %d, %d resources"
                        .formatted(
                                diagnosis.revisions(), diagnosis.newest(), diagnosis.resources());
        if (diagnosis.sound()) {
            return "%s is sound: %s.".formatted(place, read);
        }
        var more =
                diagnosis.more() == 0 ? "" : ", and %d more findings".formatted(diagnosis.more());
        return "%s is damaged in the places above%s; the rest was read: %s."
                .formatted(place, more, read);
    }

    private static Map<String, Object> tree(Place place, Diagnosis diagnosis) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("store", place.toString());
        tree.put("sound", diagnosis.sound());
        tree.put("revisions", diagnosis.revisions());
        tree.put("newest", diagnosis.newest());
        tree.put("resources", diagnosis.resources());
        tree.put("findings", diagnosis.findings().stream().map(Doctor::tree).toList());
        tree.put("more", diagnosis.more());
        return tree;
    }

    private static Map<String, Object> tree(Finding finding) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("harm", word(finding));
        tree.put("place", finding.place());
        tree.put("what", finding.what());
        tree.put("advice", finding.advice());
        return tree;
    }

    private static String word(Finding finding) {
        return switch (finding.harm()) {
            case DAMAGE -> "damage";
            case RISK -> "risk";
        };
    }
}
