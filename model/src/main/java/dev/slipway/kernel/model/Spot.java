package dev.slipway.kernel.model;

/// A place in a value that is a text of its own, such as an expression.
///
/// @param text the whole value
/// @param line counts from 1
/// @param column counts characters from 1
public record Spot(String text, int line, int column) {
    /// How much of a line is shown.
    private static final int SHOWN = 100;

    /// The line with a caret under the place, each indented and begun by a line break.
    public String excerpt() {
        var content = text.lines().skip(line - 1L).findFirst().orElse("").replace('\t', ' ');
        var length = content.codePointCount(0, content.length());
        var place = Math.min(Math.max(column - 1, 0), length);
        var from = Math.max(0, place - SHOWN / 2);
        var to = Math.min(length, from + SHOWN);
        var before = from > 0 ? "… " : "";
        var after = to < length ? " …" : "";
        var shown =
                content.substring(
                        content.offsetByCodePoints(0, from), content.offsetByCodePoints(0, to));
        return "\n    %s%s%s\n    %s^"
                .formatted(before, shown, after, " ".repeat(before.length() + place - from));
    }
}
