package dev.slipway.kernel.model;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plain tree made of what the YAML library reads, in which an alias is what it stands for; belongs to one document on
/// one thread.
final class YamlTree {
    /// How many values of one document may come from aliases: few that stand for each other would be millions.
    static final int MAX_REPEATED = 100_000;

    private int left;

    private YamlTree(int left) {
        this.left = left;
    }

    /// @param length of the text, which has no more values than letters
    static @Nullable Object of(@Nullable Object document, int length) {
        return new YamlTree(length + MAX_REPEATED).tree(document, 0);
    }

    private @Nullable Object tree(@Nullable Object node, int depth) {
        if (depth > Json.MAX_DEPTH) {
            throw new MalformedException("the document nests deeper than " + Json.MAX_DEPTH, null);
        }
        if (left-- == 0) {
            throw new MalformedException(
                    "aliases stand for more than " + MAX_REPEATED + " values", null);
        }
        return switch (node) {
            case Map<?, ?> map -> {
                Map<String, Object> object = new LinkedHashMap<>();
                map.forEach((key, value) ->
                        Json.put(object, String.valueOf(key), tree(value, depth + 1)));
                yield object;
            }
            case List<?> list -> {
                var array = new ArrayList<@Nullable Object>();
                list.forEach(item -> array.add(tree(item, depth + 1)));
                yield array;
            }
            case Integer number -> Long.valueOf(number);
            case BigInteger number -> number.doubleValue();
            case Float number -> Double.valueOf(number);
            case String _, Long _, Double _, Boolean _ -> node;
            case null -> null;
            default -> String.valueOf(node);
        };
    }
}
