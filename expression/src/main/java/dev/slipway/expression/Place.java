package dev.slipway.expression;

/// A position in a text, counted as people do: line and column from 1, a column per character.
record Place(int line, int column) {
    /// The place of the character at `offset`.
    static Place in(String text, int offset) {
        int line = 1;
        int start = 0;
        for (int newline = text.indexOf('\n');
                newline >= 0 && newline < offset;
                newline = text.indexOf('\n', start)) {
            line++;
            start = newline + 1;
        }
        return new Place(line, text.codePointCount(start, offset) + 1);
    }

    /// Where a place counted from here lies in the text that this place is in.
    Place plus(Place inner) {
        return inner.line == 1
                ? new Place(line, column + inner.column - 1)
                : new Place(line + inner.line - 1, inner.column);
    }
}
