package dev.slipway.kernel.schema;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the kinds of Kubernetes and their fields are for, in words.
///
/// `texts.txt` is made by the build from a library that holds them, and is not there where classes were compiled without
/// it; `short-texts.txt` is our own, for what that library leaves out. Some 600 KB, so nobody keeps them longer than a
/// document takes to be made.
final class Texts {
    /// The key of the text of a definition itself.
    private static final String OWN = "";

    private final Map<String, Map<String, String>> texts = new HashMap<>();

    private Texts() {}

    static Texts read() {
        var read = new Texts();
        read.add("short-texts.txt");
        read.add("texts.txt");
        return read;
    }

    /// What a definition is.
    Optional<String> of(String definition) {
        return of(definition, OWN);
    }

    /// What a field of a definition is for.
    Optional<String> of(String definition, String field) {
        return Optional.ofNullable(texts.getOrDefault(definition, Map.of()).get(field))
                .filter(text -> !text.isEmpty());
    }

    private void add(String file) {
        try (var in = Texts.class.getResourceAsStream(file)) {
            if (in == null) {
                return;
            }
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, String> definition = Map.of();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                if (tab >= 0) {
                    definition.put(line.substring(0, tab), text(line.substring(tab + 1)));
                } else if (!line.startsWith("#")) {
                    definition = texts.computeIfAbsent(line, _ -> new HashMap<>());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static String text(String line) {
        return line.indexOf('\\') < 0 ? line : line.translateEscapes();
    }
}
