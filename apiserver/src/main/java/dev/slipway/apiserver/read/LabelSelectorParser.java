package dev.slipway.apiserver.read;

import dev.slipway.apiserver.read.LabelSelector.Operator;
import dev.slipway.apiserver.read.LabelSelector.Requirement;
import dev.slipway.kernel.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads one label selector, token by token. Used once.
final class LabelSelectorParser {
    private static final String SPECIAL = "=!(),<>";
    private static final Set<String> SYMBOLS =
            Set.of("=", "==", "!=", "!", "(", ")", ",", "<", ">", "");

    private final String text;
    private int at;
    private String token = "";

    LabelSelectorParser(String text) {
        this.text = text;
        advance();
    }

    List<Requirement> requirements() {
        var requirements = new ArrayList<Requirement>();
        while (true) {
            requirements.add(requirement());
            if (token.isEmpty()) {
                return requirements;
            }
            if (!token.equals(",")) {
                throw found("expected: ',' or 'end of string'");
            }
            advance();
            if (token.isEmpty() || requirements.size() >= LabelSelector.MAX_REQUIREMENTS) {
                throw found("expected: identifier after ','");
            }
        }
    }

    private Requirement requirement() {
        var absent = token.equals("!");
        if (absent) {
            advance();
        }
        var key = key();
        if (absent) {
            return new Requirement(key, Operator.ABSENT, List.of());
        }
        if (token.isEmpty() || token.equals(",")) {
            return new Requirement(key, Operator.EXISTS, List.of());
        }
        return compared(key);
    }

    private String key() {
        if (SYMBOLS.contains(token)) {
            throw found("expected: !, identifier, or 'end of string'");
        }
        var key = token;
        LabelSelector.checkKey(key);
        advance();
        return key;
    }

    private Requirement compared(String key) {
        var operator = token;
        return switch (operator) {
            case "=", "==" -> new Requirement(key, Operator.IN, List.of(value(key)));
            case "!=" -> new Requirement(key, Operator.NOT_IN, List.of(value(key)));
            case "in" -> new Requirement(key, Operator.IN, values(key));
            case "notin" -> new Requirement(key, Operator.NOT_IN, values(key));
            case ">" -> new Requirement(key, Operator.GREATER, List.of(integer()));
            case "<" -> new Requirement(key, Operator.LESS, List.of(integer()));
            default -> throw requirementFound(", expected: in, notin, =, ==, !=, gt, lt");
        };
    }

    private String value(String key) {
        advance();
        if (token.isEmpty() || token.equals(",")) {
            return "";
        }
        if (SYMBOLS.contains(token)) {
            throw requirementFound(", expected: identifier");
        }
        var value = token;
        LabelSelector.checkValue(key, value);
        advance();
        return value;
    }

    private String integer() {
        advance();
        var value = token;
        LabelSelector.checkInteger(value);
        advance();
        return value;
    }

    private List<String> values(String key) {
        advance();
        if (!token.equals("(")) {
            throw requirementFound(" expected: '('");
        }
        advance();
        var values = new ArrayList<String>();
        while (!token.equals(")")) {
            values.add(listed(key));
        }
        advance();
        return values.isEmpty() ? List.of("") : values;
    }

    /// One value of a list, with the comma behind it; an empty one stands for the empty value.
    private String listed(String key) {
        var value = token.equals(",") ? "" : token;
        if (token.isEmpty() || (SYMBOLS.contains(value) && !value.isEmpty())) {
            throw requirementFound(", expected: ',' or ')'");
        }
        LabelSelector.checkValue(key, value);
        if (!value.isEmpty()) {
            advance();
        }
        if (token.equals(",")) {
            advance();
        } else if (!token.equals(")")) {
            throw requirementFound(", expected: ',' or ')'");
        }
        return value;
    }

    private void advance() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        int start = at;
        if (at < text.length() && isSpecial(text.charAt(at))) {
            at++;
            var two = at < text.length() && text.charAt(at) == '=';
            var first = text.charAt(start);
            if (two && (first == '=' || first == '!')) {
                at++;
            }
        } else {
            while (at < text.length()
                    && !isSpecial(text.charAt(at))
                    && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        token = text.substring(start, at);
    }

    private static boolean isSpecial(char c) {
        return SPECIAL.indexOf(c) >= 0;
    }

    private RuntimeException found(String expected) {
        return Problem.badRequest("found '%s', %s".formatted(token, expected)).exception();
    }

    private RuntimeException requirementFound(String expected) {
        return Problem.badRequest(
                        "unable to parse requirement: found '%s'%s".formatted(token, expected))
                .exception();
    }
}
