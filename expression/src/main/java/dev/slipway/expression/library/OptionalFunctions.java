package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.DYN;
import static dev.slipway.expression.library.Parameter.LIST;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Values that may be absent: made, asked and unwrapped.
final class OptionalFunctions {
    private static final Parameter<Optional<Object>> OPTIONAL = optional();

    /// The moment that Go takes for none.
    private static final Instant NO_MOMENT = Instant.parse("0001-01-01T00:00:00Z");

    static final List<Function> ALL =
            List.of(
                    Function.standard("optional_of", DYN, Optional::of),
                    Function.standard(
                            "optional_ofNonZeroValue",
                            DYN,
                            value -> isZero(value) ? Optional.empty() : Optional.of(value)),
                    Function.standard("optional_none", Optional.empty()),
                    Function.standard("optional_value", OPTIONAL, OptionalFunctions::value),
                    Function.standard("optional_hasValue", OPTIONAL, Optional::isPresent),
                    Function.standard("optional_unwrap_list", LIST, OptionalFunctions::present),
                    Function.standard("optional_unwrapOpt_list", LIST, OptionalFunctions::present),
                    Function.standard(
                            "optional_list_first", LIST, list -> list.stream().findFirst()),
                    Function.standard(
                            "optional_list_last",
                            LIST,
                            list -> list.reversed().stream().findFirst()));

    private OptionalFunctions() {}

    @SuppressWarnings("unchecked") // What is inside may be anything.
    private static Parameter<Optional<Object>> optional() {
        return new Parameter<>(
                OptionalType.create(SimpleType.DYN),
                (Class<Optional<Object>>) (Class<?>) Optional.class);
    }

    private static Object value(Optional<Object> optional) {
        return optional.orElseThrow(
                () -> new CelInvalidArgumentException("optional.none() dereference"));
    }

    private static List<Object> present(List<Object> list) {
        List<Object> values = new ArrayList<>();
        for (Object element : list) {
            if (!(element instanceof Optional<?> optional)) {
                throw Failures.invalid("value in list is not optional");
            }
            optional.ifPresent(values::add);
        }
        return values;
    }

    private static boolean isZero(Object value) {
        return switch (value) {
            case Boolean bool -> !bool;
            case Long number -> number == 0;
            case UnsignedLong number -> number.equals(UnsignedLong.ZERO);
            case Double number -> number == 0;
            case String text -> text.isEmpty();
            case CelByteString bytes -> bytes.isEmpty();
            case Collection<?> list -> list.isEmpty();
            case Map<?, ?> map -> map.isEmpty();
            case NullValue _ -> true;
            case Duration span -> span.isZero();
            case Instant moment -> moment.equals(NO_MOMENT);
            case Optional<?> optional -> optional.isEmpty();
            default -> false;
        };
    }
}
