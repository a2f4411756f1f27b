package dev.slipway.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What follows a verb: words and options, in any order.
///
/// @param options the values of each option that was given, in their order; of a flag one empty text
record Arguments(List<String> words, Map<Option, List<String>> options) {
    /// How many words and options a command line may have.
    static final int MAX = 10_000;

    Arguments {
        words = List.copyOf(words);
        options = Map.copyOf(options);
    }

    /// Reads what follows a verb that knows these options.
    static Arguments parse(List<String> written, Set<Option> known) {
        if (written.size() > MAX) {
            throw new UsageException("more than %d arguments".formatted(MAX));
        }
        var words = new ArrayList<String>();
        Map<Option, List<String>> options = new EnumMap<>(Option.class);
        for (var rest = written.iterator(); rest.hasNext(); ) {
            var next = rest.next();
            if (next.startsWith("-") && next.length() > 1) {
                option(next, rest, known, options);
            } else {
                words.add(next);
            }
        }
        return new Arguments(words, options);
    }

    private static void option(
            String written,
            Iterator<String> rest,
            Set<Option> known,
            Map<Option, List<String>> options) {
        var equals = written.startsWith("--") ? written.indexOf('=') : -1;
        var name = equals < 0 ? written : written.substring(0, equals);
        var option =
                Option.of(name)
                        .filter(known::contains)
                        .orElseThrow(() -> new UsageException("unknown option " + name));
        var value = equals < 0 ? "" : written.substring(equals + 1);
        if (!option.valued() && !option.allowed().contains(value)) {
            throw new UsageException(
                    "option %s does not take the value \"%s\"".formatted(name, value));
        }
        if (option.valued() && equals < 0) {
            if (!rest.hasNext()) {
                throw new UsageException("option %s needs a value".formatted(name));
            }
            value = rest.next();
        }
        options.computeIfAbsent(option, _ -> new ArrayList<>()).add(value);
    }

    boolean has(Option option) {
        return options.containsKey(option);
    }

    /// The last value of an option.
    Optional<String> value(Option option) {
        return Optional.ofNullable(options.get(option)).map(List::getLast);
    }

    List<String> values(Option option) {
        return options.getOrDefault(option, List.of());
    }

    /// How to print: `json`, `yaml`, `wide`, `name`, or empty for people.
    String output(String... allowed) {
        var output = value(Option.OUTPUT).orElse("");
        if (!output.isEmpty() && !List.of(allowed).contains(output)) {
            throw new UsageException(
                    "unknown output %s: -o takes %s".formatted(output, String.join(", ", allowed)));
        }
        return output;
    }
}
