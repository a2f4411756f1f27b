package dev.slipway.cli;

import java.util.List;
import java.util.Optional;

/// What a verb can be told beside its words.
enum Option {
    FILE("-f", "--filename", true),
    RECURSIVE("-R", "--recursive", false),
    NAMESPACE("-n", "--namespace", true),
    ALL_NAMESPACES("-A", "--all-namespaces", false),
    OUTPUT("-o", "--output", true),
    SELECTOR("-l", "--selector", true),
    DRY_RUN("", "--dry-run", false),
    FORCE("", "--force-conflicts", false),
    DELETE("", "--delete", false),
    NOT_READY("", "--not-ready", false),
    CASCADE("", "--cascade", true),
    NO_WAIT("", "--no-wait", false),
    NONE("", "--none", false),
    LIMIT("", "--limit", true),
    FROM("", "--from", true),
    TO("", "--to", true),
    CAUSE("", "--cause", true),
    NOTED("", "--noted", true),
    WITH_CHILDREN("", "--with-children", false),
    KUBECONFIG("", "--kubeconfig", true),
    DATA("", "--data", true),
    HELP("-h", "--help", false);

    /// What every verb takes.
    static final List<Option> COMMON = List.of(KUBECONFIG, DATA, OUTPUT, HELP);

    private final String letter;
    private final String word;
    private final boolean valued;

    Option(String letter, String word, boolean valued) {
        this.letter = letter;
        this.word = word;
        this.valued = valued;
    }

    static Optional<Option> of(String written) {
        for (var option : values()) {
            if (written.equals(option.word)
                    || (!option.letter.isEmpty() && written.equals(option.letter))) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }

    /// `--namespace`.
    String word() {
        return word;
    }

    /// What a flag may be given behind `=`; the empty text stands for nothing.
    List<String> allowed() {
        return this == DRY_RUN ? List.of("", "server") : List.of("");
    }

    /// Whether a value follows it.
    boolean valued() {
        return valued;
    }
}
