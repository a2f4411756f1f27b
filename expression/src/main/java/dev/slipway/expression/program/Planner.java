package dev.slipway.expression.program;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelKind;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Turns a checked syntax tree into steps; what does not depend on data is worked out here, once.
final class Planner {
    /// What macros call the variable that is not there.
    private static final String UNUSED = "#unused";

    /// Of what is written out, these are done here.
    private static final Set<String> CONVERSIONS =
            Set.of(
                    "bool",
                    "bytes",
                    "double",
                    "duration",
                    "dyn",
                    "int",
                    "string",
                    "timestamp",
                    "type",
                    "uint");

    private static final Map<String, String> COMPARISONS =
            Map.of(
                    "_<_", "less_",
                    "_<=_", "less_equals_",
                    "_>_", "greater_",
                    "_>=_", "greater_equals_");

    private final CelAbstractSyntaxTree ast;
    private final Map<String, CelFunctionBinding> functions;
    private int places;

    /// @param functions by their overloads
    Planner(CelAbstractSyntaxTree ast, Map<String, CelFunctionBinding> functions) {
        this.ast = ast;
        this.functions = functions;
    }

    Step plan() {
        return step(ast.getExpr(), Map.of());
    }

    /// How many places the steps need.
    int places() {
        return places;
    }

    private Step step(CelExpr node, Map<String, Place> scope) {
        return switch (node.getKind()) {
            case CONSTANT -> new Constant(node.id(), value(node.constant()));
            case IDENT -> name(node, node.ident().name(), scope);
            case SELECT -> select(node, scope);
            case CALL -> call(node, scope);
            case LIST -> list(node, scope);
            case MAP -> map(node, scope);
            case STRUCT -> message(node, scope);
            case COMPREHENSION -> fold(node, scope);
            case NOT_SET -> throw new IllegalStateException("an empty node in an expression");
        };
    }

