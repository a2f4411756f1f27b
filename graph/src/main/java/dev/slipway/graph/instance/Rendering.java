package dev.slipway.graph.instance;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What came of rendering a template for an instance.
sealed interface Rendering {
    /// The whole object.
    record Rendered(Map<String, Object> tree) implements Rendering {}

    /// Data of other nodes are not there yet.
    record Pending(List<Note> notes) implements Rendering {}

    /// It cannot be rendered with this instance, and waiting will not help.
    record Broken(List<Note> notes) implements Rendering {}

    /// What is the matter with a field.
    record Note(String path, String message) {
        @Override
        public String toString() {
            return path + ": " + message;
        }
    }

    static String sentence(List<Note> notes) {
        return notes.stream().map(Note::toString).collect(Collectors.joining("; "));
    }
}
