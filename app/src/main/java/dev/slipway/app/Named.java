package dev.slipway.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Files named on a command line, with or without `-f` before each.
final class Named {
    private static final Set<String> OPTIONS = Set.of("-f", "--filename");

    private Named() {}

    /// The words without every `-f`.
    static List<String> words(List<String> words) {
        var rest = new ArrayList<String>();
        for (var word : words) {
            if (word.startsWith("--filename=")) {
                rest.add(word.substring("--filename=".length()));
            } else if (!OPTIONS.contains(word)) {
                rest.add(word);
            }
        }
        return rest;
    }
}
