package dev.slipway.app;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a verb was given: options by name, and the words between them.
///
/// @param options the values by name; a flag has the value `true`
record Given(Map<String, String> options, List<String> words) {
    Given {
        options = Map.copyOf(options);
        words = List.copyOf(words);
    }

    /// Reads `--name value`, `--name=value`, `--flag`, `-o value` and words; throws [UsageException].
    ///
    /// @param valued the options that want a value
    /// @param flags the options that want none
    /// @param most how many words there may be
    static Given of(List<String> line, Set<String> valued, Set<String> flags, int most) {
        Map<String, String> options = new LinkedHashMap<>();
        var words = new ArrayList<String>();
        for (var rest = line.iterator(); rest.hasNext(); ) {
            var word = rest.next();
            if (word.startsWith("-") && word.length() > 1) {
                option(word, rest, valued, flags, options);
            } else {
                words.add(word);
            }
        }
        if (words.size() > most) {
            throw new UsageException("\"%s\" is one word too many".formatted(words.get(most)));
        }
        return new Given(options, words);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    boolean flag(String name) {
        return options.containsKey(name);
    }

    private static void option(
            String word,
            Iterator<String> rest,
            Set<String> valued,
            Set<String> flags,
            Map<String, String> options) {
        var equals = word.indexOf('=');
        var name = word.substring(0, equals < 0 ? word.length() : equals).replaceFirst("^--?", "");
        if (flags.contains(name) && equals < 0) {
            options.put(name, "true");
        } else if (!valued.contains(name)) {
            throw new UsageException("unknown option \"%s\"".formatted(word));
        } else if (equals >= 0) {
            options.put(name, word.substring(equals + 1));
        } else if (rest.hasNext()) {
            options.put(name, rest.next());
        } else {
            throw new UsageException("%s wants a value".formatted(word));
        }
    }
}
