package dev.slipway.kernel.patch;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The way from the root of an object to a field: `.spec.containers[name="app"].image`.
public record FieldPath(List<PathElement> elements) {
    public FieldPath {
        elements = List.copyOf(elements);
    }

    /// A path of field names only.
    public static FieldPath of(String... names) {
        return new FieldPath(
                Arrays.stream(names).<PathElement>map(PathElement.Field::new).toList());
    }

    @Override
    public String toString() {
        return elements.stream().map(PathElement::toString).collect(Collectors.joining());
    }
}
