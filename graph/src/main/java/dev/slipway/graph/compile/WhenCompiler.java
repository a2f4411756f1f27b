package dev.slipway.graph.compile;

import dev.slipway.expression.Expression;
import dev.slipway.expression.Template;
import dev.slipway.expression.Type;
import dev.slipway.graph.findings.Findings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compiles `includeWhen` and `readyWhen` of one node; used once, by one thread.
final class WhenCompiler {
    /// What one of several resources is called where all are asked.
    static final String EACH = "each";

    private final NodeSource node;
    private final ExpressionCheck expressions;
    private final Findings findings;
    private final Set<String> reads = new LinkedHashSet<>();

    WhenCompiler(NodeSource node, ExpressionCheck expressions, Findings findings) {
        this.node = node;
        this.expressions = expressions;
        this.findings = findings;
    }

    /// The ids of the nodes that `includeWhen` reads.
    Set<String> reads() {
        return reads;
    }

    /// May read the instance and other nodes.
    List<Part.Computed> include() {
        var compiled = compile(node.includeWhen(), "includeWhen", expressions);
        for (var condition : compiled) {
            for (var root : condition.expression().roots()) {
                if (root.equals(node.id())) {
                    findings.invalid(
                            node.path() + "." + condition.path(),
                            condition.expression().source(),
                            "includeWhen of %s cannot read %s itself".formatted(root, root));
                } else if (!root.equals("schema")) {
                    reads.add(root);
                }
            }
        }
        return compiled;
    }

    /// May read the node itself and nothing else: where it stands for several resources, `each` of them.
    ///
    /// @param each the type of one of several; empty where it is one
    List<Part.Computed> ready(Optional<Type> each) {
        var compiled =
                compile(
                        node.readyWhen(),
                        "readyWhen",
                        each.map(type -> expressions.with(Map.of(EACH, type))).orElse(expressions));
        for (var condition : compiled) {
            condition.expression().roots().stream()
                    .filter(root -> !isOwn(root, each.isPresent()))
                    .forEach(root ->
                            findings.invalid(
                                    node.path() + "." + condition.path(),
                                    condition.expression().source(),
                                    notOwn(root, each.isPresent())));
        }
        return compiled;
    }

    private boolean isOwn(String root, boolean several) {
        return several
                ? root.equals(EACH) || (node.isSelection() && root.equals(node.id()))
                : root.equals(node.id());
    }

    private String notOwn(String root, boolean several) {
        return several
                ? "readyWhen of %s is asked of each of its resources and may read only `%s`, not %s"
                        .formatted(node.id(), EACH, root)
                : "readyWhen may read only its own resource %s, not %s".formatted(node.id(), root);
    }

    private List<Part.Computed> compile(
            List<Object> texts, String field, ExpressionCheck environment) {
        var compiled = new ArrayList<Part.Computed>();
        for (int i = 0; i < texts.size(); i++) {
            var path = field + "[" + i + "]";
            if (texts.get(i) instanceof String text
                    && Template.parse(text) instanceof Template.Standalone template) {
                environment
                        .check(text, template, node.path() + "." + path)
                        .filter(expression -> isCondition(expression, text, path))
                        .ifPresent(expression ->
                                compiled.add(new Part.Computed(expression, path, true)));
            } else {
                findings.invalid(
                        node.path() + "." + path,
                        texts.get(i),
                        "only standalone expressions are allowed, such as ${schema.spec.enabled}");
            }
        }
        return compiled;
    }

    private boolean isCondition(Expression expression, String text, String path) {
        var type =
                expression.resultType() instanceof Type.OptionalOf(var inner)
                        ? inner
                        : expression.resultType();
        var condition = type instanceof Type.Bool || type instanceof Type.Dynamic;
        expressions.refuseOmission(expression, text, node.path() + "." + path);
        if (!condition) {
            findings.invalid(
                    node.path() + "." + path,
                    ExpressionCheck.spot(text),
                    "expected bool, got " + type.description());
        }
        return condition;
    }
}
