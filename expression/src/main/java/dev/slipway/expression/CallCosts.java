package dev.slipway.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one call in an expression can cost, with its arguments and without what it is called on, and how large its result
/// can be.
final class CallCosts {
    private static final double LETTER = 0.1;
    private static final double PATTERN_LETTER = 0.25;
    private static final double LONGEST_FORMAT_PATTERN = 128;
    private static final double LONGEST_FORMAT = 64;
    private static final double NEW_LIST = 10;

    /// Each item is compared with each, there and back.
    private static final double PAIR = 2;

    private static final double TEXT_PAIR = PAIR + LETTER;
    private static final Span ADDRESS = new Span(4, 16);
    private static final Set<CelKind> TEXTS = EnumSet.of(CelKind.STRING, CelKind.BYTES);

    private final CostEstimate all;
    private final CelExpr.CelCall call;
    private final List<CelExpr> operands = new ArrayList<>();
    private final List<Span> costs;

    /// What a call costs, and the size of its result where that is known.
    record Estimate(Span cost, @Nullable Span size) {
        static Estimate of(Span cost) {
            return new Estimate(cost, null);
        }

        private Estimate or(Estimate other) {
            var both = size == null || other.size == null ? null : size.or(other.size);
            var either = size == null ? other.size : size;
            return new Estimate(cost.or(other.cost), both == null ? either : both);
        }
    }

    /// @param costs of the arguments
    CallCosts(CostEstimate all, CelExpr.CelCall call, List<Span> costs) {
        this.all = all;
        this.call = call;
        this.costs = costs;
        call.target().ifPresent(operands::add);
        operands.addAll(call.args());
    }

    /// @param overloads what may be called, as far as is known from the types
    Estimate of(List<String> overloads) {
        var arguments = costs.stream().reduce(Span.ZERO, Span::plus);
        return overloads.stream()
                .map(overload -> logical(overload, arguments))
                .reduce(Estimate::or)
                .orElse(Estimate.of(Span.ZERO));
    }

    /// Branches cost what is taken of them; all else costs its arguments.
    private Estimate logical(String overload, Span arguments) {
        return switch (overload) {
            case "logical_and", "logical_or" ->
                    Estimate.of(new Span(costs.getFirst().least(), arguments.most()));
            case "conditional" ->
                    new Estimate(
                            costs.getFirst().plus(costs.get(1).or(costs.get(2))),
                            size(1).or(size(2)));
            default -> {
                var own = operands.isEmpty() ? Estimate.of(Span.ONE) : named(overload);
                yield new Estimate(own.cost().plus(arguments), own.size());
            }
        };
    }

    private Estimate named(String overload) {
        return switch (call.function()) {
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" ->
                    Estimate.of(compared());
            case "url", "lowerAscii", "upperAscii", "substring", "trim" ->
                    new Estimate(size(0).each(LETTER), size(0));
            case "replace" -> new Estimate(size(0).each(2 * LETTER), Replacement.size(sizes()));
            case "split" -> new Estimate(size(0).each(2 * LETTER), new Span(0, pieces()));
            case "join" -> new Estimate(joined().each(LETTER), joined());
            case "find", "findAll" -> new Estimate(searched(), new Span(0, size(0).most()));
            case "cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver" ->
                    Estimate.of(size(0).each(LETTER));
            case "ip" -> Estimate.of(call.target().isPresent() ? Span.ONE : size(0).each(LETTER));
            case "ip.isCanonical" -> Estimate.of(size(0).each(2 * LETTER));
            case "containsIP" ->
                    Estimate.of(ADDRESS.plus(ADDRESS).each(LETTER).plus(parsed(overload)));
            case "containsCIDR" ->
                    Estimate.of(
                            ADDRESS.plus(ADDRESS)
                                    .each(LETTER)
                                    .plus(ADDRESS.each(LETTER))
                                    .plus(1)
                                    .plus(parsed(overload)));
            case "validate" ->
                    Estimate.of(size(1).each(LETTER).each(LONGEST_FORMAT_PATTERN * PATTERN_LETTER));
            case "format", "strings.quote" -> ofText();
            case "slice" -> newList(Span.of(literal(2, size(0).most()) - literal(1, 0)), 1);
            case "lists.range" -> newList(Span.of(literal(0, Span.UNKNOWN.most())), 1);
            case "reverse" -> newList(size(0), 1);
            case "flatten" ->
                    newList(size(0), operands.size() > 1 ? literal(1, Span.UNKNOWN.most()) : 1);
            case "distinct" -> newList(size(0).times(size(0)), isOfTexts() ? TEXT_PAIR : PAIR);
            case "sort", "@sortByKeys" -> sorted(overload);
            case "sets.contains", "sets.intersects" -> Estimate.of(size(0).times(size(1)).plus(1));
            case "sets.equivalent" -> Estimate.of(size(0).times(size(1)).each(2).plus(1));
            default -> standard(overload);
        };
    }

