package dev.slipway.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// What becomes of the resources that a deleted one owns, as `--cascade` says it.
enum Cascade {
    /// They are collected afterwards.
    BACKGROUND("Background"),
    /// They go first.
    FOREGROUND("Foreground"),
    /// They stay, and are nobody's.
    ORPHAN("Orphan");

    private final String policy;

    Cascade(String policy) {
        this.policy = policy;
    }

    static Cascade of(Arguments arguments) {
        var word = arguments.value(Option.CASCADE).orElse("background");
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException(
                                "--cascade takes %s, not %s"
                                        .formatted(
                                                Arrays.stream(values())
                                                        .map(Cascade::word)
                                                        .collect(Collectors.joining(", ")),
                                                word)));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The word of the API: a `propagationPolicy`.
    String policy() {
        return policy;
    }
}
