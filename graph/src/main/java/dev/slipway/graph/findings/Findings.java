package dev.slipway.graph.findings;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Spot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the errors and completions of one reading of a definition, each once, in the order found; one thread only.
///
/// A reading goes on after an error with the most lenient assumption, so that the author sees all errors at once.
public final class Findings {
    /// How many errors are told at once.
    public static final int MAX_ERRORS = 100;

    private final Map<String, FieldCause> errors = new LinkedHashMap<>();
    private final List<Completion> completions = new ArrayList<>();

    public void error(FieldCause cause) {
        if (errors.size() < MAX_ERRORS) {
            errors.putIfAbsent(cause.toString(), cause);
        }
    }

    /// An error about the value at a path.
    public void invalid(String path, Object value, String detail) {
        error(FieldCause.invalid(path, value, detail));
    }

    /// An error about one place in the text at a path.
    public void invalid(String path, Spot place, String detail) {
        error(FieldCause.invalid(path, place.text(), detail).at(place));
    }

    public void completed(Completion completion) {
        if (!completions.contains(completion)) {
            completions.add(completion);
        }
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    public List<FieldCause> errors() {
        return List.copyOf(errors.values());
    }

    public List<Completion> completions() {
        return List.copyOf(completions);
    }
}
