package dev.slipway.graph.definition;

import dev.slipway.kernel.model.Resource;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// What becomes of the instances of a definition that is deleted, as its author says.
public enum Ending {
    /// They are deleted, with their resources.
    DELETE("Delete"),
    /// They are deleted, and their resources stay and are nobody's.
    ORPHAN("Orphan"),
    /// They live on; the definition goes after the last of them.
    WAIT("Wait");

    /// On definitions.
    public static final String ANNOTATION = "slipway.dev/instances-on-deletion";

    private final String word;

    Ending(String word) {
        this.word = word;
    }

    /// What a definition says; empty where it says nothing that has a meaning.
    public static Optional<Ending> of(Resource definition) {
        return definition
                .annotation(ANNOTATION)
                .flatMap(said ->
                        Arrays.stream(values()).filter(one -> one.word.equals(said)).findFirst());
    }

    /// The words that there are.
    public static String words() {
        return Arrays.stream(values()).map(one -> one.word).collect(Collectors.joining(", "));
    }
}
