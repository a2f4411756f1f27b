package dev.slipway.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The most that one evaluation of an expression can cost, as far as the sizes of its data are known beforehand.
///
/// Counted in the units of Kubernetes: one for reading a variable or a field and for most calls, a tenth for each letter
/// of a text that is looked at, and the body of a loop as often as it may run.
final class CostEstimate {
    private static final double LIST = 10;
    private static final double MAP = 30;
    private static final double STRUCT = 40;
    private static final double PER_LETTER = 0.1;
    private static final double PER_PATTERN_LETTER = 0.25;
    private static final Set<String> INDEX = Set.of("_[_]", "_[?_]");
    private static final Set<String> BRANCHES = Set.of("_?_:_");
    private static final Set<String> TEXT_SEARCHES =
            Set.of("contains", "startsWith", "endsWith", "indexOf", "lastIndexOf");
    private static final Set<String> TEXT_WALKS =
            Set.of("split", "replace", "lowerAscii", "upperAscii", "trim", "substring", "join");

    private final Sizes sizes;

    /// What is known of a part: what it costs, how large its value may be, and where in the data that stands.
    private record Part(double cost, double size, @Nullable List<String> place) {}

    CostEstimate(Sizes sizes) {
        this.sizes = sizes;
    }

    double of(CelExpr expression) {
        return part(expression, Map.of()).cost();
    }

    private Part part(CelExpr expression, Map<String, Part> locals) {
        return switch (expression.getKind()) {
            case CONSTANT -> new Part(0, size(expression.constant()), null);
            case IDENT -> ident(expression.ident().name(), locals);
            case SELECT -> {
                var operand = part(expression.select().operand(), locals);
                var cost = operand.cost() + (expression.select().testOnly() ? 0 : 1);
                yield at(cost, operand.place(), expression.select().field());
            }
            case CALL -> call(expression.call(), locals);
            case LIST -> {
                var elements = expression.list().elements();
                yield new Part(LIST + sum(elements, locals), elements.size(), null);
            }
            case MAP -> {
                double cost = MAP;
                for (var entry : expression.map().entries()) {
                    cost += part(entry.key(), locals).cost() + part(entry.value(), locals).cost();
                }
                yield new Part(cost, expression.map().entries().size(), null);
            }
            case STRUCT -> new Part(STRUCT, 1, null);
            case COMPREHENSION -> loop(expression.comprehension(), locals);
            case NOT_SET -> new Part(0, 1, null);
        };
    }

    private static double size(CelConstant constant) {
        return constant.getKind() == CelConstant.Kind.STRING_VALUE
                ? constant.stringValue().length()
                : 1;
    }

    private Part ident(String name, Map<String, Part> locals) {
        var local = locals.get(name);
        if (local != null) {
            return new Part(1, local.size(), local.place());
        }
        var root = name.startsWith(".") ? name.substring(1) : name;
        return root.equals("self") || root.equals("oldSelf")
                ? new Part(1, sizes.of(List.of()), List.of())
                : new Part(1, 1, null);
    }

    private Part at(double cost, @Nullable List<String> place, String step) {
        if (place == null) {
            return new Part(cost, 1, null);
        }
        var further = new ArrayList<>(place);
        further.add(step);
        return new Part(cost, sizes.of(further), further);
    }

    private Part call(CelExpr.CelCall call, Map<String, Part> locals) {
        var arguments = new ArrayList<Part>();
        call.target().ifPresent(target -> arguments.add(part(target, locals)));
        call.args().forEach(argument -> arguments.add(part(argument, locals)));
        var cost = arguments.stream().mapToDouble(Part::cost).sum();
        var name = call.function();
        if (arguments.isEmpty()) {
            return new Part(1, 1, null);
        }
        var first = arguments.getFirst();
        var last = arguments.getLast();
        if (INDEX.contains(name)) {
            return at(cost + 1, first.place(), Sizes.ELEMENT);
        }
        if (BRANCHES.contains(name) && arguments.size() == 3) {
            var one = arguments.get(1);
            var more = Math.max(one.cost(), last.cost());
            return new Part(first.cost() + more, Math.max(one.size(), last.size()), one.place());
        }
        return switch (name) {
            case "_&&_", "_||_", "!_", "@not_strictly_false" -> new Part(cost + own(name), 1, null);
            case "_==_", "_!=_", "_<_", "_<=_", "_>_", "_>=_" ->
                    new Part(cost + compared(first, last), 1, null);
            case "@in", "_in_" -> new Part(cost + Math.max(1, last.size()), 1, null);
            case "_+_" -> new Part(cost + joined(first, last), first.size() + last.size(), null);
            case "matches", "find", "findAll" ->
                    new Part(cost + searched(first, arguments), first.size(), null);
            default -> new Part(cost + walked(name, first, last), first.size(), null);
        };
    }

    private static double own(String name) {
        return name.equals("!_") ? 1 : 0;
    }

    private static double compared(Part first, Part last) {
        return Math.max(1, Math.ceil(Math.min(first.size(), last.size()) * PER_LETTER));
    }

    private static double joined(Part first, Part last) {
        return Math.max(1, Math.ceil((first.size() + last.size()) * PER_LETTER));
    }

    private static double searched(Part text, List<Part> arguments) {
        var pattern = arguments.size() > 1 ? arguments.get(1).size() : 1;
        return Math.ceil((text.size() + 1) * PER_LETTER)
                * Math.max(1, Math.ceil(pattern * PER_PATTERN_LETTER));
    }

    private static double walked(String name, Part first, Part last) {
        if (TEXT_SEARCHES.contains(name)) {
            var searched = name.endsWith("With") ? last.size() : first.size();
            return Math.max(1, Math.ceil(searched * PER_LETTER));
        }
        return TEXT_WALKS.contains(name) ? Math.max(1, Math.ceil(first.size() * PER_LETTER)) : 1;
    }

    private Part loop(CelExpr.CelComprehension loop, Map<String, Part> locals) {
        var range = part(loop.iterRange(), locals);
        var start = part(loop.accuInit(), locals);
        Map<String, Part> inner = new HashMap<>(locals);
        inner.put(loop.accuVar(), new Part(1, range.size(), null));
        var end = part(loop.result(), inner);
        inner.put(loop.iterVar(), at(1, range.place(), Sizes.ELEMENT));
        if (!loop.iterVar2().isEmpty()) {
            inner.put(loop.iterVar2(), at(1, range.place(), Sizes.ELEMENT));
        }
        var turn = part(loop.loopCondition(), inner).cost() + part(loop.loopStep(), inner).cost();
        return new Part(
                range.cost() + start.cost() + range.size() * turn + end.cost(), range.size(), null);
    }

    private double sum(List<CelExpr> parts, Map<String, Part> locals) {
        return parts.stream().mapToDouble(one -> part(one, locals).cost()).sum();
    }
}
