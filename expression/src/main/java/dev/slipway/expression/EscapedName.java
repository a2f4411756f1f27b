package dev.slipway.expression;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The escaped spelling that Kubernetes gives to field names which are no CEL identifiers: `a__dash__b`, `__in__`.
final class EscapedName {
    private static final Map<String, String> CHARACTERS =
            Map.of("underscores", "__", "dot", ".", "dash", "-", "slash", "/");
    private static final Set<String> RESERVED =
            Set.of(
                    "true",
                    "false",
                    "null",
                    "in",
                    "as",
                    "break",
                    "const",
                    "continue",
                    "else",
                    "for",
                    "function",
                    "if",
                    "import",
                    "let",
                    "loop",
                    "package",
                    "namespace",
                    "return",
                    "var",
                    "void",
                    "while");
    private static final Pattern CHARACTER = Pattern.compile("__(underscores|dot|dash|slash)__");

    private static final Pattern ESCAPABLE = Pattern.compile("[a-zA-Z_./-][a-zA-Z0-9_./-]*");
    private static final Pattern SPECIAL = Pattern.compile("__|[./-]");
    private static final Map<String, String> ESCAPES =
            Map.of(
                    "__", "__underscores__",
                    ".", "__dot__",
                    "-", "__dash__",
                    "/", "__slash__");

    private EscapedName() {}

    /// How expressions write the name of a field; empty where no expression can.
    static Optional<String> of(String name) {
        if (!ESCAPABLE.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                RESERVED.contains(name)
                        ? "__" + name + "__"
                        : SPECIAL.matcher(name)
                                .replaceAll(match -> ESCAPES.getOrDefault(match.group(), "")));
    }

    /// All ways in which expressions may write the name of a field: reserved words also as they are.
    static Stream<String> spellings(String name) {
        return Stream.concat(
                of(name).stream(), RESERVED.contains(name) ? Stream.of(name) : Stream.of());
    }

    /// The field that expressions call `name`, where some fields are declared; `name` itself where none of them is meant.
    static @Nullable String field(String name, Set<String> declared) {
        if (declared.contains(name)) {
            return isPlain(name) ? name : null;
        }
        String plain = plain(name);
        return declared.contains(plain) && of(plain).filter(name::equals).isPresent()
                ? plain
                : name;
    }

    /// Whether expressions write the name as it is.
    private static boolean isPlain(String name) {
        return !name.contains("__")
                && name.chars()
                        .allMatch(letter ->
                                (letter < 128 && Character.isLetterOrDigit(letter))
                                        || letter == '_');
    }

    /// The name that `name` is the escaped spelling of; `name` itself when it is none.
    static String plain(String name) {
        if (!name.contains("__")) {
            return name;
        }
        if (name.startsWith("__") && name.endsWith("__") && name.length() > 4) {
            String word = name.substring(2, name.length() - 2);
            if (RESERVED.contains(word)) {
                return word;
            }
        }
        return CHARACTER
                .matcher(name)
                .replaceAll(match ->
                        Matcher.quoteReplacement(CHARACTERS.getOrDefault(match.group(1), "")));
    }
}
