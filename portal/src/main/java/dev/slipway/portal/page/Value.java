package dev.slipway.portal.page;

import java.util.List;

/// A value of a field, in the shape in which it reads best.
public sealed interface Value {
    /// One value.
    ///
    /// @param href where it leads, or empty
    /// @param missing whether it names something that does not exist
    record Text(String text, String href, boolean missing) implements Value {
        static Text of(String text) {
            return new Text(text, "", false);
        }

        public boolean leads() {
            return !href.isEmpty();
        }

        /// Whether it leads out of the portal.
        public boolean outside() {
            return href.startsWith("http");
        }
    }

    /// Some values of the same sort.
    record Items(List<Text> items) implements Value {}

    /// Fields of an object.
    record Group(List<Field> fields) implements Value {}

    /// Objects of the same sort, one per row.
    record Grid(List<String> columns, List<List<Text>> rows) implements Value {}

    /// What is too deep or too odd for any other shape.
    record Code(String text) implements Value {}

    /// A named value.
    ///
    /// @param path where it stands in the object: `spec.dependsOn`
    /// @param hint what its schema says about it, or its path
    record Field(String label, String path, String hint, Value value) {
        /// Whether it takes a line of its own and does not stand beside its label.
        public boolean wide() {
            return !(value instanceof Text || value instanceof Items);
        }
    }
}
