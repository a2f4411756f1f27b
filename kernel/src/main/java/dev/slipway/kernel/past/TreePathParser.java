package dev.slipway.kernel.past;

import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.ProblemException;
import java.util.ArrayList;
import java.util.List;

/// Reads a path as people write it: `.spec.containers[name=app].image`. For one thread and one text.
final class TreePathParser {
    /// How many characters a path may have.
    static final int MAX_LENGTH = 1_024;

    private final String text;
    private final List<TreePath.Step> steps = new ArrayList<>();
    private int at;

    TreePathParser(String text) {
        this.text = text;
    }

    TreePath path() {
        if (text.length() > MAX_LENGTH) {
            throw problem("is longer than %d characters".formatted(MAX_LENGTH));
        }
        while (at < text.length()) {
            step();
        }
        return new TreePath(steps);
    }

    private void step() {
        var character = text.charAt(at);
        if (character == '[') {
            at++;
            bracket();
        } else if (character == '.' || at == 0) {
            at += character == '.' ? 1 : 0;
            // A path that begins with a bracket may still have its dot: .['a/b']
            if (at >= text.length() || text.charAt(at) != '[' || at > 1) {
                steps.add(new TreePath.Step.Field(until(".[")));
            }
        } else {
            throw problem("expected . or [ at character %d".formatted(at + 1));
        }
    }

    private void bracket() {
        var quote = at < text.length() ? text.charAt(at) : ']';
        if (quote == '\'' || quote == '"') {
            at++;
            steps.add(new TreePath.Step.Field(quoted(quote)));
        } else {
            steps.add(item(until("]")));
        }
        if (at >= text.length() || text.charAt(at) != ']') {
            throw problem("expected ] at character %d".formatted(at + 1));
        }
        at++;
    }

    private TreePath.Step item(String content) {
        if (content.matches("[0-9]{1,9}")) {
            return new TreePath.Step.Index(Integer.parseInt(content));
        }
        var equals = content.indexOf('=');
        if (equals < 1) {
            throw problem(
                    "\"%s\" in brackets is neither a position, nor name=web, nor a 'name' in quotes"
                            .formatted(content));
        }
        return new TreePath.Step.Item(content.substring(0, equals), content.substring(equals + 1));
    }

    private String quoted(char quote) {
        var name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        at++;
        return name.toString();
    }

    private String until(String ends) {
        var start = at;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw problem("expected a name at character %d".formatted(at + 1));
        }
        return text.substring(start, at);
    }

    private ProblemException problem(String why) {
        return Problem.badRequest(
                        "path \"%s\": %s; write it like .spec.replicas, .spec.containers[0].image or .metadata.labels['a/b']"
                                .formatted(shown(), why))
                .exception();
    }

    private String shown() {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
