package dev.slipway.kernel.model;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;

/// How deep a text nests, found out before anything goes down there: composing is recursive, reading events is not.
final class YamlDepth {
    /// Two levels may begin in one column: a list of a map's value is not indented.
    private static final int DEEP_LINE = Json.MAX_DEPTH / 2;

    private YamlDepth() {}

    /// Throws [MalformedException] where the text nests deeper than [Json#MAX_DEPTH].
    static void check(String text, LoadSettings settings) {
        if (!mayBeDeep(text)) {
            return;
        }
        int depth = 0;
        for (var event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent) {
                depth++;
            } else if (isEnd(event)) {
                depth--;
            }
            if (depth > Json.MAX_DEPTH) {
                throw new MalformedException(
                        "the document nests deeper than " + Json.MAX_DEPTH, null);
            }
        }
    }

    private static boolean isEnd(Event event) {
        return event.getEventId() == Event.ID.MappingEnd
                || event.getEventId() == Event.ID.SequenceEnd;
    }

    /// Whether brackets or the beginnings of lines are many enough for it.
    private static boolean mayBeDeep(String text) {
        int brackets = 0;
        int leading = 0;
        boolean atStart = true;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            switch (letter) {
                case '[', '{' -> brackets++;
                case '\n', '\r' -> {
                    atStart = true;
                    leading = 0;
                }
                default -> {}
            }
            if (atStart && letter != '\n' && letter != '\r') {
                atStart = letter == ' ' || letter == '-' || letter == '?' || letter == ':';
                leading++;
            }
            if (brackets > Json.MAX_DEPTH || leading > DEEP_LINE) {
                return true;
            }
        }
        return false;
    }
}
