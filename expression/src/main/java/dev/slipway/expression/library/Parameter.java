package dev.slipway.expression.library;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.values.CelByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What a function takes in one place: a CEL type for the checker, and the class of its values.
record Parameter<T>(CelType type, Class<T> values) {
    /// Stands for one type that is the same wherever it appears in one signature.
    static final CelType T = TypeParamType.create("T");

    static final CelType ANY_LIST = ListType.create(T);
    static final CelType DYN_LIST = ListType.create(SimpleType.DYN);
    static final CelType TEXT_LIST = ListType.create(SimpleType.STRING);

    static final Parameter<String> TEXT = new Parameter<>(SimpleType.STRING, String.class);
    static final Parameter<Long> INT = new Parameter<>(SimpleType.INT, Long.class);
    static final Parameter<Boolean> BOOL = new Parameter<>(SimpleType.BOOL, Boolean.class);
    static final Parameter<Double> DOUBLE = new Parameter<>(SimpleType.DOUBLE, Double.class);
    static final Parameter<CelByteString> BYTES =
            new Parameter<>(SimpleType.BYTES, CelByteString.class);
    static final Parameter<Duration> DURATION =
            new Parameter<>(SimpleType.DURATION, Duration.class);
    static final Parameter<Instant> TIMESTAMP =
            new Parameter<>(SimpleType.TIMESTAMP, Instant.class);
    static final Parameter<Object> DYN = new Parameter<>(SimpleType.DYN, Object.class);
    static final Parameter<Object> ITEM = new Parameter<>(T, Object.class);
    static final Parameter<List<Object>> LIST = list(ANY_LIST);
    static final Parameter<List<Object>> TEXTS = list(TEXT_LIST);
    static final Parameter<List<Object>> DYNS = list(DYN_LIST);
    static final Parameter<Map<Object, Object>> MAP =
            map(MapType.create(TypeParamType.create("K"), TypeParamType.create("V")));

    static Parameter<List<Object>> list(CelType type) {
        return new Parameter<>(type, erased(List.class));
    }

    static Parameter<Map<Object, Object>> map(CelType type) {
        return new Parameter<>(type, erased(Map.class));
    }

    static CelType optional(CelType type) {
        return OptionalType.create(type);
    }

    @SuppressWarnings("unchecked") // Members are looked at one by one.
    private static <T> Class<T> erased(Class<?> type) {
        return (Class<T>) type;
    }
}
