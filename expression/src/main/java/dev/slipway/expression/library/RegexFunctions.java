package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.INT;
import static dev.slipway.expression.library.Parameter.TEXT;
import static dev.slipway.expression.library.Parameter.TEXT_LIST;

import com.google.re2j.Matcher;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.List;

/// Parts of a text that a pattern finds; the patterns are RE2's, so that time grows with the text only linearly.
final class RegexFunctions {
    static final List<Function> ALL =
            List.of(
                    Function.standard("matches", TEXT, TEXT, RegexFunctions::matches),
                    Function.standard("matches_string", TEXT, TEXT, RegexFunctions::matches),
                    Function.member("find", SimpleType.STRING, TEXT, TEXT, RegexFunctions::find),
                    Function.member(
                            "findAll",
                            TEXT_LIST,
                            TEXT,
                            TEXT,
                            (text, pattern) -> findAll(text, pattern, -1)),
                    Function.member(
                            "findAll", TEXT_LIST, TEXT, TEXT, INT, RegexFunctions::findAll));

    private RegexFunctions() {}

    private static boolean matches(String text, String pattern) {
        return matcher(text, pattern).find();
    }

    private static String find(String text, String pattern) {
        Matcher matcher = matcher(text, pattern);
        return matcher.find() ? matcher.group() : "";
    }

    /// Nothing right behind something that was found does not count.
    private static List<String> findAll(String text, String pattern, long limit) {
        List<String> found = new ArrayList<>();
        Matcher matcher = matcher(text, pattern);
        int end = -1;
        while ((limit < 0 || found.size() < limit) && matcher.find()) {
            boolean clings = matcher.end() == matcher.start() && matcher.start() == end;
            if (!clings) {
                found.add(matcher.group());
            }
            end = matcher.end();
        }
        return found;
    }

    private static Matcher matcher(String text, String pattern) {
        try {
            return Patterns.compile(pattern).matcher(text);
        } catch (PatternSyntaxException e) {
            throw Failures.invalid("invalid pattern: " + e.getMessage());
        }
    }
}
