package dev.slipway.apiserver.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What a target is given: either written by a person, words after `#` on the first line and then a body, or choices.
sealed interface Input {
    /// `#strategic apps` and the bytes below.
    record Written(List<String> words, byte[] body) implements Input {
        String word(int index) {
            return index < words.size() ? words.get(index) : "";
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    record Grown(Choices choices) implements Input {}

    static Input of(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] != '#') {
            return new Grown(new Choices(bytes));
        }
        int end = 1;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        var words = new String(bytes, 1, end - 1, StandardCharsets.UTF_8).strip();
        return new Written(
                List.of(words.split(" +")),
                Arrays.copyOfRange(bytes, Math.min(end + 1, bytes.length), bytes.length));
    }
}
