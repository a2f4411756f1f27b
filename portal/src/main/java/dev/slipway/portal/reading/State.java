package dev.slipway.portal.reading;

import java.util.Locale;

/// How something is, worst first: each with its own glyph, hue and word.
public enum State {
    ERROR("Failing"),
    WARNING("Needs a look"),
    PROGRESS("In progress"),
    UNKNOWN("Unknown"),
    OK("Well"),
    /// Says nothing about itself.
    NONE("No state");

    private final String word;

    State(String word) {
        this.word = word;
    }

    /// The word for it where nothing better is known.
    public String word() {
        return word;
    }

    /// The name of its glyph and the value of `data-state`.
    public String glyph() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether somebody may have to do something.
    public boolean needsSomebody() {
        return this == ERROR || this == WARNING || this == UNKNOWN;
    }
}
