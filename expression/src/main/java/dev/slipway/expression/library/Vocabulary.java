package dev.slipway.expression.library;

import java.util.Set;
import java.util.TreeSet;

/// The names of the functions that an environment offers: to find the one that somebody meant.
///
/// @param alone what is called as `size(a)` or `lists.range(a)`, with its qualifier
/// @param members what is called on something, as `a.size()`
public record Vocabulary(Set<String> alone, Set<String> members) {
    /// Those that give a name to what they look at: `list.map(x, …)`, `cel.bind(x, …)`.
    private static final Set<String> NAMING =
            Set.of(
                    "all",
                    "exists",
                    "exists_one",
                    "existsOne",
                    "filter",
                    "map",
                    "sortBy",
                    "transformList",
                    "transformMap",
                    "transformMapEntry",
                    "optMap",
                    "optFlatMap",
                    "cel.bind");

    /// What the language has, and what comes with the CEL library.
    static Vocabulary of(Set<Library> libraries) {
        var vocabulary = new Vocabulary(new TreeSet<>(), new TreeSet<>());
        vocabulary.add(
                "has size matches type int uint double string bytes dyn duration timestamp bool",
                "size matches contains startsWith endsWith getFullYear getMonth getDayOfYear getDayOfMonth getDate"
                        + " getDayOfWeek getHours getMinutes getSeconds getMilliseconds"
                        + " all exists exists_one existsOne filter map");
        libraries.forEach(vocabulary::add);
        return vocabulary;
    }

    private void add(Library library) {
        switch (library) {
            case COMPREHENSIONS -> add("", "transformList transformMap transformMapEntry");
            case STRINGS ->
                    add(
                            "strings.quote",
                            "charAt indexOf join lastIndexOf lowerAscii replace split substring trim upperAscii");
            case LISTS -> add("", "sortBy");
            case BINDINGS -> add("cel.bind", "");
            case OPTIONALS ->
                    add(
                            "optional.of optional.ofNonZeroValue optional.none",
                            "or orValue hasValue value optMap optFlatMap");
            case ENCODERS -> add("base64.encode base64.decode", "");
            case SETS -> add("sets.contains sets.equivalent sets.intersects", "");
            case CONDITIONS -> add("runtime.newCondition runtime.condition", "");
            default -> {}
        }
        for (var function : library.functions()) {
            if (!function.declared() && Character.isLetter(function.name().charAt(0))) {
                (function.member() ? members : alone).add(function.name());
            }
        }
    }

    private void add(String more, String moreMembers) {
        add(alone, more);
        add(members, moreMembers);
    }

    private static void add(Set<String> names, String more) {
        if (!more.isEmpty()) {
            names.addAll(Set.of(more.split(" ")));
        }
    }

    /// Whether a function gives names to what it looks at, by its first arguments.
    public static boolean givesNames(String function) {
        return NAMING.contains(function);
    }
}