    private static Object value(CelConstant constant) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> NullValue.NULL_VALUE;
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case UINT64_VALUE -> constant.uint64Value();
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            case BYTES_VALUE -> constant.bytesValue();
            default -> throw new IllegalStateException("a constant of no known kind: " + constant);
        };
    }

    private Step name(CelExpr node, String name, Map<String, Place> scope) {
        Place place = scope.get(name);
        if (place != null) {
            return Path.to(new Attribute.Local(node.id(), place, List.of()));
        }
        var type = ast.getType(node.id()).orElse(null);
        return type != null && type.kind() == CelKind.TYPE
                ? new Constant(node.id(), type)
                : Path.to(new Attribute.Variable(node.id(), global(node, name), List.of()));
    }

    private String global(CelExpr node, String name) {
        String found = ast.getReference(node.id()).map(CelReference::name).orElse(name);
        return found.startsWith(".") ? found.substring(1) : found;
    }

    private Step select(CelExpr node, Map<String, Place> scope) {
        var select = node.select();
        if (!select.testOnly() && ast.getReference(node.id()).isPresent()) {
            return name(node, ast.getReference(node.id()).get().name(), Map.of());
        }
        Attribute operand = attribute(step(select.operand(), scope));
        return select.testOnly()
                ? Path.test(operand.with(new Qualifier.Presence(node.id(), select.field())))
                : Path.to(operand.with(new Qualifier.Key(node.id(), select.field(), false)));
    }

    private static Attribute attribute(Step step) {
        return step instanceof Path path
                ? path.attribute()
                : new Attribute.Of(step.id(), step, List.of());
    }

    private Step call(CelExpr node, Map<String, Place> scope) {
        var call = node.call();
        List<Step> arguments = new ArrayList<>();
        call.target().ifPresent(target -> arguments.add(step(target, scope)));
        call.args().forEach(argument -> arguments.add(step(argument, scope)));
        return switch (call.function()) {
            case "_&&_" -> new Absorbing(node.id(), false, arguments);
            case "_||_" -> new Absorbing(node.id(), true, arguments);
            case "_==_", "_!=_" ->
                    new Equality(
                            node.id(), call.function(), arguments.getFirst(), arguments.getLast());
            case "_?_:_" -> choice(node.id(), arguments);
            case "_[_]" -> index(node.id(), arguments, false);
            case "_?._", "_[?_]" -> index(node.id(), arguments, true);
            case "or", "orValue" ->
                    new OptionalElse(
                            node.id(), call.function(), arguments.getFirst(), arguments.getLast());
            default -> function(node, call.function(), arguments);
        };
    }

    private static Step choice(long id, List<Step> arguments) {
        return Path.to(
                new Attribute.Choice(
                        id,
                        arguments.getFirst(),
                        attribute(arguments.get(1)),
                        attribute(arguments.getLast())));
    }

    private static Step index(long id, List<Step> arguments, boolean optional) {
        Attribute operand = attribute(arguments.getFirst());
        Qualifier index =
                switch (arguments.getLast()) {
                    case Constant constant -> new Qualifier.Key(id, constant.constant(), optional);
                    case Path path -> new Qualifier.Computed(id, path.attribute(), optional);
                    case Step other ->
                            new Qualifier.Computed(
                                    id, new Attribute.Of(id, other, List.of()), optional);
                };
        return Path.to(operand.with(index));
    }

    private Step function(CelExpr node, String name, List<Step> arguments) {
        List<String> overloads =
                ast.getReference(node.id())
                        .<List<String>>map(CelReference::overloadIds)
                        .orElse(List.of());
        List<CelFunctionBinding> signatures =
                Stream.concat(
                                overloads.stream().map(functions::get).filter(Objects::nonNull),
                                comparisons(name))
                        .distinct()
                        .toList();
        String only = overloads.size() == 1 ? overloads.getFirst() : "";
        if (only.equals("in_list") && arguments.getLast() instanceof Constant known) {
            Optional<Step> lookup = lookup(node.id(), arguments.getFirst(), known.constant());
            if (lookup.isPresent()) {
                return lookup.get();
            }
        }
        Call call = new Call(node.id(), name, only, signatures, arguments);
        return CONVERSIONS.contains(name)
                        && arguments.size() == 1
                        && arguments.getFirst() instanceof Constant known
                ? converted(call, known.constant())
                : call;
    }

    /// Numbers of all types can be compared where types are known only now, whatever the checker allows.
    private Stream<CelFunctionBinding> comparisons(String function) {
        String prefix = COMPARISONS.get(function);
        return prefix == null
                ? Stream.of()
                : functions.entrySet().stream()
                        .filter(entry -> isOf(entry.getKey(), prefix))
                        .sorted(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue);
    }

    private static boolean isOf(String overload, String prefix) {
        return overload.startsWith(prefix)
                && (prefix.endsWith("equals_") || !overload.startsWith(prefix + "equals_"));
    }

    private static Optional<Step> lookup(long id, Step item, Object list) {
        if (!(list instanceof List<?> members)) {
            return Optional.empty();
        }
        if (members.isEmpty()) {
            return Optional.of(new Constant(id, false));
        }
        return Membership.suits(members)
                ? Optional.of(new Membership(id, item, members))
                : Optional.empty();
    }

    private static Step converted(Call call, Object argument) {
        Object value = call.applied(argument);
        return value instanceof Fault ? call : new Constant(call.id(), value);
    }

    private Step list(CelExpr node, Map<String, Place> scope) {
        List<Step> elements =
                node.list().elements().stream().map(element -> step(element, scope)).toList();
        var list = new NewList(node.id(), elements, new HashSet<>(node.list().optionalIndices()));
        return known(list, elements, new Frame(Map.of(), 0, new Budget(), null));
    }

    private Step map(CelExpr node, Map<String, Place> scope) {
        List<Step> parts = new ArrayList<>();
        List<NewMap.Entry> entries = new ArrayList<>();
        for (var entry : node.map().entries()) {
            Step key = step(entry.key(), scope);
            Step value = step(entry.value(), scope);
            parts.add(key);
            parts.add(value);
            entries.add(new NewMap.Entry(key, value, entry.optionalEntry()));
        }
        return known(
                new NewMap(node.id(), entries), parts, new Frame(Map.of(), 0, new Budget(), null));
    }

    /// The step itself, or what it gives where all of its parts are known.
    private static Step known(Step step, List<Step> parts, Frame frame) {
        if (!parts.stream().allMatch(Constant.class::isInstance)) {
            return step;
        }
        Object value = step.run(frame);
        return value instanceof Fault ? step : new Constant(step.id(), value);
    }

    private Step message(CelExpr node, Map<String, Place> scope) {
        String name =
                ast.getReference(node.id())
                        .map(CelReference::name)
                        .orElse(node.struct().messageName());
        return new NewMessage(
                node.id(),
                name,
                node.struct().entries().stream()
                        .map(entry ->
                                new NewMessage.Field(
                                        entry.fieldKey(),
                                        step(entry.value(), scope),
                                        entry.optionalEntry()))
                        .toList());
    }

    private Step fold(CelExpr node, Map<String, Place> scope) {
        var loop = node.comprehension();
        Step range = step(loop.iterRange(), scope);
        boolean binds = loop.iterVar().equals(UNUSED);
        Place result = place(step(loop.accuInit(), scope), !binds);
        Place first = place(null, false);
        @Nullable Place second = loop.iterVar2().isEmpty() ? null : place(null, false);
        Map<String, Place> after = new HashMap<>(scope);
        after.put(loop.accuVar(), result);
        Map<String, Place> inside = new HashMap<>(after);
        inside.put(loop.iterVar(), first);
        if (second != null) {
            inside.put(loop.iterVar2(), second);
        }
        inside.put(loop.accuVar(), result);
        return new Fold(
                node.id(),
                range,
                first,
                second,
                result,
                step(loop.loopCondition(), inside),
                step(loop.loopStep(), inside),
                step(loop.result(), after));
    }

    private Place place(@Nullable Step initial, boolean grows) {
        return new Place(places++, initial, grows);
    }
}
