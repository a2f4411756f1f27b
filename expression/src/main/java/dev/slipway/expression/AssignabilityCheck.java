package dev.slipway.expression;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One comparison of two types, walking both at once; `path` is where the walk stands, for the message.
final class AssignabilityCheck {
    Optional<String> check(Type actual, Type expected, String path) {
        if (actual instanceof Type.OptionalOf(var inner)) {
            return check(inner, expected, path);
        }
        if (expected instanceof Type.OptionalOf(var inner)) {
            return check(actual, inner, path);
        }
        boolean unknown =
                actual instanceof Type.Dynamic
                        || expected instanceof Type.Dynamic
                        || isOpen(expected);
        return unknown || actual.equals(expected)
                ? Optional.empty()
                : compare(actual, expected, path);
    }

    private static boolean isOpen(Type type) {
        return type instanceof Type.Struct struct && struct.open();
    }

    private Optional<String> compare(Type actual, Type expected, String path) {
        return switch (expected) {
            case Type.IntOrString _ ->
                    oneOf(actual, expected, path, Type.INT, Type.UINT, Type.TEXT);
            case Type.Int _ -> oneOf(actual, expected, path, Type.UINT, Type.INT_OR_STRING);
            case Type.Real _ -> oneOf(actual, expected, path, Type.INT, Type.UINT);
            case Type.Text _ -> oneOf(actual, expected, path, Type.INT_OR_STRING);
            case Type.Bytes _ -> oneOf(actual, expected, path, Type.TEXT);
            case Type.Timestamp _, Type.Duration _ -> oneOf(actual, expected, path, Type.NULL);
            case Type.ListOf list -> list(actual, list, path);
            case Type.MapOf map -> map(actual, map, path);
            case Type.Struct struct -> struct(actual, struct, path);
            case Type.Bool _, Type.Uint _, Type.NullType _, Type.Opaque _ ->
                    mismatch(actual, expected, path);
            case Type.Dynamic _, Type.OptionalOf _ -> Optional.empty();
        };
    }

    private static Optional<String> oneOf(
            Type actual, Type expected, String path, Type... accepted) {
        return Stream.of(accepted).anyMatch(actual::equals)
                ? Optional.empty()
                : mismatch(actual, expected, path);
    }

    private Optional<String> list(Type actual, Type.ListOf expected, String path) {
        return actual instanceof Type.ListOf(var element, _)
                ? check(element, expected.element(), path + "[]")
                : mismatch(actual, expected, path);
    }

    private Optional<String> map(Type actual, Type.MapOf expected, String path) {
        return switch (actual) {
            case Type.MapOf(var key, var value) ->
                    check(key, expected.key(), path + " (key)")
                            .or(() -> check(value, expected.value(), path + "[*]"));
            case Type.Struct struct when expected.key() instanceof Type.Text ->
                    firstProblem(struct.fields(), field -> Optional.of(expected.value()), path);
            default -> mismatch(actual, expected, path);
        };
    }

    private Optional<String> struct(Type actual, Type.Struct expected, String path) {
        return switch (actual) {
            case Type.Struct struct ->
                    firstProblem(
                            struct.fields(),
                            field -> Optional.ofNullable(expected.fields().get(field)),
                            path);
            case Type.MapOf(Type.Text _, var value) -> mapToStruct(value, expected, path);
            case Type.NullType _ -> Optional.empty();
            default -> mismatch(actual, expected, path);
        };
    }

    private Optional<String> mapToStruct(Type value, Type.Struct expected, String path) {
        return expected.fields().entrySet().stream()
                .map(field -> check(value, field.getValue(), member(path, field.getKey())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// How the target's field of this name is typed; empty when there is none.
    private interface Target {
        Optional<Type> typeOf(String field);
    }

    private Optional<String> firstProblem(Map<String, Type> fields, Target target, String path) {
        return fields.entrySet().stream()
                .map(field ->
                        target.typeOf(field.getKey())
                                .map(type ->
                                        check(field.getValue(), type, member(path, field.getKey())))
                                .orElseGet(() ->
                                        Optional.of(
                                                "there is no field "
                                                        + member(path, field.getKey()))))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String member(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static Optional<String> mismatch(Type actual, Type expected, String path) {
        String types = "expected " + expected.description() + ", got " + actual.description();
        return Optional.of(path.isEmpty() ? types : path.strip() + ": " + types);
    }
}
