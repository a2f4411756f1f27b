package dev.slipway.kernel.kind;

import java.util.List;

/// The names of a kind: plural in paths, kind in objects, the rest for people.
public record Names(
        String plural,
        String singular,
        String kind,
        String listKind,
        List<String> shortNames,
        List<String> categories) {
    public Names {
        shortNames = List.copyOf(shortNames);
        categories = List.copyOf(categories);
    }

    /// Names by the usual rules: singular is the kind in lower case, the list's kind ends in `List`.
    public static Names of(String plural, String kind) {
        return new Names(
                plural,
                kind.toLowerCase(java.util.Locale.ROOT),
                kind,
                kind + "List",
                List.of(),
                List.of());
    }

    public Names withShortNames(String... names) {
        return new Names(plural, singular, kind, listKind, List.of(names), categories);
    }

    public Names withCategories(String... names) {
        return new Names(plural, singular, kind, listKind, shortNames, List.of(names));
    }
}
