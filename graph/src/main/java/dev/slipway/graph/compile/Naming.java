package dev.slipway.graph.compile;

import dev.slipway.graph.findings.Findings;
import dev.slipway.kernel.model.FieldCause;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The rules about the ids of nodes.
final class Naming {
    private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9]{0,62}");
    private static final Set<String> RESERVED =
            Set.of(
                    ("apiVersion context dependency dependencies each externalRef externalReference"
                                    + " externalReferences externalRefs graph instance item items kind kro metadata"
                                    + " namespace object resource resourcegraphdefinition resourceGraphDefinition"
                                    + " resources root runtime schema self serviceAccountName spec status this"
                                    + " variables vars version true false null in as break const continue else for"
                                    + " function if import let loop package return var void while")
                            .split(" "));

    private Naming() {}

    static void check(List<NodeSource> nodes, Findings findings) {
        var seen = new HashSet<String>();
        var ids = nodes.stream().map(NodeSource::id).collect(Collectors.toSet());
        for (var node : nodes) {
            check(node, findings);
            checkIterators(node, ids, findings);
            if (!node.id().isEmpty() && !seen.add(node.id())) {
                findings.error(
                        new FieldCause(
                                "FieldValueDuplicate",
                                node.path() + ".id",
                                "Duplicate value: \"" + node.id() + "\""));
            }
        }
    }

    /// Iterators are named like ids, and like none of them.
    private static void checkIterators(NodeSource node, Set<String> ids, Findings findings) {
        var seen = new HashSet<String>();
        for (int i = 0; i < node.forEach().size(); i++) {
            var path = node.path() + ".forEach[" + i + "]";
            var entry = node.forEach().get(i) instanceof Map<?, ?> map ? map : Map.of();
            for (var key : entry.keySet()) {
                var name = String.valueOf(key);
                if (!ID.matcher(name).matches()) {
                    findings.invalid(
                            path,
                            name,
                            "an iterator is a lower case letter and then at most 62 letters and digits, such as region");
                } else if (RESERVED.contains(name)) {
                    findings.invalid(
                            path,
                            name,
                            "the word is reserved: choose another name for the iterator");
                } else if (ids.contains(name)) {
                    findings.invalid(
                            path,
                            name,
                            "a resource has this id: choose another name for the iterator");
                } else if (!seen.add(name)) {
                    findings.error(
                            new FieldCause(
                                    "FieldValueDuplicate",
                                    path,
                                    "Duplicate value: \"" + name + "\""));
                }
            }
        }
    }

    private static void check(NodeSource node, Findings findings) {
        var path = node.path() + ".id";
        if (node.id().isEmpty()) {
            findings.error(FieldCause.required(path, "a name to refer to this resource by"));
        } else if (!ID.matcher(node.id()).matches()) {
            findings.invalid(
                    path,
                    node.id(),
                    "an id is a lower case letter and then at most 62 letters and digits, such as webServer");
        } else if (RESERVED.contains(node.id())) {
            findings.invalid(path, node.id(), "the word is reserved: choose another id");
        }
    }
}
