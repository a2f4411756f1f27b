package dev.slipway.app.offline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Findings in the form that code hosts and editors read: SARIF 2.1.0.
public final class Sarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private Sarif() {}

    /// The log of one run.
    public static Map<String, Object> of(List<Finding> findings, String release) {
        var rules = new TreeSet<String>();
        findings.forEach(one -> rules.add(one.rule()));
        var names = new ArrayList<>(rules);
        var driver =
                tree(
                        "name",
                        "slipway validate",
                        "version",
                        release,
                        "rules",
                        names.stream().map(rule -> (Object) tree("id", rule)).toList());
        var run =
                tree(
                        "tool",
                        tree("driver", driver),
                        "columnKind",
                        "unicodeCodePoints",
                        "results",
                        findings.stream().map(one -> (Object) result(one, names)).toList());
        return tree("$schema", SCHEMA, "version", "2.1.0", "runs", List.of(run));
    }

    private static Map<String, Object> result(Finding finding, List<String> rules) {
        var region =
                tree(
                        "startLine",
                        (long) finding.place().line(),
                        "startColumn",
                        (long) finding.place().column());
        var location =
                tree(
                        "physicalLocation",
                        tree(
                                "artifactLocation",
                                tree("uri", finding.file().replace('\\', '/').replace(" ", "%20")),
                                "region",
                                region));
        if (!finding.path().isEmpty()) {
            location.put("logicalLocations", List.of(tree("fullyQualifiedName", finding.path())));
        }
        var text = finding.path().isEmpty() ? "" : finding.path() + ": ";
        return tree(
                "ruleId",
                finding.rule(),
                "ruleIndex",
                (long) rules.indexOf(finding.rule()),
                "level",
                finding.level().word(),
                "message",
                tree("text", text + finding.message() + finding.excerpt()),
                "locations",
                List.of(location));
    }

    private static Map<String, Object> tree(Object... pairs) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            tree.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return tree;
    }
}
