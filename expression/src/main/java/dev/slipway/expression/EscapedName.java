package dev.slipway.expression;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private EscapedName() {}

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
