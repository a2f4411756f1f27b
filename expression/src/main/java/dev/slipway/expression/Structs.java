package dev.slipway.expression;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.slipway.expression.library.ConditionFunctions;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The types of one environment in both languages, ours and CEL's; complete and unchanging once constructed.
///
/// CEL knows a struct only by its name, so that each gets a unique one, in angle brackets so that no identifier can
/// mean it.
@SuppressWarnings("Immutable")
final class Structs implements CelTypeProvider {
    private final Map<String, Type.Struct> byName = new HashMap<>();
    private final Map<Type.Struct, String> names = new HashMap<>();
    private final Map<String, CelType> celTypes = new HashMap<>();

    Structs(Collection<Type> types) {
        types.forEach(this::toCel);
    }

    /// The CEL type; registers structs that are new, therefore not for use after construction.
    private CelType toCel(Type type) {
        return switch (type) {
            case Type.Bool _ -> SimpleType.BOOL;
            case Type.Int _ -> SimpleType.INT;
            case Type.Uint _ -> SimpleType.UINT;
            case Type.Real _ -> SimpleType.DOUBLE;
            case Type.Text _ -> SimpleType.STRING;
            case Type.Bytes _ -> SimpleType.BYTES;
            case Type.Timestamp _ -> SimpleType.TIMESTAMP;
            case Type.Duration _ -> SimpleType.DURATION;
            case Type.NullType _ -> SimpleType.NULL_TYPE;
            case Type.IntOrString _, Type.Dynamic _ -> SimpleType.DYN;
            case Type.ListOf(var element, _) -> ListType.create(toCel(element));
            case Type.MapOf(var key, var value) -> MapType.create(toCel(key), toCel(value));
            case Type.OptionalOf(var value) -> OptionalType.create(toCel(value));
            case Type.Opaque(var name) -> OpaqueType.create(name);
            case Type.Struct struct when struct.open() && struct.fields().isEmpty() ->
                    SimpleType.DYN;
            case Type.Struct struct -> register(struct);
        };
    }

    private CelType register(Type.Struct struct) {
        String known = names.get(struct);
        if (known != null) {
            return celTypes.getOrDefault(known, SimpleType.DYN);
        }
        String name = freeName(struct.description());
        Map<String, CelType> fields = new HashMap<>();
        CelType celType =
                StructType.create(
                        name, names(struct), field -> Optional.ofNullable(fields.get(field)));
        names.put(struct, name);
        byName.put(name, struct);
        celTypes.put(name, celType);
        struct.fields()
                .forEach((field, type) -> {
                    CelType inside = toCel(type);
                    EscapedName.spellings(field).forEach(written -> fields.put(written, inside));
                });
        return celType;
    }

    /// The fields as expressions write them; those that none can write are not there.
    private static ImmutableSet<String> names(Type.Struct struct) {
        return struct.fields().keySet().stream()
                .flatMap(EscapedName::spellings)
                .collect(ImmutableSet.toImmutableSet());
    }

    private String freeName(String description) {
        String name = "<" + description + ">";
        for (int number = 2; byName.containsKey(name); number++) {
            name = "<" + description + " " + number + ">";
        }
        return name;
    }

    /// The CEL type of a type that was given to the constructor.
    CelType cel(Type type) {
        return toCel(type);
    }

    Type type(CelType cel) {
        return switch (cel.kind()) {
            case BOOL -> Type.BOOL;
            case INT -> Type.INT;
            case UINT -> Type.UINT;
            case DOUBLE -> Type.DOUBLE;
            case STRING -> Type.TEXT;
            case BYTES -> Type.BYTES;
            case TIMESTAMP -> Type.TIMESTAMP;
            case DURATION -> Type.DURATION;
            case NULL_TYPE -> Type.NULL;
            case LIST -> new Type.ListOf(type(((ListType) cel).elemType()));
            case MAP ->
                    new Type.MapOf(
                            type(((MapType) cel).keyType()), type(((MapType) cel).valueType()));
            case STRUCT ->
                    cel.name().equals(ConditionFunctions.CONDITION)
                            ? new Type.Opaque(cel.name())
                            : struct(cel.name()).<Type>map(struct -> struct).orElse(Type.DYNAMIC);
            case OPAQUE ->
                    cel instanceof OptionalType
                            ? new Type.OptionalOf(type(cel.parameters().getFirst()))
                            : new Type.Opaque(cel.name());
            case TYPE -> new Type.Opaque("type");
            default -> Type.DYNAMIC;
        };
    }

    /// The struct that CEL knows by this name.
    Optional<Type.Struct> struct(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public ImmutableCollection<CelType> types() {
        return ImmutableList.<CelType>builder()
                .addAll(celTypes.values())
                .add(ConditionFunctions.TYPE)
                .build();
    }

    @Override
    public Optional<CelType> findType(String name) {
        return name.equals(ConditionFunctions.CONDITION)
                ? Optional.of(ConditionFunctions.TYPE)
                : Optional.ofNullable(celTypes.get(name));
    }
}
