package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.DYN;
import static dev.slipway.expression.library.Parameter.MAP;

import java.util.List;
import java.util.Map;

/// What loops that make maps call.
final class ComprehensionFunctions {
    static final List<Function> ALL =
            List.of(
                    Function.standard(
                            "cel_@mapInsert_map_key_value",
                            MAP,
                            DYN,
                            DYN,
                            ComprehensionFunctions::insert),
                    Function.standard(
                            "cel_@mapInsert_map_map", MAP, MAP, ComprehensionFunctions::insertAll));

    private ComprehensionFunctions() {}

    private static Map<Object, Object> insertAll(
            Map<Object, Object> map, Map<Object, Object> more) {
        Map<Object, Object> all = map;
        for (Map.Entry<Object, Object> member : more.entrySet()) {
            all = insert(all, member.getKey(), member.getValue());
        }
        return all;
    }

    private static Map<Object, Object> insert(Map<Object, Object> map, Object key, Object value) {
        if (map.containsKey(key)) {
            throw Failures.invalid("insert failed: key " + key + " already exists");
        }
        if (map instanceof Growth.OfMap growing) {
            return growing.with(key, value);
        }
        Growth.OfMap copy = new Growth.OfMap();
        map.forEach(copy::with);
        return copy.with(key, value);
    }
}
