package dev.slipway.cli;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What came of one document.
sealed interface Outcome {
    /// The server did it.
    ///
    /// @param shownAs the kind and the name: `component.backstage.io/web`
    /// @param result `created`, `configured`, `unchanged`, `deleted`
    record Done(String shownAs, String result, Resource object, List<String> warnings)
            implements Outcome {
        public Done {
            warnings = List.copyOf(warnings);
        }
    }

    /// It did not.
    ///
    /// @param place where the document stands, or what was asked for
    /// @param message one line, or several where it shows where in an expression it is wrong
    record Failed(String place, String message) implements Outcome {}

    /// As `-o json` tells it.
    default Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        switch (this) {
            case Done(_, var result, var object, var warnings) -> {
                tree.put("apiVersion", object.apiVersion());
                tree.put("kind", object.kind());
                tree.put("namespace", object.namespace());
                tree.put("name", object.name());
                tree.put("result", result);
                tree.put("warnings", warnings);
            }
            case Failed(var place, var message) -> {
                tree.put("place", place);
                tree.put("result", "failed");
                tree.put("message", message);
            }
        }
        return tree;
    }

    /// A problem with a line for each field that is wrong, where that takes more than one: then these follow the first,
    /// and what the server shows of an expression stands below its field.
    static String block(Problem problem) {
        var fields = fields(problem);
        if (fields.size() < 2 && fields.stream().noneMatch(one -> one.contains("\n"))) {
            return " " + line(problem);
        }
        return fields.stream()
                .flatMap(String::lines)
                .map(one -> "\n  " + one.stripTrailing())
                .collect(Collectors.joining());
    }

    /// A problem in one line: every field that is wrong with its path, or the sentence.
    static String line(Problem problem) {
        var fields = fields(problem);
        var line = fields.isEmpty() ? problem.message() : String.join("; ", fields);
        return line.replaceAll("\\s*\\R\\s*", " ");
    }

    private static List<String> fields(Problem problem) {
        return problem.causes().stream()
                .filter(cause -> !cause.field().isEmpty())
                .map(cause -> cause.field() + ": " + cause.message())
                .distinct()
                .toList();
    }
}
