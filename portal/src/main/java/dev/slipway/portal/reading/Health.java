package dev.slipway.portal.reading;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Resource;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How one resource is, by what it says about itself: its conditions, else its phase or state.
///
/// @param word at most [#WORD] characters, for a cell
/// @param sentence the whole of it
/// @param cause the condition that decided, where there is one
public record Health(
        State state,
        String word,
        String sentence,
        Optional<Instant> since,
        Optional<Condition> cause) {
    /// How long a word in a state cell may be, in characters.
    public static final int WORD = 22;

    private static final Map<String, State> PHASES =
            Map.ofEntries(
                    Map.entry("active", State.OK),
                    Map.entry("ready", State.OK),
                    Map.entry("running", State.OK),
                    Map.entry("bound", State.OK),
                    Map.entry("available", State.OK),
                    Map.entry("succeeded", State.OK),
                    Map.entry("healthy", State.OK),
                    Map.entry("synced", State.OK),
                    Map.entry("complete", State.OK),
                    Map.entry("inprogress", State.PROGRESS),
                    Map.entry("pending", State.PROGRESS),
                    Map.entry("progressing", State.PROGRESS),
                    Map.entry("waiting", State.PROGRESS),
                    Map.entry("creating", State.PROGRESS),
                    Map.entry("deleting", State.PROGRESS),
                    Map.entry("terminating", State.PROGRESS),
                    Map.entry("degraded", State.WARNING),
                    Map.entry("inactive", State.WARNING),
                    Map.entry("error", State.ERROR),
                    Map.entry("failed", State.ERROR),
                    Map.entry("lost", State.ERROR));

    /// What a resource says about itself.
    public static Health of(Resource resource) {
        return of(resource, Condition.of(resource));
    }

    /// What a resource says about itself, with its conditions as they were read.
    static Health of(Resource resource, List<Condition> conditions) {
        if (resource.terminating()) {
            return deleting(resource);
        }
        var worst =
                conditions.stream()
                        .min(Comparator.comparing(Condition::state).thenComparing(Health::summary));
        var phase = phase(resource);
        if (worst.isPresent() && worst.get().state().compareTo(phase.state()) <= 0) {
            return of(worst.get(), phase);
        }
        return phase;
    }

    /// A word somewhere in a status, such as `ACTIVE` or `in-progress`.
    public static Health ofWord(String word) {
        if (word.isEmpty()) {
            return new Health(State.NONE, "", "", Optional.empty(), Optional.empty());
        }
        var key = word.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        var words = Words.sentence(word.toLowerCase(Locale.ROOT));
        var state = PHASES.getOrDefault(key, State.NONE);
        return new Health(state, Words.cut(words, WORD), words, Optional.empty(), Optional.empty());
    }

    /// The one word of a status, as it stands there; empty where there is none.
    public static String phaseOf(Resource resource) {
        var state = Json.string(resource.status(), "state");
        return state.isEmpty() ? Json.string(resource.status(), "phase") : state;
    }

    /// Whether there is anything to show.
    public boolean known() {
        return state != State.NONE || !word.isEmpty();
    }

    private static Health of(Condition condition, Health phase) {
        if (condition.asWanted()) {
            var word = phase.known() ? phase.word() : Words.cut(condition.words(), WORD);
            return new Health(
                    State.OK, word, condition.words(), condition.since(), Optional.of(condition));
        }
        return new Health(
                condition.state(),
                word(condition),
                condition.says(),
                condition.since(),
                Optional.of(condition));
    }

    private static String word(Condition condition) {
        if (!condition.message().isEmpty() && condition.message().length() <= WORD) {
            return condition.message();
        }
        var reason = Words.sentence(condition.reason());
        return Words.cut(
                reason.isEmpty() ? condition.words() + ": " + condition.status() : reason, WORD);
    }

    private static Health phase(Resource resource) {
        return ofWord(phaseOf(resource));
    }

    private static Health deleting(Resource resource) {
        var waits =
                resource.finalizers().isEmpty()
                        ? "Being deleted"
                        : "Being deleted; waits for " + String.join(", ", resource.finalizers());
        return new Health(
                State.PROGRESS,
                "Deleting",
                waits,
                Trees.moment(resource.metadata().get("deletionTimestamp")),
                Optional.empty());
    }

    /// Of conditions that are as wanted the vital one speaks for all; of bad ones it comes last, as the others say why.
    private static boolean summary(Condition condition) {
        return condition.asWanted() != condition.vital();
    }
}
