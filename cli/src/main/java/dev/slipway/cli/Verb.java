package dev.slipway.cli;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// One thing that the command line can do.
///
/// @param name the first word
/// @param usage what follows it, in one line
/// @param summary what it does, in one line
/// @param own the options that it knows beside those that every verb does
/// @param run does it and returns the exit code
record Verb(String name, String usage, String summary, List<Option> own, Run run) {
    /// What a verb does.
    interface Run {
        int in(Session session);
    }

    Set<Option> options() {
        var options = EnumSet.copyOf(Option.COMMON);
        options.addAll(own);
        return options;
    }

    /// `slipway get KIND [NAME] …`.
    String line() {
        return ("slipway " + name + " " + usage).strip();
    }
}
