package dev.slipway.kernel.past;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.store.Revision;
import dev.slipway.kernel.store.Store;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// Reads what people name a moment of the past by: a revision's number, or a time.
final class Moments {
    private final Store store;
    private final Clock clock;

    Moments(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /// The number of the newest revision at a moment; throws a problem of reason `EXPIRED` for a time before all of them.
    ///
    /// @param field what the moment was given as, for messages
    long number(String field, String text) {
        return text.matches("[0-9]{1,18}")
                ? number(field, Long.parseLong(text))
                : number(field, text, time(field, text));
    }

    private long number(String field, long number) {
        var newest = store.fresh().revision();
        if (number > newest) {
            throw refused(
                    field,
                    Long.toString(number),
                    "this revision does not exist yet: the newest is %d".formatted(newest));
        }
        return number;
    }

    private long number(String field, String text, Instant time) {
        if (time.isAfter(clock.instant()) && time.isAfter(newest())) {
            throw refused(
                    field,
                    text,
                    "this time has not come yet: the newest revision is of %s".formatted(newest()));
        }
        var number = store.numberAt(time);
        if (number == 0) {
            store.log(0, 1).forEach(first -> refuseBefore(field, text, first));
        }
        return number;
    }

    /// Nobody knows what there was before the log: an empty answer would be taken for nothing at all.
    private static void refuseBefore(String field, String text, Revision first) {
        throw Problem.of(
                        Reason.EXPIRED,
                        "%s: Invalid value: \"%s\": the log begins at %s, with revision %d"
                                .formatted(field, shown(text), first.time(), first.number()))
                .exception();
    }

    private Instant newest() {
        return store.revision(store.fresh().revision())
                .map(revision -> revision.time())
                .orElse(Instant.EPOCH);
    }

    private static Instant time(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw refused(
                    field,
                    text,
                    "must be the number of a revision (71) or a time (2026-01-31T12:00:00Z)");
        }
    }

    private static ProblemException refused(String field, String value, String why) {
        return Problem.badRequest(
                        "%s: Invalid value: \"%s\": %s".formatted(field, shown(value), why))
                .exception();
    }

    private static String shown(String value) {
        return value.length() <= 60 ? value : value.substring(0, 60) + "…";
    }
}
