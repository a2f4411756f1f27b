package dev.slipway.expression.library;

import com.google.common.io.BaseEncoding;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes one value as compact JSON with sorted keys, safe to stand inside HTML; used once.
final class JsonWriter {
    private static final int MAXIMAL_DEPTH = 200;

    /// The largest whole number that JSON is trusted with; protocol buffers write others as texts.
    private static final long LARGEST = (1L << 53) - 1;

    private final StringBuilder json = new StringBuilder();
    private final boolean ofMessages;

    /// As Go writes values.
    JsonWriter() {
        this(false);
    }

    private JsonWriter(boolean ofMessages) {
        this.ofMessages = ofMessages;
    }

    /// As protocol buffers write them.
    static JsonWriter ofMessages() {
        return new JsonWriter(true);
    }

    String write(Object value) {
        append(value, 0);
        return json.toString();
    }

    private void append(@Nullable Object value, int depth) {
        if (depth > MAXIMAL_DEPTH) {
            throw Failures.invalid("json.marshal: deeper than " + MAXIMAL_DEPTH + " levels");
        }
        switch (value) {
            case null -> json.append("null");
            case NullValue _ -> json.append("null");
            case Long number when ofMessages && (number > LARGEST || number < -LARGEST) ->
                    appendText(number.toString());
            case UnsignedLong number
                    when ofMessages && number.compareTo(UnsignedLong.valueOf(LARGEST)) > 0 ->
                    appendText(number.toString());
            case Boolean _, Long _, UnsignedLong _ -> json.append(value);
            case Double number -> json.append(finite(number));
            case String text -> appendText(text);
            case CelByteString bytes ->
                    appendText(BaseEncoding.base64().encode(bytes.toByteArray()));
            case Duration duration when ofMessages ->
                    appendText(ConversionFunctions.text(duration));
            case Duration duration -> appendText(Durations.text(duration));
            case Instant instant when ofMessages -> appendText(ConversionFunctions.text(instant));
            case Instant instant -> appendText(instant.truncatedTo(ChronoUnit.SECONDS).toString());
            case Optional<?> optional when ofMessages && optional.isEmpty() ->
                    throw Failures.invalid("optional.none() dereference");
            case Optional<?> optional -> append(optional.orElse(null), depth + 1);
            case Map<?, ?> map -> appendMap(map, depth);
            case Collection<?> list -> appendList(list, depth);
            default ->
                    throw Failures.invalid(
                            "json.marshal: unsupported type " + value.getClass().getSimpleName());
        }
    }

    private static String finite(double number) {
        if (!Double.isFinite(number)) {
            throw Failures.invalid("json.marshal: unsupported value " + number);
        }
        return NumberText.json(number);
    }

    private void appendList(Collection<?> list, int depth) {
        String separator = "[";
        for (Object element : list) {
            json.append(separator);
            append(element, depth + 1);
            separator = ",";
        }
        json.append(list.isEmpty() ? "[]" : "]");
    }

    private void appendMap(Map<?, ?> map, int depth) {
        Map<String, Object> sorted = new TreeMap<>(TextOrder.BY_CODE_POINT);
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw Failures.invalid("json.marshal: map keys must be strings, got " + key);
            }
            sorted.put(name, value);
        });
        json.append('{');
        Iterator<Map.Entry<String, Object>> entries = sorted.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<String, Object> entry = entries.next();
            appendText(entry.getKey());
            json.append(':');
            append(entry.getValue(), depth + 1);
            json.append(entries.hasNext() ? "," : "");
        }
        json.append('}');
    }

    private void appendText(String text) {
        json.append('"');
        text.chars().forEach(this::appendCharacter);
        json.append('"');
    }

    private void appendCharacter(int character) {
        switch (character) {
            case '"' -> json.append("\\\"");
            case '\\' -> json.append("\\\\");
            case '\n' -> json.append("\\n");
            case '\r' -> json.append("\\r");
            case '\t' -> json.append("\\t");
            case '\b' -> json.append("\\b");
            case '\f' -> json.append("\\f");
            case '<', '>', '&', '\u2028', '\u2029' -> json.append("\\u%04x".formatted(character));
            default -> {
                if (character < ' ') {
                    json.append("\\u%04x".formatted(character));
                } else {
                    json.append((char) character);
                }
            }
        }
    }
}
