package dev.slipway.bench.lab;

import dev.slipway.kernel.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// Makes ConfigMaps of a given size whose text is neither all the same nor pure chance. Immutable.
final class ConfigMaps {
    /// How many teams they are spread over by the label `team`.
    static final int TEAMS = 100;

    private static final int POOL_CHARACTERS = 64 * 1024;
    private static final String LETTERS = "etaoinshrdlucmfwypvbgkqjxz";

    private final String pool = pool();

    /// @param number which team it has, and which text
    /// @param bytes how long the whole document is
    byte[] document(String name, int number, int bytes) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", name);
        metadata.put("labels", Map.of("team", team(number)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("apiVersion", "v1");
        map.put("kind", "ConfigMap");
        map.put("metadata", metadata);
        map.put("data", Map.of("text", ""));
        var missing = Math.max(0, bytes - Json.write(map).length);
        map.put("data", Map.of("text", text(number, missing)));
        return Json.write(map);
    }

    static String team(int number) {
        return "team-" + number % TEAMS;
    }

    private String text(int number, int length) {
        var start = Math.floorMod(number * 7919, POOL_CHARACTERS - length);
        return pool.substring(start, start + length);
    }

    private static String pool() {
        var chance = new Random(1);
        var words = new StringBuilder(POOL_CHARACTERS);
        while (words.length() < POOL_CHARACTERS) {
            for (int left = 2 + chance.nextInt(8); left > 0; left--) {
                words.append(
                        LETTERS.charAt((int) (chance.nextDouble() * chance.nextDouble() * 26)));
            }
            words.append(' ');
        }
        return words.toString();
    }
}