    /// What the language itself brings along.
    private Estimate standard(String overload) {
        return switch (overload) {
            case "string_to_bytes" ->
                    new Estimate(
                            size(0).each(LETTER), new Span(size(0).least(), size(0).most() * 4));
            case "bytes_to_string" ->
                    new Estimate(
                            size(0).each(LETTER),
                            new Span(Math.floor(size(0).least() / 4), size(0).most()));
            case "starts_with_string", "ends_with_string" -> Estimate.of(size(1).each(LETTER));
            case "in_list" -> Estimate.of(size(1));
            case "matches", "matches_string" -> Estimate.of(searched());
            case "contains_string" -> Estimate.of(size(0).each(LETTER).times(size(1).each(LETTER)));
            case "add_list" -> new Estimate(Span.ONE, size(0).plus(size(1)));
            case "add_string", "add_bytes" ->
                    new Estimate(size(0).plus(size(1)).each(LETTER), size(0).plus(size(1)));
            case "equals" -> Estimate.of(isOpaque() ? opaque() : shorter().each(LETTER));
            case "not_equals",
                    "less_string",
                    "greater_string",
                    "less_equals_string",
                    "greater_equals_string",
                    "less_bytes",
                    "greater_bytes",
                    "less_equals_bytes",
                    "greater_equals_bytes" ->
                    Estimate.of(shorter().each(LETTER));
            default -> Estimate.of(Span.ONE);
        };
    }

    private Estimate ofText() {
        return call.function().equals("format")
                ? Estimate.of(size(0).each(LETTER))
                : new Estimate(
                        size(0).each(LETTER),
                        new Span(size(0).least() + 2, size(0).most() * 2 + 2));
    }

    /// Values of the functions that Kubernetes adds are compared as a whole.
    private boolean isOpaque() {
        var type = all.type(operands.getFirst());
        return type.kind() == CelKind.OPAQUE
                && !type.name().equals("optional_type")
                && type.equals(all.type(operands.getLast()));
    }

    private Span opaque() {
        return switch (all.type(operands.getFirst()).name()) {
            case "kubernetes.NamedFormat" -> new Span(1, LONGEST_FORMAT).each(LETTER);
            case "kubernetes.URL" -> new Span(1, size(1).most()).each(LETTER);
            default -> Span.ONE;
        };
    }

    private Span shorter() {
        var most = Math.min(size(0).most(), size(1).most());
        return new Span(most > 0 ? 1 : 0, most);
    }

    /// Walking a list once, and the texts in it.
    private Span compared() {
        var target = operands.getFirst();
        var parameters = all.type(target).parameters();
        if (parameters.isEmpty()) {
            return size(0).each(LETTER);
        }
        var element = parameters.getFirst();
        return size(0).times(
                        TEXTS.contains(element.kind())
                                ? elementSize(target).each(LETTER).plus(1)
                                : Span.ONE);
    }

    private Span elementSize(CelExpr list) {
        var path = all.path(list);
        var size = path.isEmpty() ? null : all.size(CostEstimate.further(path, Sizes.ELEMENT));
        return size == null ? Span.UNKNOWN : size;
    }

    private Span searched() {
        return size(0).plus(1).each(LETTER).times(size(1).each(PATTERN_LETTER));
    }

    /// Texts are read before they are compared.
    private Span parsed(String overload) {
        return overload.endsWith("string") ? size(1).each(LETTER) : Span.ZERO;
    }

    private double pieces() {
        var limit = literal(2, -1);
        return limit < 0 ? size(0).most() : limit;
    }

    private Span joined() {
        var list = operands.getFirst();
        var texts =
                all.type(list).parameters().isEmpty()
                        ? Span.ZERO
                        : size(0).times(elementSize(list));
        if (operands.size() == 1) {
            return texts;
        }
        var gaps = new Span(Math.max(0, size(0).least() - 1), Math.max(0, size(0).most() - 1));
        return texts.plus(size(1).times(gaps));
    }

    private static Estimate newList(Span size, double factor) {
        return new Estimate(size.each(factor).plus(NEW_LIST + 1), size);
    }

    private boolean isOfTexts() {
        var parameters = all.type(operands.getFirst()).parameters();
        return !parameters.isEmpty() && TEXTS.contains(parameters.getFirst().kind());
    }

    private Estimate sorted(String overload) {
        var items = size(operands.size() - 1);
        var texts = overload.contains("string") || overload.contains("bytes");
        return newList(items.times(items), texts ? TEXT_PAIR : PAIR);
    }

    /// The whole number that is written as an operand.
    private double literal(int operand, double otherwise) {
        if (operand >= operands.size()
                || operands.get(operand).getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
            return otherwise;
        }
        var constant = operands.get(operand).constant();
        return constant.getKind() == CelConstant.Kind.INT64_VALUE
                ? Math.max(0, constant.int64Value())
                : otherwise;
    }

    private Span size(int operand) {
        return all.sizeOrUnknown(operands.get(operand));
    }

    private List<Span> sizes() {
        return operands.stream().map(all::sizeOrUnknown).toList();
    }
}
