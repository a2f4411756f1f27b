package dev.slipway.expression;

import dev.cel.checker.TypeProvider;
import dev.cel.common.types.CelProtoTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.expr.Type;
import org.jspecify.annotations.Nullable;

/// Lets the checker accept what a struct does not list: any field of an open one, and escaped spellings.
///
/// The checker asks here first, and for all other fields the [Structs] themselves.
@SuppressWarnings(
        "deprecation") // The successor cannot answer for a field that a type does not list.
final class ExtraFields implements TypeProvider {
    private final Structs structs;

    ExtraFields(Structs structs) {
        this.structs = structs;
    }

    @Override
    public @Nullable Type lookupType(String typeName) {
        return null;
    }

    @Override
    public @Nullable Integer lookupEnumValue(String enumName) {
        return null;
    }

    @Override
    public @Nullable FieldType lookupFieldType(Type type, String field) {
        return structs.struct(type.getMessageType())
                .filter(struct -> !struct.fields().containsKey(field))
                .map(struct -> extraType(struct, EscapedName.plain(field)))
                .orElse(null);
    }

    private @Nullable FieldType extraType(
            dev.slipway.expression.Type.Struct struct, String plainName) {
        dev.slipway.expression.Type escaped = struct.fields().get(plainName);
        if (escaped != null) {
            return FieldType.of(CelProtoTypes.celTypeToType(structs.cel(escaped)));
        }
        return struct.open() ? FieldType.of(CelProtoTypes.celTypeToType(SimpleType.DYN)) : null;
    }
}
