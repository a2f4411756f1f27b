package dev.slipway.apiserver.wire;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes the `Warning` header by which clients tell their users something.
public final class Warnings {
    /// How long all warnings of an answer may be together, in characters; longer ones are cut.
    public static final int MAX_LENGTH = 4096;

    /// What is left of one that is cut, in characters.
    public static final int CUT_LENGTH = 256;

    private static final Pattern ENTRY = Pattern.compile("299 - \"(?:[^\"\\\\]|\\\\.)*\"");

    private Warnings() {}

    /// The header's value; each text once.
    public static String header(List<String> warnings) {
        var texts = new LinkedHashSet<>(warnings);
        var cut = texts.stream().mapToInt(String::length).sum() > MAX_LENGTH;
        return texts.stream()
                .map(text -> cut ? cut(text) : text)
                .limit(cut ? MAX_LENGTH / CUT_LENGTH : Long.MAX_VALUE)
                .map(Warnings::entry)
                .collect(Collectors.joining(", "));
    }

    /// The entries of a header's value.
    public static List<String> each(String header) {
        return ENTRY.matcher(header).results().map(MatchResult::group).toList();
    }

    private static String cut(String text) {
        return text.length() <= CUT_LENGTH ? text : text.substring(0, CUT_LENGTH);
    }

    /// Quoted as HTTP asks; a header is one line of printable characters.
    private static String entry(String text) {
        var line = text.replaceAll("\\p{Cntrl}+", " ");
        return "299 - \"" + line.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
