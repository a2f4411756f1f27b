package dev.slipway.kernel.store;

import dev.slipway.kernel.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntConsumer;

/// Finds its way through the bytes of a stored body without making a tree of it.
///
/// Stored bodies are compact and well-formed: the product wrote them. Positions are offsets into the body; a value
/// begins at the position of its first byte.
final class StoredJson {
    /// What is answered where something is not there.
    static final int ABSENT = -1;

    private StoredJson() {}

    /// Takes a member of an object: where its name, in quotes, and its value begin.
    interface Member {
        /// Whether to go on.
        boolean take(int name, int value);
    }

    /// The name of a member as it stands in a body.
    static byte[] quoted(String name) {
        return isPlain(name)
                ? ('"' + name + '"').getBytes(StandardCharsets.US_ASCII)
                : Json.write(name);
    }

    /// The value at a path of quoted names below an object, or [#ABSENT].
    static int find(byte[] body, int object, byte[]... path) {
        var at = object;
        for (var name : path) {
            if (at == ABSENT || body[at] != '{') {
                return ABSENT;
            }
            at = member(body, at, name);
        }
        return at;
    }

    /// Visits the members of an object, or nothing where a value is none.
    static void members(byte[] body, int object, Member member) {
        if (body[object] != '{' || body[object + 1] == '}') {
            return;
        }
        var name = object + 1;
        while (true) {
            var value = end(body, name) + 1;
            if (!member.take(name, value)) {
                return;
            }
            var after = end(body, value);
            if (body[after] != ',') {
                return;
            }
            name = after + 1;
        }
    }

    /// Visits the positions of the items of an array, or nothing where a value is none.
    static void items(byte[] body, int array, IntConsumer item) {
        if (body[array] != '[' || body[array + 1] == ']') {
            return;
        }
        var at = array + 1;
        while (true) {
            item.accept(at);
            at = end(body, at);
            if (body[at] != ',') {
                return;
            }
            at++;
        }
    }

    /// The position after a value.
    static int end(byte[] body, int value) {
        return switch (body[value]) {
            case '"' -> endOfString(body, value);
            case '{', '[' -> endOfNest(body, value);
            default -> endOfWord(body, value);
        };
    }

    /// A text, a number or a truth value as text; what is missing, null or no such value as the empty text.
    static String text(byte[] body, int value) {
        if (value == ABSENT || body[value] == 'n' || body[value] == '{' || body[value] == '[') {
            return "";
        }
        var end = end(body, value);
        return body[value] == '"' ? string(body, value, end) : ascii(body, value, end);
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\');
    }

    private static int member(byte[] body, int object, byte[] wanted) {
        var found = new int[] {ABSENT};
        members(
                body,
                object,
                (name, value) -> {
                    if (Arrays.equals(body, name, value - 1, wanted, 0, wanted.length)) {
                        found[0] = value;
                    }
                    return found[0] == ABSENT;
                });
        return found[0];
    }

    private static String string(byte[] body, int value, int end) {
        for (int i = value; i < end; i++) {
            if (body[i] == '\\') {
                return String.valueOf(Json.read(Arrays.copyOfRange(body, value, end)));
            }
        }
        return new String(body, value + 1, end - value - 2, StandardCharsets.UTF_8);
    }

    private static String ascii(byte[] body, int value, int end) {
        return new String(body, value, end - value, StandardCharsets.US_ASCII);
    }

    private static int endOfString(byte[] body, int value) {
        var at = value + 1;
        while (body[at] != '"') {
            at += body[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int endOfNest(byte[] body, int value) {
        var depth = 0;
        var at = value;
        do {
            switch (body[at]) {
                case '"' -> at = endOfString(body, at) - 1;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            at++;
        } while (depth > 0);
        return at;
    }

    private static int endOfWord(byte[] body, int value) {
        var at = value;
        while (at < body.length && body[at] != ',' && body[at] != '}' && body[at] != ']') {
            at++;
        }
        return at;
    }
}
