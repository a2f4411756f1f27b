package dev.slipway.expression;

import com.google.common.io.BaseEncoding;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.slipway.expression.library.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A part of a tree as an expression sees it; converts members when they are read, by their types.
///
/// So a timestamp is text in the tree and a moment in the expression, and reading one field of a large object costs
/// nothing for the others.
sealed interface Data permits ObjectData, ListData {
    /// The part of the tree that this shows.
    Object tree();

    /// How an expression sees `value` where `type` is declared.
    static Object view(@Nullable Object value, Type type) {
        if (value instanceof Deferred deferred) {
            return deferred.value();
        }
        if (type instanceof Type.Opaque && value != null) {
            return value;
        }
        if (type instanceof Type.OptionalOf(var inner)) {
            return value == null ? Optional.empty() : Optional.of(view(value, inner));
        }
        return switch (value) {
            case null -> NullValue.NULL_VALUE;
            case Map<?, ?> map -> new ObjectData(map, membersOf(type, value));
            case List<?> list -> new ListData(list, elementOf(type, value), keysOf(type));
            case String text -> viewText(text, type);
            case Boolean bool -> expect(bool, type, type instanceof Type.Bool);
            case Long whole -> viewWhole(whole, type);
            case Integer whole -> viewWhole(whole.longValue(), type);
            case Number number -> viewFraction(number.doubleValue(), type);
            default -> throw invalid(type, value.getClass().getSimpleName());
        };
    }

    private static Type membersOf(Type type, Object value) {
        return switch (type) {
            case Type.Struct _, Type.MapOf _ -> type;
            case Type.Dynamic _ -> type;
            default -> throw invalid(type, nameOf(value));
        };
    }

    private static Type elementOf(Type type, Object value) {
        return switch (type) {
            case Type.ListOf(var element, _) -> element;
            case Type.Dynamic _ -> type;
            case Type.Struct(_, var fields, var open) when open && fields.isEmpty() -> Type.DYNAMIC;
            default -> throw invalid(type, nameOf(value));
        };
    }

    private static Optional<List<String>> keysOf(Type type) {
        return type instanceof Type.ListOf(_, var keys) ? keys : Optional.empty();
    }

    private static Object viewText(String text, Type type) {
        try {
            return switch (type) {
                case Type.Timestamp _ -> instant(text);
                case Type.Duration _ -> Durations.parse(text);
                case Type.Bytes _ ->
                        CelByteString.of(BaseEncoding.base64().decode(text.replaceAll("\\s", "")));
                default ->
                        expect(
                                text,
                                type,
                                type instanceof Type.Text || type instanceof Type.IntOrString);
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new CelInvalidArgumentException(
                    "invalid data, expected " + type.description() + ", got \"" + text + "\"");
        }
    }

    private static Instant instant(String text) {
        return text.length() == "2006-01-02".length()
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : OffsetDateTime.parse(text).toInstant();
    }

    private static Object viewWhole(long whole, Type type) {
        return switch (type) {
            case Type.Real _ -> (double) whole;
            default ->
                    expect(
                            whole,
                            type,
                            type instanceof Type.Int || type instanceof Type.IntOrString);
        };
    }

    private static Object viewFraction(double number, Type type) {
        if (type instanceof Type.Int && number == Math.rint(number) && Math.abs(number) < 0x1p63) {
            return (long) number;
        }
        return expect(number, type, type instanceof Type.Real);
    }

    private static Object expect(Object value, Type type, boolean fits) {
        boolean open = type instanceof Type.Struct struct && struct.open();
        if (!fits && !open && !(type instanceof Type.Dynamic)) {
            throw invalid(type, nameOf(value));
        }
        return value;
    }

    private static String nameOf(Object value) {
        return switch (value) {
            case Map<?, ?> _ -> "object";
            case List<?> _ -> "list";
            case String _ -> "string";
            case Boolean _ -> "bool";
            case Double _ -> "double";
            default -> "int";
        };
    }

    private static CelInvalidArgumentException invalid(Type type, String got) {
        return new CelInvalidArgumentException(
                "invalid data, expected " + type.description() + ", got " + got);
    }
}
