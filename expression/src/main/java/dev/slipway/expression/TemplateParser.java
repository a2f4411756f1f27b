package dev.slipway.expression;

import dev.slipway.expression.Template.Part;
import java.util.ArrayList;
import java.util.List;

/// One reading of one string into a [Template].
final class TemplateParser {
    private static final String OPEN = "${";

    private final String text;
    private final List<Part> parts = new ArrayList<>();

    TemplateParser(String text) {
        this.text = text;
    }

    Template parse() {
        int position = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, position)) {
            addText(position, open);
            int start = open + OPEN.length();
            switch (new ExpressionScanner(text, start).scan()) {
                case ExpressionScanner.Closed(int end)
                        when text.substring(start, end).isBlank() -> {
                    return malformed(open, "the expression is empty");
                }
                case ExpressionScanner.Closed(int end) -> {
                    parts.add(new Part.Embedded(text.substring(start, end), start));
                    position = end + 1;
                }
                case ExpressionScanner.Nested(int offset) -> {
                    return malformed(offset, "nested expressions are not allowed");
                }
                case ExpressionScanner.Unterminated _ -> {
                    addText(open, text.length());
                    return template();
                }
            }
        }
        addText(position, text.length());
        return template();
    }

    private void addText(int from, int to) {
        if (from < to) {
            parts.add(new Part.Text(text.substring(from, to)));
        }
    }

    private Template malformed(int offset, String message) {
        Place place = Place.in(text, offset);
        return new Template.Malformed(new ExpressionError(place.line(), place.column(), message));
    }

    private Template template() {
        if (parts.stream().allMatch(Part.Text.class::isInstance)) {
            return new Template.Literal(text);
        }
        return parts.size() == 1
                        && parts.getFirst() instanceof Part.Embedded(var source, var offset)
                ? new Template.Standalone(source, offset)
                : new Template.Mixed(parts);
    }
}
