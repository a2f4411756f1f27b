package dev.slipway.expression.program;

import dev.cel.common.exceptions.CelRuntimeException;
import dev.slipway.expression.library.KnownMessages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One of the messages of protocol buffers that stand for plain values, written out.
final class NewMessage extends Step {
    private static final long COST = 40;

    private final String name;
    private final List<Field> fields;

    /// A field that is written out.
    record Field(String name, Step value, boolean optional) {}

    NewMessage(long id, String name, List<Field> fields) {
        super(id);
        this.name = name;
        this.fields = List.copyOf(fields);
    }

    @Override
    Object run(Frame frame) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Field field : fields) {
            Object value = field.value().value(frame);
            if (value instanceof Fault) {
                return value;
            }
            if (!field.optional()) {
                values.put(field.name(), value);
            } else if (value instanceof Optional<?> optional) {
                optional.ifPresent(present -> values.put(field.name(), present));
            }
        }
        try {
            return KnownMessages.value(name, values);
        } catch (CelRuntimeException e) {
            return Fault.of(e);
        }
    }

    @Override
    void count(Costs costs, Object value) {
        List<Step> parts = new ArrayList<>(fields.size());
        fields.forEach(field -> parts.add(field.value()));
        costs.take(parts);
        costs.add(COST);
    }
}
