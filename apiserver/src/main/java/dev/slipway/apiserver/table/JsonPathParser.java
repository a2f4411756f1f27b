package dev.slipway.apiserver.table;

import dev.slipway.apiserver.table.JsonPath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one JSON path, character by character. Used once.
final class JsonPathParser {
    private static final Pattern FILTER =
            Pattern.compile(
                    "\\?\\(\\s*@(?<path>.*?)\\s*(?<operator>==|!=)\\s*(?<literal>.+?)\\s*\\)");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");

    private final String text;
    private int at;

    JsonPathParser(String text) {
        this.text = text.strip();
    }

    List<Step> steps() {
        var steps = new ArrayList<Step>();
        while (at < text.length()) {
            steps.add(step());
        }
        return steps;
    }

    private Step step() {
        return switch (text.charAt(at)) {
            case '.' -> {
                at++;
                yield at < text.length() && text.charAt(at) == '[' ? bracket() : field();
            }
            case '[' -> bracket();
            default -> nothing();
        };
    }

    private Step field() {
        var name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        return name.isEmpty()
                ? nothing()
                : name.toString().equals("*") ? new Step.Every() : new Step.Field(name.toString());
    }

    private Step bracket() {
        var end = closing();
        if (end < 0) {
            return nothing();
        }
        var inside = text.substring(at + 1, end).strip();
        at = end + 1;
        return inside(inside);
    }

    private static Step inside(String inside) {
        if (inside.equals("*")) {
            return new Step.Every();
        }
        if (INTEGER.matcher(inside).matches()) {
            return new Step.Index(Integer.parseInt(inside));
        }
        if (isQuoted(inside)) {
            return new Step.Field(unquoted(inside));
        }
        var filter = FILTER.matcher(inside);
        return filter.matches()
                ? new Step.Filter(
                        JsonPath.parse(filter.group("path")),
                        filter.group("operator").equals("=="),
                        literal(filter.group("literal")))
                : new Step.Nothing();
    }

    /// The bracket that closes the one at `at`, outside quotes; -1 where there is none.
    private int closing() {
        char quote = 0;
        int depth = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[') {
                depth++;
            } else if (c == ']' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private Step nothing() {
        at = text.length();
        return new Step.Nothing();
    }

    private static @Nullable Object literal(String text) {
        if (isQuoted(text)) {
            return unquoted(text);
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> INTEGER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
        };
    }

    private static boolean isQuoted(String text) {
        return text.length() >= 2
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
    }

    private static String unquoted(String text) {
        return text.substring(1, text.length() - 1);
    }
}
