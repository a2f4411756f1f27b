package dev.slipway.expression;

import dev.cel.checker.TypeProvider;
import dev.cel.common.types.CelProtoTypes;
import dev.cel.common.types.SimpleType;
import dev.cel.expr.Type;
import org.jspecify.annotations.Nullable;

/// Lets the checker accept what a struct does not list: any field of an open one.
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
                .filter(dev.slipway.expression.Type.Struct::open)
                .filter(struct -> !struct.fields().containsKey(EscapedName.plain(field)))
                .map(_ -> FieldType.of(CelProtoTypes.celTypeToType(SimpleType.DYN)))
                .orElse(null);
    }
}
