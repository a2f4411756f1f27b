package dev.slipway.expression.library;

/// How one generation of `format` writes values; the generations differ in these, and in nothing else.
interface FormatStyle {
    String decimal(FormatPattern.Clause clause, Object value);

    String fixed(FormatPattern.Clause clause, Object value);

    String scientific(FormatPattern.Clause clause, Object value);

    String text(FormatPattern.Clause clause, Object value);
}
