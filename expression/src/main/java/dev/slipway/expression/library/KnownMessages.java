package dev.slipway.expression.library;

import com.google.common.primitives.UnsignedLong;
import com.google.protobuf.BoolValue;
import com.google.protobuf.BytesValue;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DoubleValue;
import com.google.protobuf.FloatValue;
import com.google.protobuf.Int32Value;
import com.google.protobuf.Int64Value;
import com.google.protobuf.ListValue;
import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import com.google.protobuf.Value;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The messages of protocol buffers that every CEL knows, and the plain values that they stand for.
public final class KnownMessages {
    private static final String PACKAGE = "google.protobuf.";

    private KnownMessages() {}

    /// For the checker.
    public static List<Descriptor> descriptors() {
        return List.of(
                BoolValue.getDescriptor(),
                BytesValue.getDescriptor(),
                DoubleValue.getDescriptor(),
                FloatValue.getDescriptor(),
                Int32Value.getDescriptor(),
                Int64Value.getDescriptor(),
                UInt32Value.getDescriptor(),
                UInt64Value.getDescriptor(),
                StringValue.getDescriptor(),
                com.google.protobuf.Duration.getDescriptor(),
                Timestamp.getDescriptor(),
                Value.getDescriptor(),
                ListValue.getDescriptor(),
                Struct.getDescriptor());
    }

    /// The value that a message with these fields stands for.
    public static Object value(String name, Map<String, Object> fields) {
        return switch (name.startsWith(PACKAGE) ? name.substring(PACKAGE.length()) : name) {
            case "BoolValue" -> fields.getOrDefault("value", false);
            case "BytesValue" -> fields.getOrDefault("value", CelByteString.EMPTY);
            case "DoubleValue" -> fields.getOrDefault("value", 0.0);
            case "FloatValue" -> (double) ((Double) fields.getOrDefault("value", 0.0)).floatValue();
            case "Int32Value" ->
                    inRange(whole(fields, "value"), Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "Int64Value" -> whole(fields, "value");
            case "UInt32Value" -> unsigned(fields, 0xFFFF_FFFFL);
            case "UInt64Value" -> fields.getOrDefault("value", UnsignedLong.ZERO);
            case "StringValue" -> fields.getOrDefault("value", "");
            case "Duration" -> duration(fields);
            case "Timestamp" ->
                    Instant.ofEpochSecond(whole(fields, "seconds"), whole(fields, "nanos"));
            case "Value" ->
                    fields.isEmpty() ? NullValue.NULL_VALUE : fields.values().iterator().next();
            case "ListValue" -> fields.getOrDefault("values", List.of());
            case "Struct" -> fields.getOrDefault("fields", Map.of());
            default -> throw Failures.invalid("no message of type " + name + " can be made");
        };
    }

    private static long whole(Map<String, Object> fields, String name) {
        return (Long) fields.getOrDefault(name, 0L);
    }

    private static Object unsigned(Map<String, Object> fields, long most) {
        UnsignedLong value = (UnsignedLong) fields.getOrDefault("value", UnsignedLong.ZERO);
        inRange(value.longValue(), 0, most);
        return value;
    }

    private static long inRange(long value, long least, long most) {
        if (value < least || value > most) {
            throw Failures.overflow("integer overflow");
        }
        return value;
    }

    private static Duration duration(Map<String, Object> fields) {
        return Duration.ofSeconds(whole(fields, "seconds"), whole(fields, "nanos"));
    }
}
