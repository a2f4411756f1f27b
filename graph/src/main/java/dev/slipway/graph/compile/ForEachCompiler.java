package dev.slipway.graph.compile;

import dev.slipway.expression.Expression;
import dev.slipway.expression.Template;
import dev.slipway.expression.Type;
import dev.slipway.graph.compile.Role.Iteration;
import dev.slipway.graph.findings.Findings;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compiles `forEach` of one node; used once, by one thread.
final class ForEachCompiler {
    /// How many loops one node may have.
    static final int MAX_LOOPS = 10;

    private final NodeSource node;
    private final ExpressionCheck expressions;
    private final Findings findings;
    private final Map<String, Type> iterators = new LinkedHashMap<>();
    private final Set<String> reads = new LinkedHashSet<>();

    ForEachCompiler(NodeSource node, ExpressionCheck expressions, Findings findings) {
        this.node = node;
        this.expressions = expressions;
        this.findings = findings;
    }

    /// The iterators with the types of their items, also of loops that are wrong.
    Map<String, Type> iterators() {
        return iterators;
    }

    /// The ids of the nodes that the loops read.
    Set<String> reads() {
        return reads;
    }

    List<Iteration> compile() {
        var entries = node.forEach();
        if (entries.size() > MAX_LOOPS) {
            findings.error(
                    new FieldCause(
                            "FieldValueTooMany",
                            path(),
                            "Too many: %d: must have at most %d items"
                                    .formatted(entries.size(), MAX_LOOPS)));
        }
        var iterations = new ArrayList<Iteration>();
        for (int i = 0; i < Math.min(entries.size(), MAX_LOOPS); i++) {
            var entry = entries.get(i) instanceof Map<?, ?> m ? Json.cast(m) : Map.of();
            if (entry.size() == 1) {
                var loop = entry.entrySet().iterator().next();
                var name = String.valueOf(loop.getKey());
                var path = path() + "[" + i + "]." + name;
                iteration(name, loop.getValue(), path).ifPresent(iterations::add);
            } else {
                findings.invalid(
                        path() + "[" + i + "]",
                        entries.get(i),
                        "an entry of forEach names exactly one iterator");
            }
        }
        return iterations;
    }

    private String path() {
        return node.path() + ".forEach";
    }

    /// Iterators are independent of each other: none sees those before it.
    private Optional<Iteration> iteration(String name, Object value, String path) {
        iterators.put(name, Type.DYNAMIC);
        if (value instanceof String text
                && Template.parse(text) instanceof Template.Standalone template) {
            return expressions
                    .check(text, template, path)
                    .filter(expression -> isList(expression, name, text, path))
                    .map(expression -> new Iteration(name, expression));
        }
        findings.invalid(
                path,
                value,
                "only standalone expressions are allowed, such as ${schema.spec.regions}");
        return Optional.empty();
    }

    private boolean isList(Expression expression, String name, String text, String path) {
        expressions.refuseOmission(expression, text, path);
        for (var root : expression.roots()) {
            if (root.equals(node.id())) {
                findings.invalid(
                        path, text, "forEach of %s cannot read %s itself".formatted(root, root));
            } else if (!root.equals("schema")) {
                reads.add(root);
            }
        }
        var type =
                expression.resultType() instanceof Type.OptionalOf(var inner)
                        ? inner
                        : expression.resultType();
        if (type instanceof Type.ListOf(var element, _)) {
            iterators.put(name, element);
        } else if (!(type instanceof Type.Dynamic)) {
            findings.invalid(
                    path,
                    ExpressionCheck.spot(text),
                    "forEach of %s goes over a list, got %s"
                            .formatted(node.id(), type.description()));
            return false;
        }
        return true;
    }
}
