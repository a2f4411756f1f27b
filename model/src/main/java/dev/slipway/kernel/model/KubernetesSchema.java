package dev.slipway.kernel.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.CoreScalarResolver;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/// What words without quotes are in a manifest, as kubectl and the API server of Kubernetes read them.
///
/// That is YAML 1.2 with some habits of 1.1: `yes`, `on` and `n` are truth values, `0644` is octal, `1_000` and `0b11` are
/// numbers, and a number without a fraction is whole (`5.0`, `1e3`), since it becomes JSON.
final class KubernetesSchema extends CoreSchema {
    private static final Set<String> TRUE = Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF");

    private static final Pattern DIGITS =
            Pattern.compile(
                    "([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    /// How long a number may be, in characters; what is longer is text.
    private static final int MAX_NUMBER = 400;

    private static final int[] BASES = {0, 0, 16, 2, 8, 10};

    private final ScalarResolver resolver = new Resolver();

    @Override
    public ScalarResolver getScalarResolver() {
        return resolver;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        var constructors = new HashMap<>(super.getSchemaTagConstructors());
        constructors.compute(Tag.BOOL, (_, core) -> new Construct(core));
        constructors.compute(Tag.INT, (_, core) -> new Construct(core));
        constructors.compute(Tag.FLOAT, (_, core) -> new Construct(core));
        return constructors;
    }

    /// A key of a map as the tree has it: what is no text is written as JSON would.
    static String key(ScalarNode key) {
        var tag = key.getTag();
        var value =
                tag.equals(Tag.BOOL) || tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
                        ? value(key.getValue())
                        : null;
        return value == null ? key.getValue() : String.valueOf(value);
    }

    /// The truth value or the number that a word without quotes is here and not in YAML 1.2 or otherwise there; else null.
    private static @Nullable Object value(String word) {
        if (TRUE.contains(word) || FALSE.contains(word)) {
            return TRUE.contains(word);
        }
        return mayBeNumber(word) ? number(word.replace("_", "")) : null;
    }

    private static boolean mayBeNumber(String word) {
        return !word.isEmpty()
                && word.length() <= MAX_NUMBER
                && (Character.isDigit(word.charAt(0)) || "+-".indexOf(word.charAt(0)) >= 0);
    }

    private static @Nullable Object number(String word) {
        var digits = DIGITS.matcher(word);
        if (digits.matches()) {
            for (int group = 2; group < BASES.length; group++) {
                if (digits.group(group) != null) {
                    return whole(
                            new BigInteger(
                                    digits.group(1).replace("+", "") + digits.group(group),
                                    BASES[group]));
                }
            }
        }
        return FLOAT.matcher(word).matches() ? whole(Double.parseDouble(word)) : null;
    }

    private static Object whole(BigInteger number) {
        return number.bitLength() < Long.SIZE ? number.longValue() : (Object) number.doubleValue();
    }

    private static @Nullable Object whole(double number) {
        if (Double.isInfinite(number)) {
            return null;
        }
        return Math.abs(number) < 1e18 && number == Math.rint(number)
                ? new BigDecimal(number).longValueExact()
                : (Object) number;
    }

    private static final class Resolver extends CoreScalarResolver {
        Resolver() {
            super(true);
        }

        @Override
        public Tag resolve(String word, Boolean implicit) {
            if (!implicit) {
                return super.resolve(word, implicit);
            }
            return switch (value(word)) {
                case Boolean _ -> Tag.BOOL;
                case Long _ -> Tag.INT;
                case Double _ -> Tag.FLOAT;
                case null, default ->
                        mayBeNumber(word)
                                        && !word.endsWith("inf")
                                        && !word.endsWith("INF")
                                        && !word.endsWith("Inf")
                                ? Tag.STR
                                : super.resolve(word, true);
            };
        }
    }

    /// Makes a value, or what YAML 1.2 makes where nothing is different.
    private record Construct(@Nullable ConstructNode core) implements ConstructNode {
        @Override
        public @Nullable Object construct(Node node) {
            var value = node instanceof ScalarNode scalar ? value(scalar.getValue()) : null;
            return value != null || core == null ? value : core.construct(node);
        }
    }
}
