package dev.slipway.expression;

/// One thing that is wrong with a source, and where: line and column count from 1.
public record ExpressionError(int line, int column, String message) {
    @Override
    public String toString() {
        return line + ":" + column + ": " + message;
    }
}
