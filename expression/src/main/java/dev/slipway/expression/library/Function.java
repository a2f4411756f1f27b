package dev.slipway.expression.library;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One way to call a function: its signature and what it does.
///
/// @param overload CEL's name for this signature, unique among all
/// @param declared whether CEL knows the signature already and only the body is ours
/// @param member whether it is called on its first argument, `a.f(b)`, or as `f(a, b)`
record Function(
        String name,
        String overload,
        boolean declared,
        boolean member,
        CelType result,
        List<Parameter<?>> parameters,
        Body body) {
    /// What a function does with arguments that fit its parameters.
    @FunctionalInterface
    interface Body {
        Object apply(Object... arguments);
    }

    /// A body with one argument.
    @FunctionalInterface
    interface One<A> {
        Object apply(A first);
    }

    /// A body with two arguments.
    @FunctionalInterface
    interface Two<A, B> {
        Object apply(A first, B second);
    }

    /// A body with three arguments.
    @FunctionalInterface
    interface Three<A, B, C> {
        Object apply(A first, B second, C third);
    }

    /// A body with four arguments.
    @FunctionalInterface
    interface Four<A, B, C, D> {
        Object apply(A first, B second, C third, D fourth);
    }

    Function {
        parameters = List.copyOf(parameters);
    }

    private Function(String name, CelType result, List<Parameter<?>> parameters, Body body) {
        this(name, overload("global", name, parameters), false, false, result, parameters, body);
    }

    /// A function without arguments, which always gives the same.
    static Function constant(String name, CelType result, Object value) {
        return new Function(name, result, List.of(), _ -> value);
    }

    static <A> Function global(String name, CelType result, Parameter<A> a, One<A> body) {
        return new Function(name, result, List.of(a), values -> body.apply(cast(a, values[0])));
    }

    static <A, B> Function global(
            String name, CelType result, Parameter<A> a, Parameter<B> b, Two<A, B> body) {
        return new Function(
                name,
                result,
                List.of(a, b),
                values -> body.apply(cast(a, values[0]), cast(b, values[1])));
    }

    static <A, B, C> Function global(
            String name,
            CelType result,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Three<A, B, C> body) {
        return new Function(
                name,
                result,
                List.of(a, b, c),
                values -> body.apply(cast(a, values[0]), cast(b, values[1]), cast(c, values[2])));
    }

    static <A, B, C, D> Function global(
            String name,
            CelType result,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Four<A, B, C, D> body) {
        return new Function(
                name,
                result,
                List.of(a, b, c, d),
                values ->
                        body.apply(
                                cast(a, values[0]),
                                cast(b, values[1]),
                                cast(c, values[2]),
                                cast(d, values[3])));
    }

    static <A> Function member(String name, CelType result, Parameter<A> a, One<A> body) {
        return global(name, result, a, body).asMember();
    }

    static <A, B> Function member(
            String name, CelType result, Parameter<A> a, Parameter<B> b, Two<A, B> body) {
        return global(name, result, a, b, body).asMember();
    }

    static <A, B, C> Function member(
            String name,
            CelType result,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Three<A, B, C> body) {
        return global(name, result, a, b, c, body).asMember();
    }

    /// Our body for a signature of the language itself.
    static <A> Function standard(
            String overload, String name, CelType result, Parameter<A> a, One<A> body) {
        Function function = global(name, result, a, body);
        return new Function(
                name, overload, true, false, result, function.parameters, function.body);
    }

    /// Our body for a signature with two arguments that CEL knows.
    static <A, B> Function standard(
            String overload, Parameter<A> a, Parameter<B> b, Two<A, B> body) {
        Function function = global(overload, SimpleType.DYN, a, b, body);
        return function.named(overload);
    }

    /// Our body for a signature with three arguments that CEL knows.
    static <A, B, C> Function standard(
            String overload, Parameter<A> a, Parameter<B> b, Parameter<C> c, Three<A, B, C> body) {
        return global(overload, SimpleType.DYN, a, b, c, body).named(overload);
    }

    /// Our body for a signature with four arguments that CEL knows.
    static <A, B, C, D> Function standard(
            String overload,
            Parameter<A> a,
            Parameter<B> b,
            Parameter<C> c,
            Parameter<D> d,
            Four<A, B, C, D> body) {
        return global(overload, SimpleType.DYN, a, b, c, d, body).named(overload);
    }

    /// Our body for a signature with one argument that CEL knows.
    static <A> Function standard(String overload, Parameter<A> a, One<A> body) {
        return global(overload, SimpleType.DYN, a, body).named(overload);
    }

    /// Our body for a signature without arguments that CEL knows.
    static Function standard(String overload, Object value) {
        return constant(overload, SimpleType.DYN, value).named(overload);
    }

    private Function named(String known) {
        return new Function(name, known, true, false, result, parameters, body);
    }

    private Function asMember() {
        return new Function(
                name, overload("member", name, parameters), false, true, result, parameters, body);
    }

    private static <A> A cast(Parameter<A> parameter, Object value) {
        return parameter.values().cast(value);
    }

    CelOverloadDecl declaration() {
        List<CelType> types = parameters.stream().<CelType>map(Parameter::type).toList();
        return member
                ? CelOverloadDecl.newMemberOverload(overload, result, types)
                : CelOverloadDecl.newGlobalOverload(overload, result, types);
    }

    @SuppressWarnings("Immutable") // Bodies hold nothing that changes.
    CelFunctionBinding binding() {
        List<Class<?>> classes = parameters.stream().<Class<?>>map(Parameter::values).toList();
        return switch (classes.size()) {
            case 1 -> CelFunctionBinding.from(overload, classes.getFirst(), body::apply);
            case 2 ->
                    CelFunctionBinding.from(
                            overload(), classes.getFirst(), classes.getLast(), body::apply);
            default -> CelFunctionBinding.from(overload, classes, body::apply);
        };
    }

    private static String overload(String kind, String name, List<Parameter<?>> parameters) {
        return Stream.concat(
                        Stream.of("slipway", kind, name),
                        parameters.stream().map(parameter -> CelTypes.format(parameter.type())))
                .collect(Collectors.joining("_"));
    }
}
